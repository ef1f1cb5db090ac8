"""The list of documents as a file for a spreadsheet, in which no text is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.common.downloads import guarded
from plats.web.documents.models import Document

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(documents: Iterable[Document], suffix: str) -> HttpResponse:
    """The list as a download in one of `FORMATS`."""
    body = _as_csv(documents) if suffix == "csv" else _as_xlsx(documents)
    response = HttpResponse(body, content_type=FORMATS[suffix])
    name = f"handlingar-{timezone.localdate().isoformat()}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


# Internals


def _header() -> tuple[str, ...]:
    return (
        _("Rubrik"),
        _("Diarienummer"),
        _("Plats"),
        _("Organisation"),
        _("Ansvarig"),
        _("Skyddad"),
        _("Skapad"),
        _("Ändrad"),
        _("Avslutad"),
        _("Adress"),
    )


def _rows(documents: Iterable[Document]) -> Iterator[tuple[str, ...]]:
    for one in documents:
        yield (
            one.title,
            one.case_number,
            one.place.name if one.place else "",
            one.organisation.name,
            one.responsible.name,
            _("ja") if one.is_protected else _("nej"),
            timezone.localtime(one.created_at).date().isoformat(),
            timezone.localtime(one.changed_at).date().isoformat(),
            one.closed_on.isoformat() if one.closed_on else "",
            one.get_absolute_url(),
        )


def _as_csv(documents: Iterable[Document]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_header())
    for row in _rows(documents):
        writer.writerow([guarded(text) for text in row])
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(documents: Iterable[Document]) -> bytes:
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Handlingar"))
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(_header()):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(_rows(documents), start=1):
            for column, text in enumerate(row):
                # As in the CSV: a workbook is saved as CSV by the next hand.
                sheet.write_string(line, column, guarded(text))
    return out.getvalue()
