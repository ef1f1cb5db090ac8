"""A role held for some places reaches the efforts that are there, and no others."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from plats.web.accounts.tests.world import World, make_member, make_world
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.actions import BulkError, change_many
from plats.web.efforts.exchange.bulk import Change, Chosen
from plats.web.efforts.exchange.tests.making import make_effort
from plats.web.efforts.exchange.world import world_of
from plats.web.efforts.models import Effort, EffortPlace
from plats.web.places.models import Place


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def covering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place lies in itself alone; without figures nobody knows more."""

    def of(keys: Collection[str]) -> frozenset[int]:
        slugs = [key.partition("/")[2] for key in keys]
        return frozenset(Place.objects.filter(slug__in=slugs).values_list("pk", flat=True))

    monkeypatch.setattr("plats.web.common.territory._covering", [of])


@pytest.fixture
def efforts(world: World) -> list[Effort]:
    """One here, one there, one in both places, one without a place."""
    here, there = (
        Place.objects.create(municipality="0126", division="regso", slug=slug, name=slug)
        for slug in ("exempelgarden", "exempelhojden")
    )
    made = [make_effort(world.committee, title) for title in ("Här", "Där", "Båda", "Ingen")]
    with unrecorded("test"):
        for effort, places in zip(made, ([here], [there], [here, there], []), strict=True):
            for place in places:
                EffortPlace.objects.create(effort=effort, place=place)
    return made


def test_it_reads_changes_and_publishes_what_is_in_its_places_and_nothing_else(
    world: World, efforts: list[Effort]
) -> None:
    bound = make_member(world.committee, "coordinator", place_keys=["regso/exempelgarden"])
    for seen in (
        Effort.objects.visible_to(bound),
        Effort.objects.changeable_by(bound),
        Effort.objects.changeable_by(bound, "publish"),
    ):
        assert sorted(seen.values_list("title", flat=True)) == ["Båda", "Här"]
    assert Effort.objects.changeable_by(world.coordinator).count() == 4


def test_it_changes_nothing_elsewhere_in_one_act_for_many(world: World, efforts: list[Effort]) -> None:
    bound = make_member(world.committee, "coordinator", place_keys=["regso/exempelgarden"])
    for effort in efforts:
        chosen = [Chosen(number=effort.public_id, revision=effort.revision)]
        if effort.title in ("Här", "Båda"):
            change_many(by=bound, chosen=chosen, change=Change(public=True))
        else:
            with pytest.raises(BulkError):
                change_many(by=bound, chosen=chosen, change=Change(public=True))
    published = Effort.objects.filter(is_public=True).values_list("title", flat=True)
    assert sorted(published) == ["Båda", "Här"]


def test_it_writes_no_files_since_a_row_may_say_any_place(world: World, efforts: list[Effort]) -> None:
    bound = make_member(world.committee, "coordinator", place_keys=["regso/exempelgarden"])
    assert not world_of(bound).may_write(world.committee.pk)
    assert not world_of(bound).may_publish(world.committee.pk)
    assert world_of(world.coordinator).may_write(world.committee.pk)
