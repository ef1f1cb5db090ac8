"""`plats derive`: indicators from observations."""

from __future__ import annotations

import time
from datetime import date
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
    from plats.derive.run import derive as run

    _check_that_areas_are_known()
    started = time.perf_counter()
    result = run(store(), municipality(), on=date.today(), progress=printer.progress)  # noqa: DTZ011 - the calendar day here
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


# Internals


def _check_that_areas_are_known() -> None:
    """A mistyped code would give a version without ranks, and a site without a municipality."""
    known = {code for code in store().current().table("areas").column("municipality").to_pylist() if code}
    if municipality() not in known:
        raise click.ClickException(
            f"Kommun {municipality()} har inga områden i lagret; där finns {', '.join(sorted(known)[:5])}. "
            "Rätta PLATS_MUNICIPALITY, eller läs in kommunens områden med plats import."
        )
