"""A restore brings nothing back that has been erased since the backup was made."""

from __future__ import annotations

from pathlib import Path

from plats.web.operations.backup.restoring import merge_journals, restore
from plats.web.operations.backup.tests import installation
from plats.web.operations.backup.tests.conftest import backup, restored
from plats.web.operations.backup.tests.installation import chain, run
from tests.databases import rows


def test_journals_are_put_together_and_each_line_kept_once(tmp_path: Path) -> None:
    staged, current, more = tmp_path / "staged", tmp_path / "current.jsonl", tmp_path / "more.jsonl"
    staged.mkdir()
    (staged / "erasures.jsonl").write_text("a\nb\n")
    current.write_text("a\nb\nc\nhalf")
    more.write_text("d\nb\n")
    merge_journals(staged, [current, more, tmp_path / "none.jsonl"])
    assert (staged / "erasures.jsonl").read_text() == "a\nb\nc\nd\n"


def test_the_journal_of_another_installation_is_left_out_and_told(tmp_path: Path) -> None:
    for name, lines in (("staged", "a\n"), ("same", "b\n"), ("other", "c\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "erasures.jsonl").write_text(lines)
        (tmp_path / name / "audit_key").write_text("other" if name == "other" else "one")
    told: list[str] = []
    journals = [tmp_path / name / "erasures.jsonl" for name in ("same", "other")]
    merge_journals(tmp_path / "staged", journals, told.append)
    assert (tmp_path / "staged" / "erasures.jsonl").read_text() == "a\nb\n"
    assert len(told) == 1
    assert "other" in told[0]


_ENDED = """
from datetime import datetime, UTC
from plats.web.accounts.models import Membership, Organisation, User
from plats.web.audit.recording import unrecorded
with unrecorded("a membership of long ago"):
    at = datetime(2020, 1, 1, tzinfo=UTC)
    where = Organisation.objects.create(name="Kommunstyrelsen (exempel)", kind="committee", is_example=True)
    Membership.objects.create(user=User.objects.get(), organisation=where, role="analyst", started_at=at, ended_at=at)
"""


_RETAIN = """
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain
retain(by=None, plan=make_plan(rules=["membership"]))
"""


def test_nothing_that_has_been_erased_since_comes_back(home: Path, tmp_path: Path) -> None:
    run(home, _ENDED)
    made = backup(home, tmp_path / "b.tar")
    count = "SELECT count(*) FROM accounts_membership"
    assert rows(home, count) == [(1,)]
    run(home, _RETAIN)
    assert rows(home, count) == [(0,)]
    done = restored(home, made.archive)
    assert rows(home, count) == [(0,)]
    assert done.settled.erased == 1
    assert chain(home)[1] == []
    # Nor in another folder, where the journal of the working installation is asked.
    elsewhere = tmp_path / "elsewhere"
    restore(
        archive=made.archive,
        home=elsewhere,
        database=installation.database(elsewhere),
        journals=[home / "erasures.jsonl"],
    )
    assert rows(elsewhere, count) == [(0,)]
