"""A restore gives the whole installation back, or changes nothing."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from plats.facts.versions import FactStore
from plats.web.common.presence import OccupiedError, alone, staying
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import Manifest
from plats.web.operations.backup.reading import read_manifest
from plats.web.operations.backup.tests import installation
from plats.web.operations.backup.tests.conftest import backup, restored
from plats.web.operations.backup.tests.installation import accounts, act, chain, plats, run, what_stands
from tests.databases import on_postgres, rows

FIRST, LATER = "forsta@exempel.se", "senare@exempel.se"


@pytest.fixture
def changed(home: Path) -> Path:
    """The installation a while after the backup: one account more, a file more, another version, another key."""
    act(home, LATER)
    installation.put_file(home, b"later")
    store = FactStore(home)
    with store.begin("later") as draft:
        draft.put("areas", store.current().table("areas"))
        draft.commit()
    (home / "secret_key").write_text("b" * 60, encoding="ascii")
    return home


def test_everything_is_as_it_was_when_the_backup_was_made(
    template: Path, changed: Path, archive: Path
) -> None:
    before = what_stands(template)
    assert what_stands(changed) != before
    done = restored(changed, archive)
    after = what_stands(changed)
    # The chain goes on: the restore is an entry of its own, so its end is another.
    anchors = [stands.pop("audit/anchor.json") for stands in (before, after)]
    after.setdefault("erasures.jsonl", b"")
    before.setdefault("erasures.jsonl", b"")
    assert after == before
    assert json.loads(anchors[1])["sequence"] == json.loads(anchors[0])["sequence"] + 1
    assert done.settled.findings == []
    assert FactStore(changed).current().problems() == []


def test_hard_links_between_versions_are_hard_links_again(changed: Path, archive: Path) -> None:
    restored(changed, archive)
    one, other = (version.file("areas") for version in FactStore(changed).versions())
    assert one.samefile(other)


def test_the_chain_is_whole_and_says_what_was_set_back(changed: Path, archive: Path) -> None:
    known = json.loads((changed / "audit" / "anchor.json").read_text())["sequence"]
    restored(changed, archive)
    manifest = read_manifest(archive)
    assert chain(changed) == (manifest.audit_sequence + 1, [])
    ((sequence, act_name, note),) = rows(
        changed, "SELECT sequence, act, note FROM audit_auditentry ORDER BY sequence DESC LIMIT 1"
    )
    assert (sequence, act_name) == (manifest.audit_sequence + 1, "operations.restore")
    assert json.loads(note) == {
        "made_at": manifest.made_at,
        "sequence": manifest.audit_sequence,
        "sequence_before": known,
    }
    # And work goes on.
    act(changed, "efter@exempel.se")
    assert chain(changed) == (manifest.audit_sequence + 2, [])


def test_who_had_signed_out_is_not_signed_in_again(home: Path, tmp_path: Path) -> None:
    run(
        home,
        "from django.contrib.sessions.backends.db import SessionStore\nopen_one = SessionStore()\nopen_one.create()",
    )
    made = backup(home, tmp_path / "b.tar")
    restored(home, made.archive)
    assert rows(home, "SELECT count(*) FROM django_session") == [(0,)]


def test_into_an_empty_folder_it_makes_a_whole_installation(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "elsewhere" / "home"
    restored(home, archive)
    assert accounts(home) == [FIRST]
    assert chain(home)[1] == []
    assert {path.name for path in home.iterdir()} >= {
        "current",
        "versions",
        "snapshots",
        "files",
        "secret_key",
    }


@pytest.mark.parametrize("spoilt", ["flipped", "cut", "grown"])
def test_a_spoilt_archive_is_refused_and_nothing_is_touched(
    home: Path, archive: Path, tmp_path: Path, spoilt: str
) -> None:
    content = bytearray(archive.read_bytes())
    if spoilt == "flipped":
        content[random.Random(7).randrange(len(content))] ^= 4  # noqa: S311  a place, no secret
    elif spoilt == "cut":
        del content[-9000:]
    else:
        content += b"x"
    bad = tmp_path / "bad.tar"
    bad.write_bytes(content)
    before = what_stands(home)
    with pytest.raises(BackupError, match="Ingenting har ändrats"):
        restored(home, bad)
    assert what_stands(home) == before
    assert not (home / ".restore").exists()


def test_a_backup_from_the_other_kind_of_database_is_refused(
    home: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "sqlite" if on_postgres() else "postgresql"

    def told(path: Path) -> Manifest:
        return replace(read_manifest(path), database=other)

    monkeypatch.setattr("plats.web.operations.backup.restoring.read_manifest", told)
    with pytest.raises(BackupError, match="DATABASE_URL"):
        restored(home, archive)


def test_while_someone_works_nothing_is_replaced(home: Path, archive: Path) -> None:
    with staying(home), pytest.raises(OccupiedError, match="Stanna"):
        restored(home, archive)
    with alone(home):
        assert "återställning pågår" in plats(home, "doctor", code=1)
    with FactStore(home).begin("someone derives"), pytest.raises(BackupError, match="härledning"):
        restored(home, archive)


def test_a_database_that_is_newer_than_the_program_is_refused(home: Path, tmp_path: Path) -> None:
    run(
        home,
        "from django.db.migrations.recorder import MigrationRecorder\nfrom django.db import connection\n"
        "MigrationRecorder(connection).record_applied('accounts', '9999_from_the_future')",
    )
    made = backup(home, tmp_path / "b.tar")
    before = what_stands(home)
    with pytest.raises(BackupError, match="9999_from_the_future"):
        restored(home, made.archive)
    assert what_stands(home) == before


def test_a_database_of_an_older_program_is_brought_forward(home: Path, tmp_path: Path) -> None:
    """The last migration of an app undone stands for an older program's database."""
    run(
        home,
        "from django.contrib.sessions.models import Session\nfrom django.core.management import call_command\n"
        "call_command('migrate', 'sessions', 'zero', verbosity=0, interactive=False)",
    )
    made = backup(home, tmp_path / "b.tar")
    assert "sessions.0001_initial" not in made.manifest.migrations
    done = restored(home, made.archive)
    assert done.settled.migrated == 1
    assert rows(home, "SELECT count(*) FROM django_session") == [(0,)]


def test_a_chain_that_was_not_whole_needs_someone_to_decide(home: Path, tmp_path: Path) -> None:
    run(
        home,
        "from plats.web.audit.models import AuditEntry\nAuditEntry.objects.filter(sequence=1).update(act='forged')",
    )
    made = backup(home, tmp_path / "b.tar")
    before = what_stands(home)
    with pytest.raises(BackupError, match="--accept-broken-log"):
        restored(home, made.archive)
    assert what_stands(home) == before
    assert restored(home, made.archive, accept_findings=True).settled.findings


def test_the_command_restores_and_tells(home: Path, archive: Path, tmp_path: Path) -> None:
    act(home, LATER)
    assert "Fortsätta?" in plats(home, "restore", archive, code=1)
    assert accounts(home) == [FIRST, LATER]
    assert "Övningen gick bra" in plats(home, "restore", archive, "--drill")
    told = json.loads(plats(home, "restore", archive, "--yes", "--json"))
    assert accounts(home) == [FIRST]
    assert told["settled"]["entries"] == read_manifest(archive).audit_sequence + 1
    shutil.copy(archive, tmp_path / "bad.tar")
    with (tmp_path / "bad.tar").open("r+b") as bad:
        bad.truncate(20_000)
    assert "Error: Säkerhetskopian är inte hel" in plats(
        home, "restore", tmp_path / "bad.tar", "--yes", code=1
    )


def test_another_folder_does_not_take_the_database_that_is_used(
    home: Path, archive: Path, tmp_path: Path
) -> None:
    """DATABASE_URL names one database, whichever the folder."""
    if on_postgres():
        assert "tom databas" in plats(home, "restore", archive, "--into", tmp_path / "other", code=1)
    else:
        plats(home, "restore", archive, "--into", tmp_path / "other")
        assert accounts(tmp_path / "other") == [FIRST]
