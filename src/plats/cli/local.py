"""`plats local`: which places of a file stand out together with their neighbours."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plats.cli.output import Printer, json_option, told

if TYPE_CHECKING:
    from plats.engine.local import Outcome


@click.command()
@click.argument("source", metavar="FIL", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    "target",
    required=True,
    metavar="FIL",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Filen som skrivs: en rad per plats.",
)
@click.option("--id", "id_column", required=True, metavar="KOLUMN", help="Kolumnen med platsens kod.")
@click.option("--value", required=True, metavar="KOLUMN", help="Kolumnen med värdet, till exempel en andel.")
@click.option("--x", default="x", show_default=True, metavar="KOLUMN", help="Öster i meter, SWEREF 99 TM.")
@click.option("--y", default="y", show_default=True, metavar="KOLUMN", help="Norr i meter, SWEREF 99 TM.")
@click.option("--neighbours", type=click.IntRange(1), help="Så många närmaste platser är grannar (annars 8).")
@click.option(
    "--distance", type=click.FloatRange(0, min_open=True), help="Platser inom så många meter är grannar."
)
@click.option(
    "--edges",
    metavar="FIL",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Grannar ur en fil med kolumnerna from och to (koder) och kanske weight; varje rad gäller åt båda håll.",
)
@click.option(
    "--permutations", type=click.IntRange(1), default=999, show_default=True, help="Antal omkastningar."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Slumptalens början.")
@click.option(
    "--fdr",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="Så stor del av det som hittas får i snitt vara slump.",
)
@click.option(
    "--joins", is_flag=True, help="Värdet är 1 eller 0: räkna också grannar som har 1, med exakt sannolikhet."
)
@click.option("--exclude-hidden", is_flag=True, help="Lämna ut platser där värdet saknas, och räkna dem.")
@json_option
@told
def local(
    source: Path,
    target: Path,
    id_column: str,
    value: str,
    x: str,
    y: str,
    neighbours: int | None,
    distance: float | None,
    edges: Path | None,
    permutations: int,
    seed: int,
    fdr: float,
    joins: bool,
    exclude_hidden: bool,
    as_json: bool,
) -> None:
    """Räkna vilka platser i FIL som sticker ut tillsammans med sina grannar, och vilka som gör det ensamma.

    FIL har en rad per plats: kod, värde och läge i meter; Parquet eller CSV. Resultatet får lokala Morans I, Getis och
    Ords Gi och Gi*, p-värde, andel falska fynd och ett fynd i ord för varje plats.
    """
    from plats.engine.local import Question, local_of_file

    if sum(chosen is not None for chosen in (neighbours, distance, edges)) > 1:
        raise click.UsageError("Välj en av --neighbours, --distance och --edges.")
    printer = Printer(as_json)
    question = Question(
        id=id_column,
        value=value,
        x=x,
        y=y,
        neighbours=neighbours or 8,
        metres=distance,
        edges=edges,
        permutations=permutations,
        seed=seed,
        rate=fdr,
        joins=joins,
        exclude_hidden=exclude_hidden,
    )
    started = time.perf_counter()
    outcome = local_of_file(source, target, question, progress=printer.progress)
    seconds = time.perf_counter() - started
    _tell(printer, outcome, permutations)
    printer.line(f"{target} är skriven, på {seconds:.1f} s.")
    printer.result(
        {"target": str(target), "permutations": permutations, "seconds": round(seconds, 2)} | asdict(outcome)
    )


# Internals


def _tell(printer: Printer, outcome: Outcome, permutations: int) -> None:
    together, alone = (
        sum(number for finding, number in outcome.findings.items() if finding.endswith(end))
        for end in ("_with_neighbours", "_alone")
    )
    printer.line(
        f"{outcome.places} platser: {together} sticker ut tillsammans med sina grannar, {alone} från dem."
    )
    if outcome.excluded:
        printer.line(f"{outcome.excluded} saknar värde och är utelämnade.")
    if outcome.islands:
        printer.line(f"{outcome.islands} har ingen granne med känt värde.")
    if permutations < outcome.permutations_needed:
        printer.line(
            f"Obs: med {permutations} omkastningar kan en ensam plats inte hittas bland så många. "
            f"Det behövs minst {outcome.permutations_needed} (--permutations)."
        )
