"""`plats check`: are definitions, embedded tables and the store whole?"""

from __future__ import annotations

from datetime import date

import click

from plats.cli.output import Printer, json_option, municipality, store, told


@click.command()
@click.option("--strict", is_flag=True, help="Passerade granskningsdatum är fel, inte bara varningar.")
@json_option
@told
def check(strict: bool, as_json: bool) -> None:
    """Pröva definitioner, inbäddade tabeller (hashar och summor) och lagrets filer."""
    from plats.catalog.check import check_definitions
    from plats.catalog.load import catalog, read_definitions
    from plats.data import verify

    printer = Printer(as_json)
    findings = check_definitions(read_definitions(), date.today(), strict)  # noqa: DTZ011 - review dates are calendar days here
    problems = [f"{one.file}: {one.message}" for one in findings if one.level == "error"]
    warnings = [f"{one.file}: {one.message}" for one in findings if one.level != "error"]
    problems += verify(municipality())
    if store().has_data():
        problems += store().current().problems()
        problems += [
            f"Den frysta filen {one.name} är ändrad."
            for one in store().snapshots.all()
            if not store().snapshots.verify(one.sha256)
        ]
    for text in warnings:
        printer.line(f"varning  {text}")
    for text in problems:
        printer.line(f"fel      {text}")
    definitions = catalog()
    printer.line(
        f"{len(definitions.indicators)} indikatorer, {len(definitions.variables)} variabler, "
        f"{len(definitions.indices)} index, {len(definitions.segregations)} gruppindelningar: "
        f"{len(problems)} fel, {len(warnings)} varningar."
    )
    printer.result({"errors": problems, "warnings": warnings, "indicators": len(definitions.indicators)})
    if problems:
        raise click.exceptions.Exit(1)
