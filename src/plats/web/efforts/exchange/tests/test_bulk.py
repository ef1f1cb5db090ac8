"""One change of many efforts: told for each, one act, all or nothing, one's own only."""

from __future__ import annotations

import pytest

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.actions import BulkError, change_many
from plats.web.efforts.exchange.bulk import Change, Chosen, outcomes
from plats.web.efforts.exchange.tests.making import make_effort, make_goal
from plats.web.efforts.kinds import EffortState
from plats.web.efforts.models import Effort


def chosen(*efforts: Effort) -> list[Chosen]:
    return [Chosen(one.public_id, one.revision) for one in efforts]


def test_many_are_changed_in_one_act_with_an_entry_for_each(world: World) -> None:
    goal = make_goal(world.committee)
    ours = [make_effort(world.committee, f"Insats {letter}") for letter in "abc"]
    already = make_effort(world.committee, "Redan så", state="ended", is_public=True)
    change = Change(state=EffortState.ENDED, goal=goal, public=True)
    told = change_many(by=world.analyst, chosen=chosen(*ours, already), change=change)
    assert [len(one.changes) for one in told] == [3, 3, 3, 1]
    entries = AuditEntry.objects.filter(act="effort.bulk")
    assert entries.count() == 4
    assert len(set(entries.values_list("at", flat=True))) == 1
    for one in ours:
        one.refresh_from_db()
        assert (one.state, one.is_public, one.revision) == ("ended", True, 2)
        assert list(one.goals.all()) == [goal]
        assert one.states.get().state == "ended"
    # Its state was so already: nothing new in its history.
    assert already.states.count() == 0


def test_it_is_told_before_anything_is_written(world: World) -> None:
    ours = make_effort(world.committee)
    (told,) = outcomes(by=world.analyst, chosen=chosen(ours), change=Change(state=EffortState.ENDED))
    assert told.changes == ("okänt → avslutad",)
    ours.refresh_from_db()
    assert ours.state == "unknown"


def test_another_organisations_effort_is_refused_and_nothing_is_written(world: World) -> None:
    ours, theirs = make_effort(world.committee), make_effort(world.other, is_public=True)
    with pytest.raises(BulkError) as caught:
        change_many(by=world.analyst, chosen=chosen(ours, theirs), change=Change(state=EffortState.CANCELLED))
    first, second = caught.value.outcomes
    assert (first.refusal, second.effort) == ("", None)
    assert second.refusal
    assert set(Effort.objects.values_list("state", "revision")) == {("unknown", 1)}
    assert not AuditEntry.objects.filter(act="effort.bulk").exists()


def test_a_conflict_is_told_for_its_row_and_nothing_is_written(world: World) -> None:
    first, second = make_effort(world.committee, "Ett"), make_effort(world.committee, "Två")
    ticked = chosen(first, second)
    with unrecorded("someone else"):
        Effort.objects.filter(pk=second.pk).update(revision=2)
    with pytest.raises(BulkError) as caught:
        change_many(by=world.analyst, chosen=ticked, change=Change(state=EffortState.ENDED))
    assert [bool(one.refusal) for one in caught.value.outcomes] == [False, True]
    first.refresh_from_db()
    assert first.state == "unknown"


def test_one_who_may_write_but_not_publish_is_told(world: World) -> None:
    ours = make_effort(world.committee)
    (told,) = outcomes(by=world.people["planner"], chosen=chosen(ours), change=Change(public=True))
    assert told.refusal
    (other,) = outcomes(
        by=world.people["planner"], chosen=chosen(ours), change=Change(state=EffortState.ENDED)
    )
    assert other.changes


def test_what_is_so_already_is_no_act(world: World) -> None:
    ours = make_effort(world.committee, state="ended")
    entries = AuditEntry.objects.count()
    (told,) = change_many(by=world.analyst, chosen=chosen(ours), change=Change(state=EffortState.ENDED))
    assert (told.changes, told.refusal) == ((), "")
    assert AuditEntry.objects.count() == entries
