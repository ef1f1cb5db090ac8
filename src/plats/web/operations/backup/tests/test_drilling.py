"""A drill shows that an archive becomes a whole installation, and leaves no trace but the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from plats.facts.versions import FactStore
from plats.web.common.presence import staying
from plats.web.operations.backup import stamps
from plats.web.operations.backup.drilling import drill
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.tests import installation
from plats.web.operations.backup.tests.conftest import backup
from plats.web.operations.backup.tests.installation import what_stands


def test_a_drill_leaves_everything_as_it_was_and_notes_the_time(home: Path, archive: Path) -> None:
    before = what_stands(home)
    with staying(home):
        done = drill(archive=archive, home=home, database=installation.database(home))
    assert what_stands(home) == before
    assert done.settled.findings == []
    rounding = 0.005 * (len(done.seconds) + 1)  # each is told in hundredths
    assert done.total + rounding >= sum(done.seconds.values()) > 0
    stamp = stamps.last(home, stamps.DRILL)
    assert stamp is not None
    assert stamp.archive == archive.name
    assert not list(home.glob(".drill-*"))


def test_a_drill_finds_figures_that_were_spoilt_before_the_backup(home: Path, tmp_path: Path) -> None:
    table = FactStore(home).current().file("areas")
    table.write_bytes(table.read_bytes() + b"x")
    made = backup(home, tmp_path / "b.tar")
    with pytest.raises(BackupError, match="areas"):
        drill(archive=made.archive, home=home, database=installation.database(home))
    assert stamps.last(home, stamps.DRILL) is None
