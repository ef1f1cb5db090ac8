"""`plats warmup`: compile the engine's kernels."""

from __future__ import annotations

import click

from plats.cli.output import Printer, json_option, told


@click.command()
@json_option
@told
def warmup(as_json: bool) -> None:
    """Kompilera beräkningarnas inre slingor i förväg, så att ingen väntar på det i en sida."""
    printer = Printer(as_json)
    printer.result({"seconds": warm_kernels(printer)})


def warm_kernels(printer: Printer, *, if_needed: bool = False) -> dict[str, float]:
    """Compile and tell; returns the seconds by module, none where all is compiled already and that is enough."""
    from plats.engine.kernels import is_warm, warm

    if if_needed and is_warm():
        return {}
    taken = {}
    for module, seconds in warm():
        printer.line(f"  {module:<16}{seconds:6.1f} s")
        taken[module] = round(seconds, 2)
    printer.line("Beräkningarna är kompilerade.")
    return taken
