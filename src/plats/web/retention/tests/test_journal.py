"""A restored backup brings back nothing that was erased; a journal that was tampered with is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from plats.web.accounts.actions import create_membership, create_user, end_membership
from plats.web.accounts.actions.leaving import close_account
from plats.web.accounts.models import Invitation, Membership, Release, SignInLock, User
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.audit.verify import verify
from plats.web.retention import erasures
from plats.web.retention.erasures import BEGIN, DONE, VOID, JournalError
from plats.web.retention.journal import replay
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain
from plats.web.retention.settling import unwritten
from plats.web.retention.tests.restoring import backup, restore
from plats.web.retention.tests.things import MAKERS, ended_membership, local, make_alva, taken_invitation

EVENT = date(2026, 6, 10)
LATER = local(date(2033, 1, 1))


@pytest.fixture
def aged(lasting_world: World) -> Iterator[World]:
    """One of every kind, all long past their days, and someone who has left; the clock stands seven years on."""
    with time_machine.travel(local(EVENT), tick=False):
        user = make_alva()
        membership = create_membership(by=None, user=user, organisation=lasting_world.police, role="reporter")
        end_membership(by=None, membership=membership, reason="Alva slutar")
        close_account(by=None, user=user)
    for make in MAKERS.values():
        make(lasting_world, local(EVENT))
    with time_machine.travel(LATER, tick=False):
        yield lasting_world


def what_is_left() -> dict[str, int]:
    """Rows that are past their days, and values that say who."""
    return {
        "accounts": User.objects.filter(is_active=False).exclude(name="Raderat konto").count(),
        "memberships": Membership.objects.exclude(ended_at=None).count(),
        "invitations": Invitation.objects.count(),
        "releases": Release.objects.count(),
        "locks": SignInLock.objects.count(),
        "values": AuditValues.objects.filter(values__icontains="alva").count(),
    }


NOTHING = dict.fromkeys(("accounts", "memberships", "invitations", "releases", "locks", "values"), 0)


def test_a_restored_backup_brings_back_nothing_that_was_erased(aged: World) -> None:
    rows = backup()
    assert min(what_is_left().values()) > 0
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    assert what_is_left() == NOTHING
    stones = set(
        Tombstone.objects.exclude(object_id="").values_list(
            "kind", "object_id", "batch", "decision", "erased_at"
        )
    )
    restore(rows)
    assert min(what_is_left().values()) > 0
    assert replay() > 0
    assert what_is_left() == NOTHING
    assert (
        set(
            Tombstone.objects.exclude(object_id="").values_list(
                "kind", "object_id", "batch", "decision", "erased_at"
            )
        )
        == stones
    )
    result = verify()
    assert result.whole
    assert result.erased["KS-2033/1"] > 0


def test_erasing_again_what_is_erased_changes_nothing(aged: World) -> None:
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    entries, stones = verify().entries, Tombstone.objects.count()
    assert replay() == 0
    assert (verify().entries, Tombstone.objects.count()) == (entries, stones)


def test_what_never_was_in_the_backup_has_its_tombstone_all_the_same(lasting_world: World) -> None:
    rows = backup()
    ended_membership(lasting_world, local(EVENT))
    with time_machine.travel(LATER, tick=False):
        retain(by=None, plan=make_plan())
        stone = Tombstone.objects.get()
        restore(rows)
        assert replay() == 0
        found = Tombstone.objects.get()
    assert (found.object_id, found.batch, found.erased_at) == (stone.object_id, stone.batch, stone.erased_at)


def test_an_account_that_was_still_open_in_the_backup_is_closed_and_emptied(lasting_world: World) -> None:
    """Its backup is older than its leaving; what it has become since is what holds."""
    with time_machine.travel(local(EVENT - timedelta(days=30)), tick=False):
        user = make_alva()
        membership = create_membership(by=None, user=user, organisation=lasting_world.police, role="reporter")
    rows = backup()
    with time_machine.travel(local(EVENT), tick=False):
        end_membership(by=None, membership=membership)
        close_account(by=None, user=user)
    with time_machine.travel(LATER, tick=False):
        retain(by=None, plan=make_plan())
        restore(rows)
        replay()
    user.refresh_from_db()
    assert (user.name, user.is_active, user.may_write) == ("Raderat konto", False, False)
    assert not Membership.objects.filter(user=user).exists()


def test_values_of_new_entries_are_not_taken_for_those_that_were_erased(aged: World) -> None:
    """After a restore the chain's numbers are given out again; the day of an entry is not."""
    rows = backup()
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    restore(rows)
    replay()
    create_user(by=None, email="ny@exempel.se", name="Ny Exempel", password="tre gula lastbilar")  # noqa: S106
    again = backup()
    restore(again)
    replay()
    assert AuditValues.objects.filter(values__icontains="ny@exempel.se").count() == 1
    assert verify().whole


# A batch that a killed process left open


def _leave_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run dies between its commit and the line that says so."""

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasures.Journal, "end", die)
        with pytest.raises(KeyboardInterrupt):
            retain(by=None, plan=make_plan(rules=["membership"]))


def test_an_open_batch_that_committed_is_done(aged: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _leave_open(monkeypatch)
    assert [one.end for one in erasures.read().batches.values()] == [""]
    retain(by=None, plan=make_plan(rules=["invitation"]))
    assert {one.end for one in erasures.read().batches.values()} == {DONE}


def test_an_open_batch_that_was_rolled_back_is_void_and_its_objects_live(
    aged: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Membership.objects.exclude(ended_at=None).count()
    _leave_rolled_back(monkeypatch)
    assert Membership.objects.exclude(ended_at=None).count() == before
    with unrecorded("the memberships go on after all"):
        Membership.objects.update(ended_at=None)
    retain(by=None, plan=make_plan(rules=["invitation"]))
    ends = [one.end for one in erasures.read().batches.values() if one.objects[0].kind == "membership"]
    assert ends == [VOID]
    replay()
    assert Membership.objects.filter(ended_at=None).count() >= before


def test_after_a_restore_an_open_batch_is_carried_out_where_its_rule_still_says_so(
    aged: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave_open(monkeypatch)
    (batch,) = erasures.read().batches.values()
    first, rest = batch.objects[0].object_id, [one.object_id for one in batch.objects[1:]]
    assert rest
    rows = _resurrected(batch.objects)
    with unrecorded("in the backup one of them had not ended"):
        Membership.objects.filter(public_id=first).update(ended_at=None)
    assert rows == len(batch.objects)
    replay()
    assert Membership.objects.filter(public_id=first).exists()
    assert not Membership.objects.filter(public_id__in=rest).exists()
    assert not Tombstone.objects.filter(object_id=first).exists()


def _leave_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from plats.web.audit import recording

    def fail(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(recording, "_append", fail)
        with pytest.raises(KeyboardInterrupt):
            retain(by=None, plan=make_plan(rules=["membership"]))


def _resurrected(objects: tuple[erasures.Erased, ...]) -> int:
    """The database is lost and an old one is put in its place: rows without tombstones."""
    with unrecorded("a test restores its rows"):
        Tombstone.objects.all().delete()
        user, organisation = User.objects.first(), Invitation.objects.get().organisation
        for one in objects:
            Membership.objects.create(
                public_id=one.object_id, user=user, organisation=organisation, role="reporter",
                started_at=local(one.event_on - timedelta(days=1)), ended_at=local(one.event_on),
            )  # fmt: skip
    return Membership.objects.filter(public_id__in=[one.object_id for one in objects]).count()


# A journal that is lost or tampered with


def test_a_lost_journal_is_written_anew_from_the_tombstones(aged: World, home: Path) -> None:
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    known = {number: one.objects for number, one in erasures.read().batches.items()}
    (home / "erasures.jsonl").unlink()
    assert unwritten() == len(known)
    taken_invitation(aged, local(EVENT))
    retain(by=None, plan=make_plan())
    again = erasures.read().batches
    assert {number: one.objects for number, one in again.items() if number in known} == known
    assert unwritten() == 0


def test_half_a_line_was_never_written(aged: World, home: Path) -> None:
    retain(by=None, plan=make_plan())
    whole = (home / "erasures.jsonl").read_bytes()
    (home / "erasures.jsonl").write_bytes(whole + whole[:40])
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    assert (home / "erasures.jsonl").read_bytes().startswith(whole)
    assert {one.end for one in erasures.read().batches.values()} == {DONE}


def _swap(lines: list[bytes]) -> list[bytes]:
    return [lines[1], lines[0], *lines[2:]]


TAMPERINGS = {
    "another object": lambda lines: [lines[0].replace(b"invitation", b"membership"), *lines[1:]],
    "another decision": lambda lines: [lines[0].replace(b"gallringsregel", b"gallringsbeslut"), *lines[1:]],
    "a line taken out": lambda lines: [*lines[:1], *lines[2:]],
    "the first line taken out": lambda lines: lines[1:],
    "two lines swapped": _swap,
    "a line copied": lambda lines: [*lines, lines[0]],
    "a line of nothing": lambda lines: [*lines, b'{"why": "exempel"}'],
    "no json": lambda lines: [*lines, b"raderat"],
}


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_journal_that_was_tampered_with_is_not_believed(aged: World, home: Path, tamper: object) -> None:
    retain(by=None, plan=make_plan(rules=["membership", "invitation"]))
    path = home / "erasures.jsonl"
    changed = tamper(path.read_bytes().splitlines())  # type: ignore[operator]
    path.write_bytes(b"".join(line + b"\n" for line in changed))
    stones = Tombstone.objects.count()
    for use in (replay, erasures.read, lambda: retain(by=None, plan=make_plan(decision="KS-2033/1"))):
        with pytest.raises(JournalError, match=r"erasures\.jsonl"):
            use()
    assert Tombstone.objects.count() == stones


def test_two_journals_put_together_are_one(aged: World, home: Path) -> None:
    """As a restore does it: the archive's lines, then those of the home that are not among them."""
    path = home / "erasures.jsonl"
    retain(by=None, plan=make_plan(rules=["membership"]))
    early = path.read_bytes()
    retain(by=None, plan=make_plan(rules=["invitation"]))
    one_way = path.read_bytes()
    path.write_bytes(early)
    with unrecorded("another machine restored from the early backup goes on by itself"):
        Tombstone.objects.filter(kind="invitation").delete()
    taken_invitation(aged, local(EVENT, 13))
    retain(by=None, plan=make_plan(rules=["invitation"]))
    other_way = path.read_bytes()
    lines = [*one_way.splitlines(keepends=True), *other_way.splitlines(keepends=True)]
    path.write_bytes(b"".join(dict.fromkeys(lines)))
    kinds = [one.objects[0].kind for one in erasures.read().batches.values()]
    assert kinds == ["membership", "invitation", "invitation"]


def test_the_journal_says_nothing_of_what_was_erased(aged: World, home: Path) -> None:
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    content = (home / "erasures.jsonl").read_text(encoding="utf-8").lower()
    assert BEGIN in content
    for said in ("alva", "exempel", "@", "rapportör", "bostadsbolaget"):
        assert said not in content
    assert (home / "erasures.jsonl").stat().st_mode & 0o077 == 0
