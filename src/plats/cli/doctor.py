"""`plats doctor`: what is wrong with this installation, and what to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import click

from plats.cli.output import Printer, json_option, set_up_django, told

_SIGNS = {"ok": "ok      ", "warning": "varning ", "error": "FEL     "}


@click.command()
@click.option("--all", "everything", is_flag=True, help="Säg också det som är som det ska.")
@json_option
@told
def doctor(everything: bool, as_json: bool) -> None:
    """Säg vad som är fel med installationen och vad man gör åt det. Slutkod 1 när något är fel."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        set_up_django()
    except ImproperlyConfigured as error:
        raise click.ClickException(f"Inställningarna: {error}") from error
    from plats.web.operations.doctor.examine import examine

    printer = Printer(as_json)
    found = examine()
    for one in found:
        if everything or one.severity != "ok":
            printer.line(f"{_SIGNS[one.severity]}{one.check}: {one.sentence}")
            if one.advice:
                printer.line(f"        {one.advice}")
    counts = Counter(str(one.severity) for one in found)
    printer.line(f"{counts['error']} fel, {counts['warning']} varningar, {counts['ok']} som det ska.")
    printer.result({"healthy": not counts["error"], "findings": [asdict(one) for one in found]})
    if counts["error"]:
        raise click.exceptions.Exit(1)
