"""`plats backup`: everything in one archive, while people work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plats.cli.output import Printer, home, json_option, municipality, set_up_django, told

if TYPE_CHECKING:
    from plats.web.operations.backup.database import Database


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option(
    "--keep", type=click.IntRange(1, 10_000), help="Ta bort alla utom de nyaste så här många i samma mapp."
)
@json_option
@told
def backup(target: Path | None, keep: int | None, as_json: bool) -> None:
    """Skriv en säkerhetskopia: databas, siffror, filer och nycklar i ett arkiv som läses tillbaka och prövas.

    FILE är ett namn som slutar på .tar, eller en mapp där kopian får ett namn efter tiden. Utan FILE läggs den i
    PLATS_HOME/backups. Kopian är lika hemlig som systemet.
    """
    from plats.web.operations.backup.making import back_up, remove_old, step_aside

    if keep is not None and target is not None and target.suffix == ".tar":
        raise click.UsageError("--keep gäller en mapp med kopior som fått namn efter tiden, inte en fil.")
    printer = Printer(as_json)
    step_aside()
    made = back_up(
        home=home(),
        database=_database(),
        municipality=municipality(),
        target=target,
        tell=lambda step: printer.line(f"  {step}"),
    )
    _note(made.archive.name, made.manifest.audit_sequence)
    gone = remove_old(made.archive.parent, municipality(), keep=keep) if keep else []
    printer.line(
        f"{made.archive}: {made.manifest.bytes / 1e6:.1f} MB, {len(made.manifest.members)} filer, "
        f"{made.seconds:.1f} s. Prövad."
    )
    for name in made.left_out:
        printer.line(f"  Obs: {name} i PLATS_HOME känns inte igen och följer inte med.")
    for path in gone:
        printer.line(f"  Borttagen: {path.name}")
    printer.result(
        {
            "archive": str(made.archive),
            "bytes": made.manifest.bytes,
            "members": len(made.manifest.members),
            "made_at": made.manifest.made_at,
            "audit_sequence": made.manifest.audit_sequence,
            "seconds": round(made.seconds, 2),
            "left_out": made.left_out,
            "removed": [path.name for path in gone],
        }
    )


# Internals


def _database() -> Database:
    set_up_django()
    from django.conf import settings

    from plats.web.operations.backup.database import Database

    return Database.of(settings.DATABASES["default"])


def _note(name: str, sequence: int) -> None:
    """The audit chain says that everything was copied, and when."""
    from plats.web.audit.recording import append

    append(by=None, act="operations.backup", kind="backup", object_id=name[:64], note=str(sequence))
