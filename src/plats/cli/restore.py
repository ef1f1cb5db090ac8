"""`plats restore`: an archive into place, or a drill to know that it would go."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plats.cli.output import Printer, home, json_option, told

if TYPE_CHECKING:
    from plats.web.operations.backup.database import Database


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="En annan mapp än PLATS_HOME.")
@click.option(
    "--drill", "as_drill", is_flag=True, help="Öva: återställ vid sidan av, pröva, mät tiden, ta bort."
)
@click.option("--yes", is_flag=True, help="Ersätt det som finns utan att fråga.")
@click.option(
    "--accept-broken-log", is_flag=True, help="Använd kopian fastän dess granskningslogg inte är hel."
)
@json_option
@told
def restore(
    archive: Path, into: Path | None, as_drill: bool, yes: bool, accept_broken_log: bool, as_json: bool
) -> None:
    """Återställ FILE, en kopia som plats backup gjort. Är något i den fel avvisas den hel.

    Stanna webbplatsen och arbetaren först. Det som raderats efter att kopian togs förblir raderat.
    """
    from plats.web.operations.backup.drilling import drill
    from plats.web.operations.backup.restoring import restore as restored

    printer = Printer(as_json)
    target = (into or home()).expanduser().resolve()
    database = _database(target)
    common: dict[str, Any] = {
        "archive": archive,
        "home": target,
        "database": database,
        "journals": [home() / "erasures.jsonl"],
        "tell": lambda step: printer.line(f"  {step}"),
    }
    if as_drill:
        if into:
            raise click.UsageError("--drill görs i en egen mapp som tas bort. Välj --drill eller --into.")
        _tell(printer, drill(**common), "Övningen gick bra: kopian blir en hel installation.")
        return
    if into:
        _judge_other_home(database, target)
    elif _holds_something(target) and not yes:
        click.confirm(f"Allt i {target} ersätts av {archive.name}. Fortsätta?", abort=True, err=True)
    done = restored(**common, accept_findings=accept_broken_log)
    _tell(printer, done, f"Återställt i {target}. Kör plats init --if-needed och starta sedan tjänsterna.")


# Internals


def _database(target: Path) -> Database:
    """Read without starting the site: it may be what is broken."""
    from plats.web.config.database import database_settings
    from plats.web.operations.backup.database import Database

    return Database.of(database_settings(os.environ.get("DATABASE_URL", ""), target))


def _judge_other_home(database: Database, target: Path) -> None:
    """DATABASE_URL names one database, whichever the folder: that of the working installation is not to be replaced."""
    from plats.web.operations.backup import postgres
    from plats.web.operations.backup.database import SQLITE

    inside = database.kind == SQLITE and target in database.path.parents
    taken = database.path.exists() if database.kind == SQLITE else postgres.holds_tables(database)
    if taken and not inside:
        raise click.ClickException(
            "DATABASE_URL pekar på en databas som används. Ange en ny, tom databas i DATABASE_URL för den andra mappen."
        )


def _holds_something(target: Path) -> bool:
    return any((target / name).exists() for name in ("current", "site.sqlite3", "files"))


def _tell(printer: Printer, done: Any, said: str) -> None:
    manifest, settled = done.manifest, done.settled
    printer.line(
        f"Kopian togs {manifest.made_at[:16].replace('T', ' ')} UTC med utgåva {manifest.version}: "
        f"{manifest.bytes / 1e6:.1f} MB."
    )
    printer.line(
        f"{settled.migrated} nya databasändringar, {settled.erased} raderingar gjorda om, "
        f"{settled.entries} loggposter prövade."
    )
    for finding in settled.findings:
        printer.line(f"  Obs: {finding}")
    printer.line(", ".join(f"{step} {seconds:.1f} s" for step, seconds in done.seconds.items()))
    printer.line(said)
    told = {name: value for name, value in asdict(done).items() if name != "manifest"}
    printer.result(
        {"made_at": manifest.made_at, "version": manifest.version, "bytes": manifest.bytes, **told}
    )
