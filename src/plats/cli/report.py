"""`plats report`: the municipality's report, or one place's, as PDF, DOCX and XLSX."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from plats.cli.output import Printer, json_option, municipality, store, told
from plats.vocabulary.codes import AreaKey, CodeError, Division, parse_code, parse_division

FORMATS = ("pdf", "docx", "xlsx")
Writer = Callable[[], bytes]


@click.command()
@click.argument("kommun", required=False)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Kan anges flera gånger; annars alla.",
)
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Mapp för filerna.",
)
@click.option(
    "--place", "place", metavar="INDELNING/KOD", help="Bara en plats, till exempel regso/0126R001 (PDF)."
)
@json_option
@told
def report(
    kommun: str | None, formats: tuple[str, ...], folder: Path, place: str | None, as_json: bool
) -> None:
    """Skriv kommunens platsrapport: skillnader, en sida per plats, källor, metoder och vad som saknas."""
    printer = Printer(as_json)
    code = parse_code(Division.MUNICIPALITY, kommun or municipality())
    started = time.perf_counter()
    name, writers = _place_writers(code, place, formats) if place else _report_writers(code, formats)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for done, (ending, write) in enumerate(writers.items(), start=1):
        printer.progress(f"{name}.{ending}", done, len(writers))
        files.append(_written(folder / f"{name}.{ending}", write))
    for one in files:
        printer.line(f"{one['file']}  {one['bytes'] / 1000:.0f} kB  {one['seconds']:.1f} s")
    printer.result({"files": files, "seconds": round(time.perf_counter() - started, 2)})


# Internals


def _report_writers(code: str, formats: tuple[str, ...]) -> tuple[str, dict[str, Writer]]:
    from plats.catalog.load import catalog
    from plats.facts.query import open_facts
    from plats.reports.municipality.content import build
    from plats.reports.municipality.docx import write_docx
    from plats.reports.municipality.pdf import write_pdf
    from plats.reports.municipality.xlsx import write_xlsx

    made = build(open_facts(store(), code), catalog(), _today())
    writers: dict[str, Writer] = {
        "pdf": lambda: write_pdf(made),
        "docx": lambda: write_docx(made),
        "xlsx": lambda: write_xlsx(made),
    }
    return f"platsrapport-{code}", {one: writers[one] for one in FORMATS if not formats or one in formats}


def _place_writers(code: str, place: str, formats: tuple[str, ...]) -> tuple[str, dict[str, Writer]]:
    from plats.catalog.load import catalog
    from plats.facts.query import open_facts
    from plats.reports.municipality.content import build_place
    from plats.reports.municipality.pdf import write_place_pdf

    if set(formats) - {"pdf"}:
        raise click.UsageError(
            "En enskild plats skrivs bara som PDF. Ta bort --format, eller ange --format pdf."
        )
    key = _place_key(place)
    made = build_place(open_facts(store(), code), catalog(), key, _today())
    return f"plats-{key.code}", {"pdf": lambda: write_place_pdf(made)}


def _place_key(text: str) -> AreaKey:
    division, separator, code = text.partition("/")
    if not separator:
        raise CodeError(f"'{text}' är ingen plats. Skriv indelning/kod, till exempel regso/0126R001.")
    found = parse_division(division)
    return AreaKey(found, "", parse_code(found, code))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the calendar day here


def _written(path: Path, write: Writer) -> dict[str, Any]:
    """Write beside the target and rename, so that a stopped run leaves the file that was there."""
    started = time.perf_counter()
    content = write()
    temporary = path.with_name(f".{os.getpid()}.{path.name}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return {"file": str(path), "bytes": len(content), "seconds": round(time.perf_counter() - started, 2)}
