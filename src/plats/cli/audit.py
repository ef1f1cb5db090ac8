"""`plats audit`: is the chain of what was done whole, and a copy of it for someone outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plats.cli.output import Printer, json_option, told
from plats.cli.site import set_up_site

if TYPE_CHECKING:
    from plats.web.audit.verify import Verification


@click.group()
def audit() -> None:
    """Pröva granskningsloggen, eller skriv ut den till en fil."""


@audit.command()
@json_option
@told
def verify(as_json: bool) -> None:
    """Läs loggen från första posten till sista och säg vad som inte är som det skrevs. Slutkod 1 om något hittas."""
    set_up_site()
    from plats.web.audit.verified import note_verification
    from plats.web.audit.verify import verify as judge

    printer = Printer(as_json)
    result = judge()
    beside = _journal_findings()
    findings = [*_findings(result), *beside]
    note_verification(result, beside=len(beside))
    printer.line(f"{result.entries} poster prövade.")
    for decision, count in sorted(result.erased.items()):
        printer.line(
            f"  {count} {'post är raderad' if count == 1 else 'poster är raderade'} enligt {decision}."
        )
    for finding in findings:
        printer.line(f"  fel  {finding}")
    printer.line(_said(len(findings) + result.more))
    printer.result(
        {
            "entries": result.entries,
            "last_hash": result.last_hash,
            "erased": dict(sorted(result.erased.items())),
            "findings": findings,
            "more": result.more,
            "whole": not findings,
        }
    )
    if findings:
        raise click.exceptions.Exit(1)


@audit.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@told
def export(target: Path) -> None:
    """Skriv posterna till FILE, en JSON-rad per post, utan värden: för den som vill ha en kopia någon annanstans."""
    set_up_site()
    from plats.web.audit.exporting import write_entries

    count = write_entries(target)
    Printer(as_json=False).line(f"{target}: {count} poster.")


# Internals


def _findings(result: Verification) -> list[str]:
    return [f"Post {one.sequence}: {one.what}" for one in result.findings]


def _journal_findings() -> list[str]:
    """The journal of erasures lies outside the database too, and vouches for what has been let go."""
    from plats.web.retention.erasures import JournalError
    from plats.web.retention.settling import unwritten

    try:
        lost = unwritten()
    except JournalError as error:
        return [str(error)]
    if not lost:
        return []
    return [
        f"{lost} gallringar saknas i erasures.jsonl. Lägg tillbaka filen, eller kör plats retain som skriver dem."
    ]


def _said(count: int) -> str:
    if not count:
        return "Loggen är hel: inget är ändrat, borttaget eller omflyttat."
    return (
        f"{count} avvikelser. Rör inte databasen. Kopiera PLATS_HOME och databasen som de är, jämför med senaste "
        "säkerhetskopian och kontakta dataskyddsombudet."
    )
