"""`plats derive`: indicators from observations."""

from __future__ import annotations

import time
from datetime import date

import click

from plats.cli.output import Printer, json_option, municipality, store, told


@click.command()
@json_option
@told
def derive(as_json: bool) -> None:
    """Räkna alla indikatorer för alla områden, med intervall, rangordning och källkedja."""
    run_derive(Printer(as_json))


def run_derive(printer: Printer) -> None:
    """Derive, tell, and give the site the places it then has figures for."""
    from plats.derive.run import derive as run

    started = time.perf_counter()
    result = run(store(), municipality(), on=date.today(), progress=printer.progress)  # noqa: DTZ011 - the calendar day here
    seconds = time.perf_counter() - started
    printer.line(
        f"{result.cells} siffror för {result.indicators} indikatorer på {seconds:.1f} s. Version {result.version.id}."
    )
    for line in result.disagreements[:10]:
        printer.line(f"  Obs: {line}")
    printer.result(
        {
            "version": result.version.id,
            "indicators": result.indicators,
            "cells": result.cells,
            "seconds": round(seconds, 2),
            "disagreements": list(result.disagreements),
        }
    )
