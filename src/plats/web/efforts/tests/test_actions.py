"""What may be written about efforts, by whom, and what is told instead."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import Membership, MembershipPlace, User
from plats.web.accounts.tests.world import World, fresh
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.efforts.actions import Belonging, change_effort, create_effort, tie, untie
from plats.web.efforts.exchange.tests.making import make_effort, make_goal
from plats.web.efforts.forms import EffortForm
from plats.web.efforts.models import Effort, EffortGoal, EffortPlace, EffortResource, EffortStatus
from plats.web.efforts.parts import add_part
from plats.web.places.models import Place
from plats.web.places.territory import gone_places

SAID = {"title": "Öppen hall", "kind": "leisure", "problem": "Få idrottar.", "cause": "Avgifter."}


def place(slug: str, division: str = "regso") -> Place:
    found: Place = Place.objects.get(division=division, slug=slug)
    return found


def make(by: User, world: World, places: dict[Place, int | None] | None = None, **said: Any) -> Effort:
    belongs = Belonging(places=places or {})
    return create_effort(by=by, organisation=world.housing, values=SAID | said, belonging=belongs)


def test_an_effort_is_one_act_with_all_that_belongs_to_it(world: World) -> None:
    one = make(world.lead, world, {place("varby-gard"): 400_000, place("varby-haga-masmo"): None})
    assert sorted(one.places.values_list("share_millionths", flat=True), key=str) == [400_000, None]
    assert [(row.state, row.reason) for row in one.states.all()] == [("unknown", "")]
    assert AuditEntry.objects.filter(act="effort.create").values("organisation").distinct().count() == 1


def test_a_problem_and_a_cause_are_required(world: World) -> None:
    for missing in ("problem", "cause"):
        with pytest.raises(ValidationError) as told:
            make(world.lead, world, **{missing: ""})
        assert missing in told.value.message_dict
    assert not Effort.objects.exists()


def test_shares_of_one_and_a_fifth_are_told_and_nothing_is_written(world: World) -> None:
    with pytest.raises(ValidationError, match="mer än hela insatsen"):
        make(world.lead, world, {place("varby-gard"): 600_000, place("varby-haga-masmo"): 600_000})
    assert not Effort.objects.exists()
    assert not AuditEntry.objects.filter(act="effort.create").exists()


def test_another_organisations_effort_is_out_of_reach(world: World) -> None:
    one = make_effort(world.committee)
    with pytest.raises(NotAllowedError):
        change_effort(by=world.lead, effort=one, revision=1, values={"title": "Vår"})
    with pytest.raises(NotAllowedError):
        create_effort(by=world.lead, organisation=world.committee, values=SAID)
    with pytest.raises(NotAllowedError):
        add_part(by=world.lead, effort=one, row=EffortResource(year=2026))
    assert not EffortResource.objects.exists()


def test_the_second_of_two_who_write_is_told(world: World) -> None:
    one = make(world.lead, world)
    change_effort(by=world.lead, effort=one, revision=1, values={"title": "Hallen"})
    with pytest.raises(ConflictError):
        change_effort(by=world.reporter, effort=one, revision=1, values={"title": "Sporthallen"})
    assert Effort.objects.get().title == "Hallen"


def test_a_new_state_goes_into_the_history_with_its_reason(world: World) -> None:
    one = make(world.lead, world)
    change_effort(
        by=world.lead, effort=one, revision=1, values={"state": "ended"}, reason="Pengarna tog slut"
    )
    assert list(EffortStatus.objects.order_by("pk").values_list("state", "reason")) == [
        ("unknown", ""),
        ("ended", "Pengarna tog slut"),
    ]


def test_places_come_and_go_and_what_stands_keeps_its_share(world: World) -> None:
    here, there = place("varby-gard"), place("varby-haga-masmo")
    one = make(world.lead, world, {here: 400_000})
    change_effort(by=world.lead, effort=one, revision=1, values={}, places={here: 400_000, there: None})
    change_effort(by=world.lead, effort=one, revision=2, values={}, places={there: None})
    assert list(EffortPlace.objects.values_list("place__slug", flat=True)) == ["varby-haga-masmo"]


def test_nothing_new_is_put_in_a_place_that_the_newest_edition_lacks_and_what_lies_there_stays(
    world: World,
) -> None:
    gone = Place.objects.filter(pk__in=gone_places()).order_by("pk")[0]
    with pytest.raises(ValidationError, match="finns inte i den senaste indelningen"):
        make(world.lead, world, {gone: None})
    one = make(world.lead, world, {place("varby-gard"): None})
    with pytest.raises(ValidationError, match="finns inte i den senaste indelningen"):
        change_effort(by=world.lead, effort=one, revision=1, values={}, places={gone: None})
    with unrecorded("it lay there before the borders changed"):
        EffortPlace.objects.create(effort=one, place=gone)
    form = EffortForm(instance=one)
    places: Any = form.fields["places"]
    assert f"{gone.division}/{gone.slug}" in {key for key, _label in places.choices}
    sent = {
        "revision": "1",
        "places": places.initial,
        **{name: form[name].value() or "" for name in form.fields if name not in ("places", "revision")},
    }
    again = EffortForm(sent, instance=one)
    assert again.is_valid(), again.errors
    change_effort(by=world.lead, effort=one, revision=1, values=again.values, places=again.chosen_places)
    assert EffortPlace.objects.filter(effort=one).count() == 2


def test_a_role_for_some_places_writes_about_those_only(world: World) -> None:
    bound = bind(world.reporter, "regso/varby-gard")
    for places in (
        {},
        {place("varby-haga-masmo"): None},
        {place("varby-gard"): None, place("varby-haga-masmo"): None},
    ):
        with pytest.raises(ValidationError, match="vissa platser"):
            make(bound, world, places)
    one = make(bound, world, {place("varby-gard"): None})
    with pytest.raises(ValidationError, match="vissa platser"):
        change_effort(by=bound, effort=one, revision=1, values={}, places={place("varby-haga-masmo"): None})
    assert Effort.objects.count() == 1


def test_a_role_for_some_places_neither_drops_nor_shares_out_another(world: World) -> None:
    here, there = place("varby-gard"), place("varby-haga-masmo")
    one = make(world.lead, world, {here: 400_000, there: 300_000})
    bound = bind(world.reporter, "regso/varby-gard")
    for places in ({here: 400_000}, {here: 400_000, there: 100_000}, {here: 400_000, there: None}):
        with pytest.raises(ValidationError, match="vissa platser"):
            change_effort(by=bound, effort=one, revision=1, values={}, places=places)
    change_effort(by=bound, effort=one, revision=1, values={}, places={here: 500_000, there: 300_000})
    assert sorted(one.places.values_list("share_millionths", flat=True)) == [300_000, 500_000]


def test_the_goals_owner_ties_anothers_published_effort_and_nobody_else_does(world: World) -> None:
    goal = make_goal(world.committee)
    one = make_effort(world.housing)
    with pytest.raises(NotAllowedError):
        tie(by=world.analyst, effort=one, goal=goal)  # not published: out of sight
    with unrecorded("published"):
        Effort.objects.update(is_public=True)
    for stranger in (world.police_lead, world.stranger):
        with pytest.raises(NotAllowedError):
            tie(by=stranger, effort=one, goal=goal)
    link = tie(by=world.analyst, effort=one, goal=goal)
    assert tie(by=world.lead, effort=one, goal=goal) == link
    assert EffortGoal.objects.count() == 1
    untie(by=world.lead, effort=one, goal=goal)
    assert not EffortGoal.objects.exists()


# Internals


def bind(user: User, key: str) -> User:
    """The person with their role for one place only."""
    membership = Membership.objects.get(user=user)
    with unrecorded("a role for one place"):
        MembershipPlace.objects.create(membership=membership, place_key=key)
    return fresh(user)
