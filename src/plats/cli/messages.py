"""`plats messages`: the English catalog, compiled."""

from __future__ import annotations

import click

from plats.cli.output import Printer, told


@click.command()
@told
def messages() -> None:
    """Kompilera de engelska texterna (görs också av init)."""
    from plats.web.common.translations import compile_catalogs

    made = compile_catalogs()
    Printer(as_json=False).line(f"{len(made)} kataloger kompilerade.")
