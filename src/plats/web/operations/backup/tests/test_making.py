from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plats.web.operations.backup import stamps
from plats.web.operations.backup.contents import HOME_MEMBERS, KEYS, REMADE, plain_files
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.making import archive_path, remove_old
from plats.web.operations.backup.manifest import Member
from plats.web.operations.backup.reading import read_manifest, verify_archive
from plats.web.operations.backup.tests.conftest import backup
from plats.web.operations.backup.tests.installation import UPLOAD, plats, put_file
from plats.web.operations.backup.writing import ArchiveWriter
from tests.databases import on_postgres, rows, surroundings

SOURCE = Path(__file__).resolve().parents[4]


def test_an_archive_holds_rows_figures_files_keys_and_the_journal(home: Path, tmp_path: Path) -> None:
    made = backup(home, tmp_path / "b.tar")
    names = {member.path for member in made.manifest.members}
    assert "home/current" in names
    assert {
        f"home/{name}" for name in ("secret_key", "audit_key", "audit/anchor.json", "erasures.jsonl")
    } <= names
    assert [name for name in names if name.startswith("home/snapshots/")]
    verify_archive(made.archive, into=tmp_path / "out")
    (upload,) = [path for path in (tmp_path / "out/home/files").rglob("*") if path.is_file()]
    assert upload.read_bytes() == UPLOAD
    ((sequence, last),) = rows(home, "SELECT sequence, hash FROM audit_audithead")
    assert (made.manifest.audit_sequence, made.manifest.audit_hash) == (sequence, last)
    assert sequence > 0


def test_a_table_that_two_versions_share_is_kept_once(home: Path, tmp_path: Path) -> None:
    manifest = backup(home, tmp_path / "b.tar").manifest
    assert [member for member in manifest.members if member.link]


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_left_in_the_home_folder_but_a_note_of_when(home: Path, tmp_path: Path) -> None:
    before = _names(home)
    made = backup(home, tmp_path / "b.tar")
    assert _names(home) - before == {"operations"}
    stamp = stamps.last(home, stamps.BACKUP)
    assert stamp is not None
    assert (stamp.archive, stamp.bytes) == ("b.tar", made.archive.stat().st_size)


def test_a_folder_gets_archives_named_by_time_and_keeps_the_newest(tmp_path: Path) -> None:
    days = [datetime(2026, 11, day, 3, 0, 0, tzinfo=UTC) for day in (9, 10, 25, 26, 27)]
    for day in days:
        archive_path(tmp_path, "0126", day).touch()
    (tmp_path / "mine.tar").touch()
    archive_path(tmp_path, "0127", days[0]).touch()
    gone = remove_old(tmp_path, "0126", keep=3)
    assert [path.name for path in gone] == [
        "plats-0126-2026-11-09T030000Z.tar",
        "plats-0126-2026-11-10T030000Z.tar",
    ]
    assert len(list(tmp_path.iterdir())) == 5
    assert archive_path(tmp_path / "x.tar", "0126", days[0]) == tmp_path / "x.tar"


def test_every_key_that_the_program_makes_is_in_a_backup() -> None:
    """A key that was forgotten would be found out at the restore."""
    made = re.compile(r'persistent_key\([^\n]*"(\w+)"\)')
    files = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    found = {name for path in files for name in made.findall(path.read_text(encoding="utf-8"))}
    assert found >= {"secret_key", "audit_key"}
    assert found == set(KEYS) <= set(HOME_MEMBERS)


def test_what_is_kept_and_what_is_made_anew_are_two_things() -> None:
    assert not set(HOME_MEMBERS) & set(REMADE)


def test_a_name_that_nobody_knows_is_told(home: Path, tmp_path: Path) -> None:
    (home / "notes.txt").write_text("mine", encoding="utf-8")
    assert backup(home, tmp_path / "b.tar").left_out == ["notes.txt"]


def test_files_that_are_being_written_are_left_out(home: Path) -> None:
    whole = put_file(home, b"whole")
    (whole.parent / ".half").write_bytes(b"ha")
    (whole.parent / "half.tmp").write_bytes(b"ha")
    names = [name for name, _ in plain_files(home) if name.startswith("files/")]
    assert len(names) == 2
    assert not [name for name in names if "half" in name]


def test_a_file_that_is_erased_while_the_backup_is_made_is_only_missing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = put_file(home, b"erased")
    add = ArchiveWriter.add

    def erase_first(self: ArchiveWriter, name: str, source: Path) -> None:
        if source == gone:
            gone.unlink()
            (home / "erasures.jsonl").write_text('{"why": "exempel"}\n', encoding="utf-8")
        add(self, name, source)

    monkeypatch.setattr(ArchiveWriter, "add", erase_first)
    made = backup(home, tmp_path / "b.tar")
    verify_archive(made.archive, into=tmp_path / "out")
    assert not (tmp_path / "out/home" / gone.relative_to(home)).exists()
    assert (tmp_path / "out/home/erasures.jsonl").read_text(encoding="utf-8") == '{"why": "exempel"}\n'


def test_a_file_that_shrinks_while_it_is_copied_gives_no_archive(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = ArchiveWriter._copy

    def longer(self: ArchiveWriter, name: str, handle: object, size: int) -> Member:
        return copy(self, name, handle, size + 1)  # type: ignore[arg-type]

    monkeypatch.setattr(ArchiveWriter, "_copy", longer)
    with pytest.raises(BackupError, match="Försök igen"):
        backup(home, tmp_path / "b.tar")
    assert not list(tmp_path.glob("*.tar"))


def test_bytes_that_the_disk_changed_give_no_archive(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive is read back before it gets its name."""
    posix_fadvise = os.posix_fadvise

    def spoil(handle: int, *more: int) -> None:
        os.pwrite(handle, b"\xff", 700)
        posix_fadvise(handle, *more)

    monkeypatch.setattr(os, "posix_fadvise", spoil)
    with pytest.raises(BackupError):
        backup(home, tmp_path / "b.tar")
    assert not list(tmp_path.glob("*.tar"))


def test_what_someone_is_writing_is_not_waited_for_and_not_copied(home: Path, tmp_path: Path) -> None:
    open_write = """
import sys
from django.db import transaction
from plats.web.audit.models import AuditHead
with transaction.atomic():
    AuditHead.objects.update(sequence=4711)
    print("open", flush=True)
    sys.stdin.read()
"""
    started = f"from plats.cli.output import set_up_django\nset_up_django()\n{open_write}"
    with subprocess.Popen(
        [sys.executable, "-c", started],
        env=surroundings(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        begun = time.monotonic()
        made = backup(home, tmp_path / "b.tar")
        assert time.monotonic() - begun < 10
        writer.communicate("")
    assert made.manifest.audit_sequence != 4711
    assert rows(home, "SELECT sequence FROM audit_audithead") == [(4711,)]


def test_the_command_makes_one_and_the_audit_chain_says_so(home: Path, tmp_path: Path) -> None:
    said = plats(home, "backup", tmp_path / "kopior", "--keep", "2")
    (archive,) = (tmp_path / "kopior").glob("plats-0126-*.tar")
    assert str(archive) in said
    ((act, number),) = rows(
        home, "SELECT act, object_id FROM audit_auditentry ORDER BY sequence DESC LIMIT 1"
    )
    assert (act, number) == ("operations.backup", archive.name)
    assert read_manifest(archive).municipality == "0126"
    assert "--keep" in plats(home, "backup", tmp_path / "one.tar", "--keep", "2", code=2)


def test_a_database_without_tables_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BackupError, match="plats init"):
        backup(tmp_path / "empty", tmp_path / "b.tar")


@pytest.mark.skipif(on_postgres(), reason="a file to spoil is there on SQLite only")
def test_a_damaged_database_is_not_copied_as_if_it_were_whole(home: Path, tmp_path: Path) -> None:
    site = home / "site.sqlite3"
    content = bytearray(site.read_bytes())
    content[4096:65536] = os.urandom(65536 - 4096)
    site.write_bytes(content)
    with pytest.raises(BackupError, match="skadad"):
        backup(home, tmp_path / "b.tar")
    assert not list(tmp_path.glob("*.tar"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_another_account_than_the_services_is_refused(home: Path, tmp_path: Path) -> None:
    os.chown(home, 65534, -1)
    with pytest.raises(BackupError, match="runuser -u"):
        backup(home, tmp_path / "b.tar")
