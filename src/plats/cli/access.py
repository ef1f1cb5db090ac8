"""`plats access`: what people can reach, from files of places where they live and of services."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plats.cli.output import Printer, json_option, told

if TYPE_CHECKING:
    from plats.analysis.access.decay import Decay

METHODS = ("nearest", "cumulative", "gravity", "2sfca", "e2sfca", "3sfca")
KINDS = {
    "straight_line_metres": "meter fågelvägen",
    "network_metres": "meter längs nätet",
    "minutes": "minuter",
}
REASONS = {
    "nothing_within_reach": "platser når inget inom räckvidden",
    "place_unknown": "platser har okänt läge",
    "people_unknown": "platser är utelämnade, eftersom folkmängden är dold eller saknas",
    "nobody_to_share": "platser utan boende når bara sådant som ingen annan når",
}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--demand", required=True, type=FILE, help="Där folk bor: id, x, y i meter, people (och need).")
@click.option(
    "--supply", required=True, type=FILE, help="Utbudet: id, x, y i meter och amount (0 är stängt)."
)
@click.option(
    "--network", type=FILE, help="Vägar: from_x, from_y, to_x, to_y, metres (och one_way, 0 eller 1)."
)
@click.option("--matrix", type=FILE, help="Restider: demand, supply och minutes (eller network_metres).")
@click.option("--method", required=True, type=click.Choice(METHODS), help="Vilket mått.")
@click.option(
    "--reach", required=True, type=float, help="Räckvidd i meter, eller i minuter med en sådan matris."
)
@click.option(
    "--decay", "decay_text", help="Vikt: steps:500=1,1000=0.5 · power:2,250 · exponential:800 · gaussian:800."
)
@click.option(
    "--leave-out-hidden", is_flag=True, help="Lämna ut platser med dold folkmängd, och säg hur många."
)
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Fil: .parquet eller .csv."
)
@json_option
@told
def access(as_json: bool, decay_text: str | None, **choices: Any) -> None:
    """Räkna vad folk når: närmaste, antal inom räckvidd, eller utbud per person när alla delar.

    Utan nät och matris är avstånden meter fågelvägen. Minuter finns bara när restider läses in.
    """
    from plats.engine.access import AccessTask, run_access

    printer = Printer(as_json)
    started = time.perf_counter()
    task = AccessTask(decay=parsed_decay(decay_text) if decay_text else None, **choices)
    summary = run_access(task, printer.progress) | {"seconds": round(time.perf_counter() - started, 2)}
    _tell(summary, printer)
    printer.result(summary)


def parsed_decay(text: str) -> Decay:
    """`gaussian:800` and the like as the weight of a distance."""
    from plats.analysis.access.decay import Exponential, Gaussian, Power, Steps

    name, _, numbers = text.partition(":")
    try:
        if name == "steps":
            pairs = [part.split("=") for part in numbers.split(",")]
            return Steps(
                tuple(float(limit) for limit, _ in pairs), tuple(float(weight) for _, weight in pairs)
            )
        values = [float(number) for number in numbers.split(",")]
        if name == "power":
            exponent, nearest = values
            return Power(exponent, nearest)
        (scale,) = values
        kinds: dict[str, type[Exponential | Gaussian]] = {"exponential": Exponential, "gaussian": Gaussian}
        return kinds[name](scale)
    except (ValueError, KeyError) as error:
        said = f" {error}" if isinstance(error, ValueError) and "ska" in str(error) else ""
        raise click.UsageError(
            f"--decay {text} kan inte läsas.{said} Skriv till exempel steps:500=1,1000=0.5, power:2,250, "
            "exponential:800 eller gaussian:800."
        ) from error


# Internals


def _tell(summary: dict[str, Any], printer: Printer) -> None:
    kind = KINDS[summary["distance_kind"]]
    printer.line(
        f"{summary['places']} platser, {summary['services']} i utbudet, {summary['pairs']} par inom "
        f"{summary['reach']:g} {kind}. {summary['seconds']} s."
    )
    for reason, words in REASONS.items():
        if summary["reasons"][reason]:
            printer.line(f"  {summary['reasons'][reason]} {words}.")
    if summary["reasons"]["nothing_within_reach"] == summary["places"]:
        printer.line("  Ingen når något: har filerna samma koordinatsystem, och är räckvidden i rätt enhet?")
    if "by_need" in summary:
        _tell_by_need(summary["by_need"], printer)
    printer.line(f"Skrivet till {summary['out']}.")


def _tell_by_need(parts: dict[str, Any], printer: Printer) -> None:
    means = ", ".join(f"{mean:.4g}" for mean in parts["fifths"])
    printer.line(f"  Femtedelar av folket, från minst till störst behov: {means}.")
    printer.line(
        f"  Koncentrationsindex {parts['concentration_index']:.3f} (över 0: mer där behovet är stort). "
        f"{parts['left_out']} platser är inte med."
    )
