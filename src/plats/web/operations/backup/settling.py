"""Making a restored installation fit to be shown, before anyone sees it.

Runs as a program of its own on the staged home folder and database (`settle` starts it): the program that restores may
be set up for another home, or for none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from plats.web.operations.backup.database import SQLITE, Database
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import Manifest

RESTORE, DRILL = "operations.restore", "operations.drill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was done to the restored rows, and what the audit chain is like after it."""

    migrated: int
    erased: int
    entries: int
    findings: list[str] = field(default_factory=list)


def settle(
    home: Path, database: Database, manifest: Manifest, *, act: str, known: int, holding: Sequence[int] = ()
) -> Settled:
    """Migrate, erase again, note the restore and verify the chain, in the staged home and database.

    `known` is the last entry that the installation being replaced had noted outside its database. `holding` are locks
    that the program keeps: it may outlive a restore that is killed.
    """
    told = {name: value for name, value in asdict(manifest).items() if name != "members"}
    done = subprocess.run(
        [sys.executable, "-m", "plats.web.operations.backup.settling"],
        env=_surroundings(home, database),
        input=json.dumps({"manifest": told, "act": act, "known": known}),
        capture_output=True,
        text=True,
        check=False,
        pass_fds=holding,
    )
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode or not last.startswith("{"):
        reason = last if done.returncode == 1 and last else done.stderr.strip().rpartition("\n")[2]
        raise BackupError(f"Det återställda gick inte att göra färdigt: {reason} Ingenting har ändrats.")
    return Settled(**json.loads(last))


def main() -> int:
    """Settle the home and database of the environment. Says the outcome as JSON, or why not in a sentence."""
    given = json.load(sys.stdin)
    import django

    django.setup()
    try:
        settled = _settle(given["manifest"], given["act"], given["known"])
    except BackupError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(asdict(settled)) + "\n")
    return 0


# Internals


def _surroundings(home: Path, database: Database) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
    return kept | {
        "PLATS_HOME": str(home),
        "DATABASE_URL": "" if database.kind == SQLITE else database.url,
        "DJANGO_SETTINGS_MODULE": "plats.web.config.settings",
    }


def _settle(manifest: dict[str, Any], act: str, known: int) -> Settled:
    from plats.web.audit.key import Anchor, reset_anchor
    from plats.web.audit.verify import verify

    _judge_migrations(manifest["migrations"])
    migrated = _migrate(manifest["migrations"])
    # The anchor that came along may be ahead of the rows: people went on working while they were copied.
    reset_anchor(Anchor(manifest["audit_sequence"], manifest["audit_hash"]))
    _end_sessions()
    erased = _erase_again()
    _note(manifest, act, known)
    result = verify()
    findings = [f"Post {one.sequence}: {one.what}" for one in result.findings]
    return Settled(migrated=migrated, erased=erased, entries=result.entries, findings=findings)


def _judge_migrations(applied: list[str]) -> None:
    """A database that is ahead of the program is none of ours to change."""
    unknown = sorted(set(applied) - _known_migrations())
    if unknown:
        raise BackupError(
            f"säkerhetskopian har en nyare databas ({unknown[0]}) än den här utgåvan känner till. Installera utgåvan "
            f"som gjorde den eller en nyare."
        )


def _known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations} | {
        f"{app}.{name}" for squashed in loader.disk_migrations.values() for app, name in squashed.replaces
    }


def _migrate(applied: list[str]) -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    call_command("migrate", verbosity=0, interactive=False)
    return len(MigrationRecorder(connection).applied_migrations()) - len(applied)


def _end_sessions() -> None:
    """Who had signed out since is not signed in again."""
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()


def _erase_again() -> int:
    """What has been erased since the backup was made does not come back."""
    from plats.web.retention.erasures import JournalError
    from plats.web.retention.journal import replay

    try:
        return replay()
    except JournalError as error:
        raise BackupError(str(error)) from error


def _note(manifest: dict[str, Any], act: str, known: int) -> None:
    """The chain says itself that it was set back, to where, and how far it had come."""
    from plats.web.audit.chain import canonical
    from plats.web.audit.recording import recorded

    told = {
        "made_at": manifest["made_at"],
        "sequence": manifest["audit_sequence"],
        "sequence_before": known,
    }
    with recorded(by=None, act=act) as record:
        record.noted(kind="backup", note=canonical(told))


if __name__ == "__main__":
    sys.exit(main())
