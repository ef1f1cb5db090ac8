"""Who may write and publish, what happens when two write at once, and what stands in the audit chain."""

from __future__ import annotations

import random
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.partners import cases, queries, queries_work
from plats.web.partners.actions import change_commitment, set_duty
from plats.web.partners.due import due_in_partners
from plats.web.partners.models import Agreement, CitizenPromise, Commitment, DutyState
from plats.web.partners.tests.promising import make_agreement, make_commitment
from plats.web.partners.tests.test_citizen_promises import make_promise
from plats.web.partners.writing import set_published


def test_a_change_is_on_record_and_counts_up_the_revision(world: World, commitment: Commitment) -> None:
    values = {"state": "kept", "evidence": "Lamporna lyser."}
    changed = change_commitment(by=world.lead, commitment=commitment, revision=1, values=values)
    assert (changed.state, changed.revision) == ("kept", 2)
    assert AuditEntry.objects.order_by("-sequence")[0].act == "commitment.change"


def test_the_second_of_two_is_told_what_differs_and_nothing_is_written(
    world: World, commitment: Commitment
) -> None:
    change_commitment(by=world.lead, commitment=commitment, revision=1, values={"state": "kept"})
    with pytest.raises(ConflictError) as told:
        change_commitment(by=world.lead, commitment=commitment, revision=1, values={"state": "not_kept"})
    assert [(one.now, one.wanted) for one in told.value.differences] == [("kept", "not_kept")]
    assert Commitment.objects.get(pk=commitment.pk).state == "kept"


def test_no_one_elsewhere_may_change_or_publish(world: World, commitment: Commitment) -> None:
    for stranger in (world.analyst, world.police_lead, world.reporter, world.administrator, world.stranger):
        with pytest.raises(NotAllowedError):
            change_commitment(by=stranger, commitment=commitment, revision=1, values={"state": "kept"})
        with pytest.raises(NotAllowedError):
            set_published(by=stranger, row=commitment, revision=1, public=True)
        with pytest.raises(NotAllowedError):
            make_commitment(stranger, world.housing)


def test_everyone_sees_it_once_published_and_no_longer_after(world: World, commitment: Commitment) -> None:
    seen = [AnonymousUser(), world.police_lead, world.people["politician"]]
    assert not any(queries.commitment(user, commitment.slug) for user in seen)
    assert queries.commitment(world.lead, commitment.slug)
    set_published(by=world.lead, row=commitment, revision=1, public=True)
    assert all(queries.commitment(user, commitment.slug) for user in seen)
    set_published(by=world.lead, row=commitment, revision=2, public=False)
    assert not any(queries.commitment(user, commitment.slug) for user in seen)


def test_an_agreement_that_is_not_published_is_not_named_by_a_commitment_that_is(world: World) -> None:
    agreement = make_agreement(world.lead, world.housing, world.police)
    one = make_commitment(world.lead, world.housing, agreement=agreement)
    set_published(by=world.lead, row=one, revision=1, public=True)
    found = queries.commitment(AnonymousUser(), one.slug)
    assert found is not None
    assert found.agreement is None


def test_overlapping_agreements_of_the_same_parties_about_the_same_are_told(world: World) -> None:
    first = make_agreement(world.lead, world.housing, world.police)
    same = make_agreement(world.lead, world.housing, world.police, ends_on=date(2027, 1, 1))
    make_agreement(world.lead, world.housing, world.association)
    make_agreement(world.lead, world.housing, world.police, topics=["andts"])
    make_agreement(
        world.lead, world.housing, world.police, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1)
    )
    assert queries.overlapping(world.lead, first) == [same]


def test_a_duty_is_due_for_its_own_and_its_second_writer_is_told(world: World) -> None:
    said = {"progress": "done", "next_due_on": date(2027, 3, 1)}
    duty = set_duty(by=world.analyst, organisation=world.committee, duty="council", revision=0, values=said)
    with pytest.raises(ConflictError):
        set_duty(
            by=world.coordinator,
            organisation=world.committee,
            duty="council",
            revision=0,
            values=said | {"progress": "unknown"},
        )
    days = (date(2027, 1, 1), date(2027, 12, 31))
    assert [one.key for one in due_in_partners(world.analyst, *days)] == [f"duty-{duty.public_id}"]
    assert due_in_partners(world.others["analyst"], *days) == []
    assert DutyState.objects.count() == 1


def test_the_registrar_finds_an_agreement_and_a_citizen_promise_by_case_number(world: World) -> None:
    cases.register()
    make_agreement(world.analyst, world.committee, case_number="KS-2026/123")
    make_promise(world.analyst, world, case_number="KS-2026/123")
    for model, title in ((Agreement, "Trygga gårdar"), (CitizenPromise, "Vi går trygghetsvandring")):
        search = cases._search(model)
        assert [hit.title for hit in search(world.people["registrar"], "KS 2026/123")] == [title]
        assert search(world.others["registrar"], "KS 2026/123") == []


def test_no_swap_of_numbers_finds_anyone_elses(world: World) -> None:
    """Two thousand numbers of others' rows, or nobody's, tried by those who may not change them."""
    draw = random.Random(20261127)  # noqa: S311  the same swaps on every machine
    rows: list[Agreement | Commitment] = [
        *(make_commitment(world.lead, world.housing, f"Löfte {n}") for n in range(3)),
        *(make_agreement(world.lead, world.housing, world.police) for _ in range(3)),
    ]
    strangers = [world.analyst, world.police_lead, world.reporter, world.officer, world.stranger]
    for _ in range(1000):
        row, user = draw.choice(rows), draw.choice(strangers)
        number = draw.choice([row.public_id, uuid4()])
        act = draw.choice(["write", "publish"])
        assert queries_work.to_change(type(row), user, number, act) is None
        assert not type(row).objects.visible_to(user).filter(public_id=number).exists()
    assert queries_work.to_change(type(rows[0]), world.lead, rows[0].public_id) == rows[0]
