"""A run does what the dry run said, leaves a tombstone for each, and nothing of what was erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import models

from plats.web.accounts.actions import create_membership, create_user, end_membership
from plats.web.accounts.actions.leaving import close_account
from plats.web.accounts.models import Invitation, Membership, SecondFactor, SignedInSession, User
from plats.web.accounts.tests.world import World, fresh
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.audit.verify import verify
from plats.web.retention import erasures, running
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import Planned, RuleError, make_plan
from plats.web.retention.registry import (
    Erasing,
    forget_retained,
    register_companion,
    register_retained,
    register_sweep,
    retained_kind,
)
from plats.web.retention.rules import DecisionError
from plats.web.retention.running import retain
from plats.web.retention.tests.things import (
    MAKERS,
    closed_user,
    ended_membership,
    failed_sign_in,
    local,
    make_alva,
)

EVENT = date(2026, 6, 10)
LATER = local(date(2033, 1, 1))
Told = tuple[str, str, int, str, date, date]


def told_by_plan(items: Iterator[Planned] | tuple[Planned, ...] | list[Planned]) -> list[Told]:
    return sorted((one.kind, one.object_id, one.count, one.rule, one.event_on, one.due_on) for one in items)


def told_by_tombstones() -> list[Told]:
    rows = Tombstone.objects.values_list("kind", "object_id", "count", "rule", "event_on", "due_on")
    return sorted(rows)


@pytest.fixture
def aged(world: World) -> Iterator[World]:
    """Two of every kind, all long past their days; the clock stands seven years on."""
    for make in MAKERS.values():
        make(world, local(EVENT))
        make(world, local(EVENT + timedelta(days=40), 23, 30))
    with time_machine.travel(LATER, tick=False):
        yield world


@pytest.mark.parametrize("decision", ["", "KS-2033/1"], ids=["no decision", "a decision"])
def test_a_dry_run_lists_exactly_what_the_run_then_erases(aged: World, decision: str) -> None:
    listed = make_plan(decision=decision)
    assert Tombstone.objects.count() == 0
    outcome = retain(by=None, plan=make_plan(decision=decision))
    assert told_by_plan(listed.items) == told_by_tombstones() == told_by_plan(outcome.erased)
    assert {one.kind for one in listed.items} == set(MAKERS) - (
        set() if decision else {"release", "audit_values"}
    )


def test_a_second_run_finds_nothing(aged: World) -> None:
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    stones = Tombstone.objects.count()
    plan = make_plan(decision="KS-2033/1")
    assert (plan.items, plan.waiting) == ((), ())
    assert retain(by=None, plan=plan).erased == []
    assert Tombstone.objects.count() == stones


def test_what_takes_a_decision_waits_for_one(aged: World) -> None:
    plan = make_plan()
    assert {one.rule for one in plan.waiting} == {"release", "audit_values"}
    assert {one.rule for one in make_plan(decision="KS-2033/1", rules=["release"]).items} == {"release"}


def test_a_tombstone_says_by_which_decision_and_who(aged: World) -> None:
    registrar = aged.people["registrar"]
    retain(by=registrar, plan=make_plan(decision=" KS-2033/1 "))
    by_rule = {one.rule: (one.decision, one.actor) for one in Tombstone.objects.all()}
    assert by_rule["release"] == ("KS-2033/1", str(registrar.public_id))
    assert by_rule["membership"] == ("gallringsregel membership 2026-01-01", str(registrar.public_id))


def test_only_one_who_may_run_it_runs_it(aged: World) -> None:
    for by in (aged.officer, aged.administrator, aged.stranger):
        with pytest.raises(PermissionDenied):
            retain(by=by, plan=make_plan())
    assert Tombstone.objects.count() == 0


def test_what_is_used_again_between_plan_and_turn_is_passed_over(aged: World) -> None:
    user = User.objects.filter(is_active=False).order_by("pk").first()
    assert user is not None
    plan = make_plan(rules=["user"])
    with unrecorded("someone opens the account meanwhile"):
        User.objects.filter(pk=user.pk).update(is_active=True)
    outcome = retain(by=None, plan=plan)
    assert [item.object_id for item in outcome.passed] == [str(user.public_id)]
    assert len(outcome.erased) == 1
    user.refresh_from_db()
    assert user.name.startswith("Person")


def test_a_run_in_small_batches_is_the_same_run(aged: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH_SIZE", 1)
    listed = make_plan(decision="KS-2033/1")
    retain(by=None, plan=listed)
    assert told_by_plan(listed.items) == told_by_tombstones()
    numbered = [one for one in listed.items if not one.is_trace]
    assert len(erasures.read().batches) == len(numbered)


# What is left of a person


def test_a_closed_account_keeps_its_number_and_nothing_that_says_who(lasting_world: World) -> None:
    with time_machine.travel(local(EVENT), tick=False):
        user = make_alva()
        membership = create_membership(by=None, user=user, organisation=lasting_world.police, role="reporter")
        SignedInSession.objects.create(user=user, browser="Firefox", network="192.0.2.0/24")
        with unrecorded("a test's world"):
            SecondFactor.objects.create(user=user, type="totp", data={"secret": "x", "number": str(uuid4())})
        SecondFactor(user=user, type="totp", data={"secret": "x", "number": str(uuid4())})
        end_membership(by=None, membership=membership, reason="Alva slutar")
        close_account(by=None, user=user, reason="Alva slutar")
    with time_machine.travel(LATER, tick=False):
        retain(by=None, plan=make_plan())
    user.refresh_from_db()
    assert (user.email, user.name) == (f"{user.public_id}@raderad.invalid", "Raderat konto")
    assert (user.is_active, user.may_read, user.may_write, user.has_usable_password()) == (False,) * 4
    assert not Membership.objects.filter(user=user).exists()
    assert not SignedInSession.objects.filter(user=user).exists()
    assert not SecondFactor.objects.filter(user=user).exists()
    for values, reason in AuditValues.objects.values_list("values", "reason"):
        assert "alva" not in (values + reason).lower()
    assert verify().whole


def test_values_in_the_chain_go_with_the_object_by_its_decision(lasting_world: World) -> None:
    with time_machine.travel(local(EVENT), tick=False):
        user = create_user(by=None, email="a@exempel.se", name="A", password="tre gula lastbilar")  # noqa: S106
        membership = create_membership(by=None, user=user, organisation=lasting_world.police, role="reporter")
        end_membership(by=None, membership=membership)
    with time_machine.travel(LATER, tick=False):
        retain(by=None, plan=make_plan(rules=["membership"]))
    result = verify()
    assert result.whole
    # The membership's two entries, made and ended; the account's own is another rule's.
    assert result.erased == {"gallringsregel membership 2026-01-01": 2}


def test_erasing_says_no_value_in_the_chain(aged: World) -> None:
    before = AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    written = AuditValues.objects.filter(sequence__gt=before)
    assert written.count() > 0
    assert set(written.values_list("values", "reason")) == {("", "")}


def test_traces_are_counted_by_the_day_and_never_by_number(world: World) -> None:
    with time_machine.travel(LATER, tick=False):
        for hour in (1, 12, 23):
            failed_sign_in(world, local(EVENT, hour))
        failed_sign_in(world, local(EVENT + timedelta(days=1), 0, 1))
        retain(by=None, plan=make_plan())
    stones = Tombstone.objects.filter(kind="sign_in_lock").order_by("event_on")
    assert [(one.event_on, one.count, one.object_id) for one in stones] == [
        (EVENT, 3, ""),
        (EVENT + timedelta(days=1), 1, ""),
    ]
    assert erasures.read().batches == {}


def test_what_other_apps_have_about_an_object_goes_with_it(world: World) -> None:
    """And steps that no transaction can undo are taken when it has committed, not before."""
    kind, order, part = retained_kind("invitation"), [], uuid4()
    MAKERS["invitation"](world, local(EVENT))

    def companion(obj: models.Model, erasing: Erasing) -> None:
        assert Invitation.objects.filter(pk=obj.pk).exists()
        erasing.also(part)
        erasing.then(lambda: order.append(Tombstone.objects.count()))

    assert kind is not None
    register_companion("invitation", companion)
    register_sweep("test", lambda by: order.append("swept"))
    try:
        with time_machine.travel(LATER, tick=False):
            retain(by=None, plan=make_plan())
    finally:
        forget_retained("invitation")
        register_retained(kind)
        register_sweep("test", lambda by: None)
    assert order == [1, "swept"]
    (batch,) = erasures.read().batches.values()
    assert [one.parts for one in batch.objects] == [(str(part),)]


# What goes wrong


def test_an_object_that_cannot_be_erased_stops_its_batch_whole(
    aged: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = 0

    def fail(self: Membership, *args: Any, **kwargs: Any) -> None:
        nonlocal taken
        taken += 1
        if taken == 2:
            raise RuntimeError("the second cannot be erased")
        models.Model.delete(self)

    before = Membership.objects.count()
    monkeypatch.setattr(Membership, "delete", fail)
    with pytest.raises(RuntimeError):
        retain(by=None, plan=make_plan(rules=["membership"]))
    assert Membership.objects.count() == before
    assert not Tombstone.objects.filter(kind="membership").exists()
    assert erasures.read().batches == {}


def test_without_its_line_in_the_journal_nothing_is_erased(
    aged: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    before = Membership.objects.count()
    monkeypatch.setattr(erasures.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        retain(by=None, plan=make_plan(rules=["membership"]))
    assert Membership.objects.count() == before
    assert Tombstone.objects.count() == 0


def test_two_runs_at_once_are_told_apart(aged: World) -> None:
    with erasures.opened(), pytest.raises(erasures.JournalError, match="pågår redan"):
        retain(by=None, plan=make_plan())
    assert Tombstone.objects.count() == 0
    assert retain(by=None, plan=make_plan()).erased


@pytest.mark.parametrize("number", ["KS-2026/1, gäller 19811218-9876", "x" * 61])
def test_a_decisions_number_holds_no_personal_data(number: str) -> None:
    with pytest.raises(DecisionError):
        make_plan(decision=number)


def test_a_rule_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(RuleError, match="membership"):
        make_plan(rules=["medlemskap"])


def test_an_erased_account_is_not_erased_again(world: World) -> None:
    user = closed_user(world, local(EVENT))
    with time_machine.travel(LATER, tick=False):
        retain(by=None, plan=make_plan(rules=["user"]))
        assert make_plan(rules=["user"]).items == ()
    assert fresh(user).name == "Raderat konto"


def test_a_membership_of_an_account_can_be_erased_before_the_account(world: World) -> None:
    ended_membership(world, local(EVENT))
    with time_machine.travel(LATER, tick=False):
        retain(by=None, plan=make_plan(rules=["membership"]))
    assert Tombstone.objects.get().kind == "membership"
