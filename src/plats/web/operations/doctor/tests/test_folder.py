from __future__ import annotations

import os
from collections import namedtuple
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plats.web.operations.backup import stamps
from plats.web.operations.backup.stamps import Stamp
from plats.web.operations.doctor import folder
from plats.web.operations.doctor.folder import (
    FreeSpace,
    HomeClosed,
    HomeOwner,
    HomeWritable,
    KeysClosed,
    LocalDisk,
    NothingLeft,
    NothingUnknown,
    file_system_of,
)
from plats.web.operations.doctor.tests.conftest import said, severities

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/sdb1 /srv/plats xfs rw 0 0
//nas/kopior /mnt/mina\\040kopior cifs rw 0 0
"""
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024  as shutil's own


def test_a_new_home_is_well(home: Path) -> None:
    for check in (HomeWritable, HomeOwner, KeysClosed, HomeClosed, NothingLeft, NothingUnknown, LocalDisk):
        assert said(check) == []


def test_a_folder_that_is_gone_cannot_be_written_in(home: Path) -> None:
    home.rmdir()
    assert severities(HomeWritable) == ["error"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_account_is_named(home: Path) -> None:
    (home / "current").touch()
    os.chown(home / "current", 65534, -1)
    ((severity, sentence),) = said(HomeOwner)
    assert severity == "error"
    assert "current" in sentence


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home", "ext4"),
        ("/srv/other", "nfs4"),
        ("/srv/plats/home", "xfs"),
        ("/srv/platser", "nfs4"),
        ("/mnt/mina kopior/x", "cifs"),
    ],
)
def test_a_folder_lies_on_the_nearest_mount_above_it(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


def test_a_disk_over_the_network_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {home.resolve()} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(folder, "_MOUNTS", mounts)
    assert severities(LocalDisk) == ["error"]


@pytest.mark.parametrize(
    ("free", "backup", "expected"),
    [
        (499_000_000, 0, ["error"]),
        (501_000_000, 0, ["warning"]),  # below a tenth of the disk
        (11_000_000_000, 0, []),
        (11_000_000_000, 6_000_000_000, ["warning"]),  # a restore unpacks the archive beside what is there
        (13_000_000_000, 6_000_000_000, []),
    ],
)
def test_room_is_measured_against_the_disk_and_the_last_backup(
    home: Path, monkeypatch: pytest.MonkeyPatch, free: int, backup: int, expected: list[str]
) -> None:
    last = Stamp(datetime.now(UTC), "b.tar", backup, 1.0) if backup else None
    monkeypatch.setattr(stamps, "last", lambda *_: last)
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda _: Usage(100_000_000_000, 0, free))
    assert severities(FreeSpace) == expected


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_may_read_is_an_error(home: Path, mode: int) -> None:
    key = home / "audit_key"
    key.write_text("k" * 60, encoding="ascii")
    key.chmod(mode)
    assert severities(KeysClosed) == ["error"]
    key.chmod(0o600)
    assert severities(KeysClosed) == []


def test_an_open_home_is_an_error_in_production_only(home: Path, settings: object) -> None:
    home.chmod(0o755)
    assert severities(HomeClosed) == ["warning"]
    settings.PLATS_PRODUCTION = True  # type: ignore[attr-defined]
    assert severities(HomeClosed) == ["error"]


def test_what_a_killed_restore_left_is_told(home: Path) -> None:
    (home / ".restore" / "old").mkdir(parents=True)
    ((severity, sentence),) = said(NothingLeft)
    assert severity == "warning"
    assert ".restore" in sentence


def test_what_no_backup_takes_along_is_told(home: Path) -> None:
    (home / "notes.txt").touch()
    ((severity, sentence),) = said(NothingUnknown)
    assert severity == "warning"
    assert "notes.txt" in sentence
