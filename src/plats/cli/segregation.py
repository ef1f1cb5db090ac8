"""`plats segregation`: every measure of the places in a file, with intervals."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plats.cli.output import Printer, json_option, told

if TYPE_CHECKING:
    from plats.engine.segregation import Measured


@click.command()
@click.argument("source", metavar="FIL", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", required=True, metavar="KOLUMN", help="Kolumnen med områdets kod.")
@click.option("--groups", required=True, metavar="A,B", help="Kolumnerna med personer i varje grupp.")
@click.option("--total", metavar="KOLUMN", help="Kolumnen med alla boende; resten blir gruppen övriga.")
@click.option("--by", metavar="KOLUMN", help="En ort eller ett år för varje värde i kolumnen.")
@click.option("--measures", default="", metavar="A,B", help="Måtten som ska räknas; annars alla.")
@click.option(
    "--varies",
    type=click.Choice(["people", "sample", "areas"]),
    default="people",
    show_default=True,
    help="Vad slumpen gör om: vilka som bor i varje område, ett urval, eller hela områden.",
)
@click.option(
    "--draws",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="Dragningar; 0 ger inga intervall.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Samma frö ger samma svar."
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="Intervallets nivå.",
)
@click.option(
    "--missing",
    type=click.Choice(["refuse", "exclude"]),
    default="refuse",
    show_default=True,
    help="Områden där en siffra saknas: vägra, eller lämna ut och räkna dem.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Skriv måtten till filen.")
@click.option(
    "--local", type=click.Path(dir_okay=False, path_type=Path), help="Skriv varje områdes bidrag till filen."
)
@json_option
@told
def segregation(source: Path, out: Path | None, local: Path | None, as_json: bool, **asked: Any) -> None:
    """Räkna hur åtskilda grupperna i FIL bor: varje mått, för varje ort, med intervall.

    FIL har en rad per område (och år) med antal personer i varje grupp; Parquet eller CSV. Med --total jämförs
    grupperna också med alla övriga.
    """
    from plats.engine.segregation import (
        Question,
        local_columns,
        measured_places,
        measured_to_file,
        places_of_file,
    )
    from plats.engine.tables import require_apart, require_kind, write_table

    printer = Printer(as_json)
    for target in (out, local):
        if target is not None:
            require_kind(target)
            require_apart(target, source)
    question = Question(**_question(asked))
    names, places = places_of_file(source, question)
    if out is None:
        rows = list(measured_places(names, places, question, printer.progress))
    else:
        rows = measured_to_file(source, out, question, (names, places), printer.progress)
        printer.line(f"{out}: {len(rows)} rader.")
    if local is not None:
        write_table(local, local_columns(places))
        printer.line(f"{local}: {sum(len(place.areas) for place in places)} områden.")
    if out is None:
        for row in rows:
            printer.line(_line(row))
    printer.result({"rows": [_without_nan(asdict(row)) for row in rows]})


# Internals


def _question(asked: dict[str, Any]) -> dict[str, Any]:
    from plats.analysis.segregation.inference.bootstrap import Varies

    listed = {name: tuple(_listed(asked.pop(name))) for name in ("groups", "measures")}
    varies, missing = Varies(asked.pop("varies")), asked.pop("missing")
    return asked | listed | {"varies": varies, "exclude_missing": missing == "exclude"}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _line(row: Measured) -> str:
    where = " ".join(part for part in (row.place, row.group) if part)
    left = f"  {row.excluded} områden utan siffra är utelämnade" if row.excluded else ""
    if isnan(row.value):
        return f"{where:<24} {row.measure:<34} saknas: {row.reason}{left}"
    between = f"{row.low:.4f}–{row.high:.4f}" if not isnan(row.low) else row.reason
    return f"{where:<24} {row.measure:<34} {row.value:.4f}  {between}{left}"


def _without_nan(row: dict[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, float) and isnan(value) else value for name, value in row.items()}
