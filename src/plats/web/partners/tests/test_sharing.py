"""What is not public can be released to another organisation; who leaves hands over what they see to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from plats.web.accounts.actions import ReleaseTerms, create_release, end_membership, revoke_release
from plats.web.accounts.leaving import Handover, LeavingError
from plats.web.accounts.models import Membership, Release
from plats.web.accounts.releasable import releasable
from plats.web.accounts.responsibility import responsibilities
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.audit.models import AuditEntry
from plats.web.documents.tests.places import make_place
from plats.web.partners import queries, queries_work
from plats.web.partners.models import Agreement, CitizenPromise, Commitment
from plats.web.partners.tests.promising import make_agreement, make_commitment
from plats.web.partners.tests.test_citizen_promises import make_promise
from plats.web.partners.writing import set_published
from plats.web.registers.flows import FlowFilters, flows

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-27 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def rows(world: World) -> dict[str, Agreement | Commitment | CitizenPromise]:
    """The committee's own, none of them public."""
    return {
        "agreement": make_agreement(world.coordinator, world.committee, world.police),
        "commitment": make_commitment(world.coordinator, world.committee),
        "citizen_promise": make_promise(world.coordinator, world),
    }


def share(world: World, kind: str, row: Any = None) -> Release:
    terms = ReleaseTerms(
        what=kind,
        object_id=row.public_id if row else None,
        purpose="Gemensamt arbete",
        legal_basis="general_clause",
        valid_until=TODAY + timedelta(days=30),
    )
    return create_release(
        by=world.coordinator, from_organisation=world.committee, to_organisation=world.police, terms=terms
    )


def handed(membership: Membership, world: World, **bearers: Any) -> None:
    end_membership(
        by=world.administrator, membership=membership, handover=Handover(bearers=bearers, heir=None)
    )


@pytest.mark.parametrize("kind", ["agreement", "commitment", "citizen_promise"])
def test_another_organisation_reads_what_is_released_to_it_and_changes_nothing(
    world: World, rows: dict[str, Any], kind: str, client: Client
) -> None:
    row = rows[kind]
    client.force_login(world.police_lead)
    assert client.get(row.get_absolute_url()).status_code == 404
    made = share(world, kind, row)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert queries_work.to_change(type(row), world.police_lead, row.public_id) is None
    client.force_login(world.lead)
    assert client.get(row.get_absolute_url()).status_code == 404, "the housing company got nothing"
    client.logout()
    assert client.get(row.get_absolute_url()).status_code == 404, "nor did the public"
    revoke_release(by=world.coordinator, release=made, reason="Klart")
    client.force_login(world.police_lead)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_release_of_a_kind_is_of_everything_of_it_and_of_nothing_else(
    world: World, rows: dict[str, Any]
) -> None:
    share(world, "agreement")
    assert queries.agreement(world.police_lead, rows["agreement"].slug)
    assert queries.commitment(world.police_lead, rows["commitment"].slug) is None


def test_only_the_owner_releases_and_shows_with_whom(world: World, rows: dict[str, Any]) -> None:
    one = rows["agreement"]
    kind = releasable("agreement")
    assert kind is not None
    assert kind.find(world.coordinator, one.public_id) == (one.title, world.committee)
    for stranger in (
        world.analyst,
        world.police_lead,
        world.lead,
        world.others["coordinator"],
        world.officer,
    ):
        assert kind.find(stranger, one.public_id) is None, "the police is a party, and not the owner"
    share(world, "agreement", one)
    assert [made.to_organisation for made in queries_work.shared_with(world.coordinator, one)] == [
        world.police
    ]
    assert queries_work.release_address(world.coordinator, one).endswith(f"objekt={one.public_id}")
    assert queries_work.release_address(world.analyst, one) == ""


def test_whoever_shares_for_some_places_shares_no_promise_about_others(world: World) -> None:
    here, there = make_place("regso", "har", "Här", "0126R901"), make_place("regso", "dar", "Där", "0126R902")
    person = make_member(world.committee, "analyst")
    make_member(world.committee, "coordinator", user=person, place_keys=["regso/har"])
    local, kind = fresh(person), releasable("citizen_promise")
    assert kind is not None
    for place, may in ((here, True), (there, False), (None, False)):
        one = make_promise(world.analyst, world, place=place)
        assert (kind.find(local, one.public_id) is not None) is may


def test_the_address_of_a_release_does_not_say_what_it_is_called(
    world: World, rows: dict[str, Any], client: Client
) -> None:
    """A row's own address is made from its title; by its number only those who see it come there."""
    one, kind = rows["agreement"], releasable("agreement")
    assert kind is not None
    assert kind.url is not None
    address = kind.url(one.public_id)
    assert one.slug not in address
    assert client.get(address).status_code == 404
    client.force_login(world.officer)
    assert client.get(address).status_code == 404
    client.force_login(world.coordinator)
    assert client.get(address).headers["Location"] == one.get_absolute_url()


def test_what_is_released_is_in_the_register_of_data_flows(world: World, rows: dict[str, Any]) -> None:
    share(world, "agreement", rows["agreement"])
    share(world, "commitment")
    found = {one.what: (one.giver, one.taker, one.title) for one in flows(world.coordinator, FlowFilters())}
    ends = (world.committee.name, world.police.name)
    assert found["Överenskommelser"] == (*ends, rows["agreement"].title)
    assert found["Åtaganden"][:2] == ends


def test_who_writes_a_row_sees_to_it_and_another_of_its_own_can_be_named(world: World) -> None:
    one = make_agreement(world.coordinator, world.committee, world.police)
    assert one.handler == world.coordinator
    among = set(queries_work.handlers(world.coordinator, world.committee, "agreement.write"))
    assert among == {world.coordinator, world.analyst, world.people["partner_lead"]}


def test_the_handler_is_not_shown_outside_the_organisation(world: World, client: Client) -> None:
    one = make_agreement(world.coordinator, world.committee, world.police, is_public=True)
    for user in (None, world.police_lead):
        if user is not None:
            client.force_login(user)
        assert world.coordinator.name not in client.get(one.get_absolute_url()).content.decode()
    client.force_login(world.analyst)
    address = f"/mitt/samverkan/overenskommelser/{one.public_id}/plan/"
    assert world.coordinator.name in client.get(address).content.decode()


def test_nobody_leaves_what_they_see_to_without_someone_to_take_it_over(
    world: World, rows: dict[str, Any]
) -> None:
    """What is over needs nobody: an agreement that has expired, a commitment that has been kept."""
    settled = make_commitment(world.coordinator, world.committee, "Klart", state="kept")
    ended = make_agreement(
        world.coordinator,
        world.committee,
        world.police,
        starts_on=date(2025, 1, 1),
        ends_on=TODAY - timedelta(days=1),
    )
    membership = Membership.objects.get(user=world.coordinator, organisation=world.committee)
    kinds = {one.kind for one in responsibilities() if one.held_by(world.coordinator, world.committee)}
    assert kinds == set(rows)
    with pytest.raises(LeavingError, match="Välj vem som tar över"):
        handed(membership, world)
    with pytest.raises(LeavingError, match="kan inte ta över"):
        handed(membership, world, **dict.fromkeys(kinds, world.people["politician"]))
    assert Commitment.objects.get(pk=rows["commitment"].pk).handler == world.coordinator
    handed(membership, world, **dict.fromkeys(kinds, world.analyst))
    for kind, row in rows.items():
        again = type(row).objects.get(pk=row.pk)
        assert (again.handler, again.revision) == (world.analyst, 2), kind
        assert AuditEntry.objects.filter(act=f"{kind}.transfer", object_id=str(row.public_id)).exists()
    for row in (settled, ended):
        assert type(row).objects.get(pk=row.pk).handler == world.coordinator


def test_an_agreement_is_someones_through_its_last_day(world: World) -> None:
    one = make_agreement(world.coordinator, world.committee, world.police, ends_on=TODAY)
    held = {kind.kind: kind for kind in responsibilities()}["agreement"].held_by
    assert held(world.coordinator, world.committee)
    with time_machine.travel("2026-11-28 00:30:00+01:00", tick=False):
        assert held(world.coordinator, world.committee) == []
    assert one.handler == world.coordinator


def test_the_form_offers_ones_own_people_and_agreements_and_names_nothing_that_is_hidden(
    world: World, client: Client
) -> None:
    """A commitment made in the police's agreement keeps it when the police withdraws it, and no longer names it."""
    theirs = make_agreement(
        world.police_lead, world.police, world.housing, title="Polisens avtal", is_public=True
    )
    unseen = make_agreement(world.police_lead, world.police, world.committee, title="Något hemligt")
    one = make_commitment(world.lead, world.housing, agreement=theirs)
    address = f"/mitt/samverkan/ataganden/{one.public_id}/"
    client.force_login(world.lead)
    shown = client.get(address).content.decode()
    assert "Polisens avtal" in shown
    assert "Något hemligt" not in shown
    set_published(by=world.police_lead, row=theirs, revision=1, public=False)
    shown = client.get(address).content.decode()
    assert "Polisens avtal" not in shown
    sent = {"title": one.title, "made_in": "agreement", "made_on": "2026-01-01", "state": "unknown"}
    sent |= {"revision": "1", "agreement": str(theirs.public_id), "handler": str(world.lead.public_id)}
    for foreign in ({"agreement": str(unseen.public_id)}, {"handler": str(world.police_lead.public_id)}):
        assert client.post(address, sent | foreign).status_code == 422
    assert client.post(address, sent).status_code == 302
    again = Commitment.objects.get()
    assert (again.agreement, again.handler) == (theirs, world.lead)
