"""The report as PDF: tagged (PDF/UA-1) and archivable (PDF/A-2a), set by typst."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from plats.reports.municipality.model import PlaceReport, Report, Stamp
from plats.reports.municipality.payload import place_payload, report_payload, stamp_payload
from plats.reports.municipality.table_payload import source_row

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


def picture_png(svg: str, width_mm: float, ppi: float = 200.0) -> bytes:
    """A drawing as PNG, for documents that cannot hold SVG."""
    import typst

    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {width_mm:.1f}mm)\n'
    )
    compiler = typst.Compiler(source.encode(), font_paths=_fonts(), ignore_system_fonts=True)
    return _bytes(compiler.compile(format="png", ppi=ppi, sys_inputs={"svg": svg}))


# Internals


def _compile(template: str, payload: dict[str, Any], stamp: Stamp) -> bytes:
    import typst

    moment = datetime(stamp.on.year, stamp.on.month, stamp.on.day, tzinfo=UTC)
    with as_file(files("plats.reports.municipality") / "typeset") as folder:
        compiler = typst.Compiler(
            str(folder / template),
            root=str(folder),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(payload, ensure_ascii=False)},
        )
        return _bytes(compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment))


def _bytes(made: Any) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("Dokumentet blev inte en enda fil.")
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The type family of the house; not the system's own, so that every machine makes the same file."""
    import font_source_sans_pro  # type: ignore[import-untyped]
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_source_sans_pro.font_directory],
    )
