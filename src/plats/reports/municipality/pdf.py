"""The report as PDF: tagged (PDF/UA-1) and archivable (PDF/A-2a), set by typst."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Any

from plats.reports.municipality.model import PlaceReport, Report, Stamp
from plats.reports.municipality.payload import place_payload, report_payload, stamp_payload
from plats.reports.municipality.table_payload import source_row
from plats.reports.raster import fonts, one_file

# Both at once: tagged for assistive technology, and with all it needs inside for the archive.
STANDARDS: Any = ["ua-1", "a-2a"]


def write_pdf(report: Report) -> bytes:
    """The whole report. The same report gives the same bytes."""
    return _compile("template.typ", report_payload(report), report.stamp)


def write_place_pdf(report: PlaceReport) -> bytes:
    """One place as a document of its own, on A4."""
    payload = {
        "stamp": stamp_payload(report.stamp),
        "place": place_payload(report.place),
        "sources": [source_row(one) for one in report.sources],
    }
    return _compile("place.typ", payload, report.stamp)


# Internals


def _compile(template: str, payload: dict[str, Any], stamp: Stamp) -> bytes:
    import typst

    moment = datetime(stamp.on.year, stamp.on.month, stamp.on.day, tzinfo=UTC)
    with as_file(files("plats.reports.municipality") / "typeset") as folder:
        compiler = typst.Compiler(
            str(folder / template),
            root=str(folder),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(payload, ensure_ascii=False)},
        )
        return one_file(compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment))
