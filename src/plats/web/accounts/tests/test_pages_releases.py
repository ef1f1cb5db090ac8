"""Pages of releases: made from a list or from an object, listed by side, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.models import Release
from plats.web.accounts.tests.browsing import Reader, address
from plats.web.accounts.tests.things import Things, registered_things
from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded


@pytest.fixture
def things() -> Iterator[Things]:
    with registered_things() as found:
        yield found


def written(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "what": "thing",
        "from_organisation": str(world.committee.public_id),
        "to_organisation": str(world.police.public_id),
        "purpose": "Gemensam lägesbild",
        "legal_basis": "general_clause",
        "valid_until": (timezone.localdate() + timedelta(days=30)).isoformat(),
    } | changes


def test_a_whole_kind_is_shared_from_the_list(world: World, things: Things) -> None:
    page = Reader(world.coordinator).post("release_new", written(world))
    assert "Delningen är gjord" in page
    assert "Alla: Ting" in page
    assert "Generalklausulen" in page
    assert Release.objects.get().to_organisation == world.police


def test_one_object_is_shared_from_its_own_page(world: World, things: Things) -> None:
    number = things.give(world.committee, world.coordinator, "Kartläggningen")
    reader, query = Reader(world.coordinator), f"?slag=thing&objekt={number}"
    assert "Dela Kartläggningen" in reader.get("release_new", query=query)
    data = {key: value for key, value in written(world).items() if key not in ("what", "from_organisation")}
    assert "Kartläggningen" in reader.post("release_new", {"?": query} | data)
    release = Release.objects.get()
    assert (release.object_id, release.from_organisation) == (number, world.committee)


def test_what_is_not_ones_own_to_share_is_not_found(world: World, things: Things) -> None:
    theirs = things.give(world.police, world.police_lead)
    for query in (
        f"?slag=thing&objekt={theirs}",
        f"?slag=thing&objekt={uuid4()}",
        f"?slag=nothing&objekt={theirs}",
        "?slag=thing&objekt=ett",
    ):
        Reader(world.coordinator).get("release_new", status=404, query=query)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"purpose": ""}, "måste fyllas i"),
        ({"legal_basis": "duty", "to_organisation": "association"}, "gäller inte mellan"),
        ({"legal_basis": "agreement"}, "Välj ett giltigt alternativ"),
        ({"valid_until": "2020-01-01"}, "Välj en dag från i dag"),
        ({"valid_until": "i morgon"}, "datum"),
        ({"what": "nothing"}, "Välj ett giltigt alternativ"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    world: World, things: Things, changes: dict[str, str], told: str
) -> None:
    if changes.get("to_organisation"):
        changes = changes | {"to_organisation": str(world.association.public_id)}
    page = Reader(world.coordinator).post("release_new", written(world, **changes), status=200)
    assert told in page
    assert not Release.objects.exists()


def test_another_organisations_name_as_the_giver_is_no_choice(world: World, things: Things) -> None:
    data = written(world, from_organisation=str(world.other.public_id))
    Reader(world.coordinator).post("release_new", data, status=200)
    assert not Release.objects.exists()


def test_each_side_finds_it_in_its_own_list_and_the_officer_among_others(
    world: World, things: Things
) -> None:
    with unrecorded("test"):
        made = Release.objects.create(
            from_organisation=world.housing,
            to_organisation=world.police,
            what="thing",
            title="Kartläggningen",
            purpose="X",
            object_id=uuid4(),
            legal_basis="agreement",
            valid_until=timezone.localdate(),
            created_by=world.lead,
        )
    assert "Vi delar Kartläggningen med Polisen" in Reader(world.lead).get("releases")
    assert "Vi får ta del av Kartläggningen av Bostadsbolaget" in Reader(world.police_lead).get("releases")
    assert "Mellan andra Kartläggningen Bostadsbolaget" in Reader(world.officer).get("releases")
    assert "Kartläggningen" not in Reader(world.coordinator).get("releases")
    Reader(world.coordinator).get("release", status=404, public_id=made.public_id)
    assert "Återkalla delningen" not in Reader(world.police_lead).get("release", public_id=made.public_id)


def test_it_is_withdrawn_with_a_reason(world: World, things: Things) -> None:
    reader = Reader(world.coordinator)
    reader.post("release_new", written(world))
    number = {"public_id": Release.objects.get().public_id}
    assert "måste fyllas i" in reader.post("release_revoke", {"reason": ""}, status=200, **number)
    Reader(world.police_lead).post("release_revoke", {"reason": "Vill"}, status=404, **number)
    page = reader.post("release_revoke", {"reason": "Behovet har upphört"}, **number)
    assert "Behovet har upphört" in page
    assert not Release.objects.in_force().exists()
    assert "Delningen gäller inte längre" in reader.post(
        "release_revoke", {"reason": "Igen"}, status=200, **number
    )


def test_a_way_to_share_is_offered_to_those_who_may_while_there_is_something_to_share(
    world: World, things: Things
) -> None:
    offered = {
        who: address("release_new") in Reader(user).client.get(address("releases")).content.decode()
        for who, user in (
            ("coordinator", world.coordinator),
            ("analyst", world.analyst),
            ("officer", world.officer),
        )
    }
    assert offered == {"coordinator": True, "analyst": False, "officer": False}


def test_the_list_costs_the_same_however_many(
    world: World, things: Things, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def make() -> None:
        with unrecorded("test"):
            Release.objects.create(
                from_organisation=world.committee,
                to_organisation=world.police,
                what="thing",
                title="X",
                valid_until=timezone.localdate(),
                created_by=world.coordinator,
            )

    reader = Reader(world.coordinator)
    make()
    with django_assert_max_num_queries(40) as few:
        reader.get("releases")
    for _ in range(15):
        make()
    with django_assert_max_num_queries(len(few.captured_queries)):
        reader.get("releases")
