"""`plats efforts`: efforts as a file, out and in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plats.cli.output import Printer, json_option, told
from plats.cli.site import set_up_site

if TYPE_CHECKING:
    from plats.web.efforts.exchange.planning import Plan


@click.group()
def efforts() -> None:
    """Insatser som fil: ut till ett kalkylprogram och in igen."""


@efforts.command(name="export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@told
def export_file(file: Path, as_json: bool) -> None:
    """Skriv alla organisationers insatser till FILE, som .xlsx eller .csv."""
    set_up_site()
    from plats.web.efforts.exchange.export import export_efforts

    file.write_bytes(export_efforts(by=None, suffix=_suffix(file)))
    printer = Printer(as_json)
    printer.line(f"Insatserna är skrivna till {file}.")
    printer.result({"file": str(file), "bytes": file.stat().st_size})


@efforts.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Säg vad som händer med varje rad, och skriv inget.")
@json_option
@told
def import_file(file: Path, dry_run: bool, as_json: bool) -> None:
    """Läs in insatser ur FILE. Är en enda rad fel skrivs ingenting."""
    set_up_site()
    from plats.web.efforts.exchange.actions import do_plan
    from plats.web.efforts.exchange.planning import Fate, plan_file

    printer = Printer(as_json)
    plan = plan_file(
        file.read_bytes(),
        _suffix(file),
        by=None,
        progress=lambda done, total: printer.progress("Läser raderna", done, total),
    )
    _tell(plan, printer)
    refused = plan.of(Fate.REFUSED)
    written = 0
    if not dry_run and not refused:
        written = do_plan(
            by=None,
            plan=plan,
            progress=lambda done, total: printer.progress("Skriver insatserna", done, total),
        )
    printer.line(f"Skrivet: {written}." if written else "Inget är skrivet.")
    printer.result(
        {
            "written": written,
            "counts": {str(fate): number for fate, number in plan.counts.items()},
            "refused": [
                {"row": row.number, "column": fault.column, "what_to_do": fault.text}
                for row in refused
                for fault in row.faults
            ],
        }
    )
    if refused and not dry_run:
        raise click.exceptions.Exit(1)


# Internals


def _suffix(file: Path) -> str:
    suffix = file.suffix.lower().lstrip(".")
    if suffix not in ("csv", "xlsx"):
        raise click.UsageError(f"{file.name} slutar inte på .xlsx eller .csv. Välj ett sådant namn.")
    return suffix


def _tell(plan: Plan, printer: Printer) -> None:
    """The rows that are refused, each with what to do, and how many there are of each fate."""
    from plats.web.efforts.exchange.planning import Fate

    for row in plan.of(Fate.REFUSED):
        for fault in row.faults:
            printer.line(f"  Rad {row.number}, {fault.column}: {fault.text}")
    counts = plan.counts
    printer.line(
        f"{counts[Fate.NEW]} nya, {counts[Fate.CHANGED]} ändrade, {counts[Fate.UNCHANGED]} oförändrade, "
        f"{counts[Fate.REFUSED]} avvisade."
    )
