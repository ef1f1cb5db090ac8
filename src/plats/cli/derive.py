"""`plats derive`: indicators from observations."""

from __future__ import annotations

import time
from typing import Any

import click

from plats.cli.output import Printer, json_option, municipality, set_up_django, store, told


@click.command()
@json_option
@told
def derive(as_json: bool) -> None:
    """Räkna alla indikatorer för alla områden, med intervall, rangordning och källkedja."""
    printer = Printer(as_json)
    made = run_derive(printer)
    printer.result({**made, "places": sync_places()})


def run_derive(printer: Printer) -> dict[str, Any]:
    """Derive and tell; returns what was made, for programs."""
    from plats.derive.asked import derive_as_asked

    started = time.perf_counter()
    result = derive_as_asked(store(), municipality(), progress=printer.progress)
    seconds = time.perf_counter() - started
    printer.line(
        f"{result.cells} siffror för {result.indicators} indikatorer på {seconds:.1f} s. Version {result.version.id}."
    )
    for line in result.disagreements[:10]:
        printer.line(f"  Obs: {line}")
    return {
        "version": result.version.id,
        "indicators": result.indicators,
        "cells": result.cells,
        "seconds": round(seconds, 2),
        "disagreements": list(result.disagreements),
    }


def sync_places() -> int:
    """Give new areas a page of their own on the site. Returns how many places there are."""
    from django.core.management import call_command

    set_up_django()
    from plats.web.places import actions

    call_command("migrate", verbosity=0, interactive=False)
    return actions.sync_places(store=store(), municipality=municipality())
