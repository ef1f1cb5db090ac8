"""`plats contexts`: who lives around each populated cell of a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from plats.cli.output import Printer, json_option, told

if TYPE_CHECKING:
    from plats.engine.contexts import Question

Number = TypeVar("Number")


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", metavar="UT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--total", required=True, metavar="KOLUMN", help="Kolumnen med alla personer.")
@click.option("--groups", required=True, metavar="A,B", help="Kolumnerna med personer i varje grupp.")
@click.option("--k", "ks", default="", metavar="200,1600", help="Så många av de närmaste personerna.")
@click.option("--radius", "radii", default="", metavar="500,1000", help="Så många meter bort.")
@click.option(
    "--cell",
    type=click.FloatRange(0, min_open=True),
    default=100,
    show_default=True,
    help="Rutans sida, meter.",
)
@click.option("--x", default="x", show_default=True, metavar="KOLUMN", help="Öster i meter, SWEREF 99 TM.")
@click.option("--y", default="y", show_default=True, metavar="KOLUMN", help="Norr i meter, SWEREF 99 TM.")
@click.option("--year-column", metavar="KOLUMN", help="Kolumnen med år; varje år räknas för sig.")
@click.option("--points", is_flag=True, help="Raderna är punkter, som läggs ihop i rutor.")
@click.option("--exclude-hidden", is_flag=True, help="Lämna ut rader där en siffra saknas, och räkna dem.")
@click.option(
    "--cluster", metavar="tcp://…", help="Räkna på flera datorer: adressen till en Dask-schemaläggare."
)
@json_option
@told
def contexts(source: Path, target: Path, cluster: str | None, as_json: bool, **asked: Any) -> None:
    """Räkna vilka som bor närmast varje befolkad ruta i filen IN, och skriv det till UT.

    IN har en rad per ruta (eller punkt): läge i meter, personer och grupper; Parquet eller CSV. UT får gruppernas
    andelar bland de k närmaste och inom varje radie. Avbryts räkningen fortsätter den när samma kommando körs igen.
    """
    from plats.engine.contexts import contexts_of_file

    printer = Printer(as_json)
    started = time.perf_counter()
    run = None
    if cluster:
        from plats.engine.cluster import answered_by

        run = answered_by(cluster)
    outcome = contexts_of_file(source, target, _question(**asked), progress=printer.progress, run=run)
    seconds = time.perf_counter() - started
    resumed = outcome.parts - outcome.made
    printer.line(f"{target}: {outcome.rows} rutor på {seconds:.1f} s.")
    if resumed:
        printer.line(f"{resumed} av {outcome.parts} delar fanns från en tidigare körning.")
    if outcome.excluded:
        printer.line(f"{outcome.excluded} rader saknar en siffra och är utelämnade.")
    told = asdict(outcome) | {"target": str(target), "resumed": resumed, "seconds": round(seconds, 2)}
    printer.result(told)


# Internals


def _question(
    *, groups: str, ks: str, radii: str, year_column: str | None, exclude_hidden: bool, **rest: Any
) -> Question:
    from plats.engine.contexts import Question

    return Question(
        groups=tuple(_listed(groups)),
        k=tuple(_numbers("--k", ks, int)),
        radius=tuple(_numbers("--radius", radii, float)),
        year=year_column,
        hidden="exclude" if exclude_hidden else "refuse",
        **rest,
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _numbers(option: str, text: str, kind: Callable[[str], Number]) -> list[Number]:
    try:
        return [kind(part) for part in _listed(text)]
    except ValueError as error:
        raise click.BadParameter(
            "Skriv tal med komma emellan, till exempel 200,1600.", param_hint=option
        ) from error
