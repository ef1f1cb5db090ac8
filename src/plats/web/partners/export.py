"""The list of promises as a file for a spreadsheet, in which no text is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from plats.web.common.downloads import guarded
from plats.web.partners.models import Commitment

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(commitments: Iterable[Commitment], suffix: str) -> HttpResponse:
    """The list as a download in one of `FORMATS`."""
    rows = [_header(), *_rows(commitments)]
    body = _as_csv(rows) if suffix == "csv" else _as_xlsx(rows)
    response = HttpResponse(body, content_type=FORMATS[suffix])
    response["Content-Disposition"] = f'attachment; filename="loften.{suffix}"'
    return response


# Internals


def _header() -> tuple[str, ...]:
    return (
        _("Vad"),
        _("Vem"),
        _("Gjort i"),
        _("Gjort"),
        _("Läge"),
        _("Läget gäller"),
        _("Underlag"),
        _("Underlagets adress"),
        _("Senast"),
        _("Källa"),
        _("Exempel"),
        _("Adress"),
    )


def _rows(commitments: Iterable[Commitment]) -> Iterator[tuple[str, ...]]:
    for one in commitments:
        yield (
            one.title,
            one.who.name if one.who else _("okänt"),
            str(one.get_made_in_display()),
            one.made_on.isoformat(),
            str(one.get_state_display()),
            one.state_on.isoformat() if one.state_on else "",
            one.evidence or _("okänt"),
            one.evidence_url,
            one.due_on.isoformat() if one.due_on else "",
            one.source_title,
            _("exempel") if one.is_example else "",
            one.get_absolute_url(),
        )


def _as_csv(rows: list[tuple[str, ...]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([guarded(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(rows: list[tuple[str, ...]]) -> bytes:
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Löften"))
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                # As in the CSV: a workbook is saved as CSV by the next hand.
                sheet.write_string(line, column, guarded(text), bold if line == 0 else None)
    return out.getvalue()
