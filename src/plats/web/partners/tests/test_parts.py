"""An agreement's plan: activities, follow-ups, focus areas, parties; who may write them, and what is told."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.partners.actions import add_part, change_agreement, change_part, remove_part
from plats.web.partners.due import due_in_partners
from plats.web.partners.models import Activity, Agreement, AgreementFollowUp, AgreementParty, FocusArea
from plats.web.partners.tests.promising import make_agreement
from plats.web.partners.told import in_words


@pytest.fixture
def agreement(world: World) -> Agreement:
    """The committee's, with the police, about public space."""
    return make_agreement(world.analyst, world.committee, world.police)


def activity(world: World, agreement: Agreement, **said: Any) -> Activity:
    area = agreement.focus_areas.get()
    row = Activity(**{"focus_area": area, "what": "Gå trygghetsvandring"} | said)
    added: Activity = add_part(by=world.analyst, agreement=agreement, row=row)
    return added


def plan(agreement: Agreement, *rest: object) -> str:
    return "/".join([f"/mitt/samverkan/overenskommelser/{agreement.public_id}", *map(str, rest), ""])


def test_an_activity_is_for_a_party_and_in_a_focus_area_of_its_own_agreement(
    world: World, agreement: Agreement
) -> None:
    activity(world, agreement, responsible=world.police)
    with pytest.raises(ValidationError, match="Välj en av parterna"):
        activity(world, agreement, responsible=world.housing)
    other = make_agreement(world.analyst, world.committee, world.housing)
    with pytest.raises(ValidationError, match="egna fokusområden"):
        activity(world, agreement, focus_area=other.focus_areas.get())
    one = Activity.objects.get()
    with pytest.raises(ValidationError):
        change_part(by=world.analyst, part=one, revision=1, values={"focus_area": other.focus_areas.get()})
    assert Activity.objects.get().focus_area == agreement.focus_areas.get()


def test_what_is_done_with_the_plan_is_on_record(world: World, agreement: Agreement) -> None:
    one = activity(world, agreement)
    changed = change_part(by=world.analyst, part=one, revision=1, values={"state": "done"})
    assert (changed.state, changed.revision) == ("done", 2)
    remove_part(by=world.analyst, part=one)
    acts = AuditEntry.objects.filter(kind="activity").order_by("sequence").values_list("act", flat=True)
    assert list(acts) == ["activity.create", "activity.change", "activity.remove"]
    assert {entry.object_id for entry in AuditEntry.objects.filter(kind="activity")} == {str(one.public_id)}


def test_no_one_elsewhere_writes_the_plan_not_even_a_party(world: World, agreement: Agreement) -> None:
    one = activity(world, agreement)
    for stranger in (world.police_lead, world.lead, world.others["analyst"], world.officer, world.stranger):
        with pytest.raises(NotAllowedError):
            add_part(by=stranger, agreement=agreement, row=Activity(focus_area=one.focus_area, what="Något"))
        with pytest.raises(NotAllowedError):
            change_part(by=stranger, part=one, revision=1, values={"state": "done"})
        with pytest.raises(NotAllowedError):
            remove_part(by=stranger, part=one)
    assert Activity.objects.get().state == "unknown"


def test_the_plans_addresses_are_not_found_by_others_or_with_swapped_numbers(
    world: World, agreement: Agreement, client: Client
) -> None:
    one = activity(world, agreement)
    other = make_agreement(world.analyst, world.committee, world.housing)
    addresses = [
        plan(agreement, "plan"),
        plan(agreement, "fornya"),
        plan(agreement, "aktiviteter/ny"),
        plan(agreement, "aktiviteter", one.public_id),
        plan(agreement, "parter", world.police.public_id),
    ]
    client.force_login(world.police_lead)
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post(plan(agreement, "aktiviteter", one.public_id, "ta-bort")).status_code == 404
    client.force_login(world.analyst)
    assert {client.get(address).status_code for address in addresses} == {200}
    swapped = [
        plan(other, "aktiviteter", one.public_id),
        plan(other, "parter", world.police.public_id),
        plan(agreement, "aktiviteter", uuid4()),
        plan(agreement, "loften/ny"),
        plan(agreement, "parter/ny"),
    ]
    assert {client.get(address).status_code for address in swapped} == {404}
    assert client.post(plan(agreement, "parter", world.police.public_id, "ta-bort")).status_code == 404
    assert Activity.objects.exists()


def test_an_activity_is_written_on_its_page_and_read_by_everyone_once_published(
    world: World, agreement: Agreement, client: Client
) -> None:
    client.force_login(world.analyst)
    area = agreement.focus_areas.get()
    sent = {"focus_area": area.pk, "what": "Laga lamporna", "state": "planned", "revision": "0"}
    sent |= {"responsible": world.housing.pk}
    answer = client.post(plan(agreement, "aktiviteter/ny"), sent)
    assert answer.status_code == 422, "the housing company is no party"
    assert not Activity.objects.exists()
    sent |= {"responsible": world.police.pk, "due_on": "2026-06-30"}
    assert client.post(plan(agreement, "aktiviteter/ny"), sent).status_code == 302
    one = Activity.objects.get()
    published = {"revision": "1", "synlig": "1"}
    assert client.post(plan(agreement, "publicera"), published).status_code == 302
    client.logout()
    shown = client.get(agreement.get_absolute_url()).content.decode()
    for words in ("Laga lamporna", "planerad", world.police.name, "klar senast 2026-06-30"):
        assert words in shown
    client.force_login(world.analyst)
    assert client.post(plan(agreement, "aktiviteter", one.public_id, "ta-bort")).status_code == 302
    assert not Activity.objects.exists()


def test_the_second_of_two_is_told_in_words_what_differs(
    world: World, agreement: Agreement, client: Client
) -> None:
    """A field's name and its values as the page says them: never `state`, `done` or `None`."""
    one = activity(world, agreement)
    change_part(
        by=world.coordinator, part=one, revision=1, values={"state": "done", "responsible": world.police}
    )
    client.force_login(world.analyst)
    sent = {"focus_area": one.focus_area.pk, "what": one.what, "state": "cancelled", "revision": "1"}
    answer = client.post(plan(agreement, "aktiviteter", one.public_id), sent)
    assert answer.status_code == 409
    told = {(row.label, row.now, row.wanted) for row in answer.context["differences"]}
    assert told == {("Läge", "gjord", "inställd"), ("Ansvarig", world.police.name, "inget")}
    assert Activity.objects.get().state == "done"
    assert (
        client.post(plan(agreement, "aktiviteter", one.public_id), sent | {"revision": "2"}).status_code
        == 302
    )
    assert Activity.objects.get().state == "cancelled"


def test_parties_and_focus_areas_that_differ_are_told_too(world: World, agreement: Agreement) -> None:
    said: dict[str, Any] = {"values": {"ends_on": date(2026, 11, 30)}, "topics": ["public_space"]}
    parties = [world.committee, world.police]
    change_agreement(by=world.analyst, agreement=agreement, revision=1, parties=parties, **said)
    said |= {"values": {"ends_on": date(2026, 10, 31)}, "topics": ["andts"]}
    with pytest.raises(ConflictError) as error:
        change_agreement(
            by=world.coordinator, agreement=agreement, revision=1, parties=[world.police], **said
        )
    told = {one.label: (one.now, one.wanted) for one in in_words(error.value)}
    assert told == {
        "Gäller till och med": ("2026-11-30", "2026-10-31"),
        "Parter": (f"{world.committee.name}, {world.police.name}", world.police.name),
        "Fokusområden": ("Trygghet i det offentliga rummet", "Alkohol, narkotika, dopning, tobak och spel"),
    }


def test_a_follow_up_comes_again_after_it_was_made(
    world: World, agreement: Agreement, client: Client
) -> None:
    client.force_login(world.analyst)
    sent = {"followed_on": "2026-09-15", "outcome": "Halva planen är gjord.", "next_on": "2026-09-15"}
    assert client.post(plan(agreement, "uppfoljningar/ny"), sent).status_code == 422
    assert not AgreementFollowUp.objects.exists()
    assert (
        client.post(plan(agreement, "uppfoljningar/ny"), sent | {"next_on": "2027-03-15"}).status_code == 302
    )
    assert AgreementFollowUp.objects.get().agreement == agreement
    assert "Halva planen är gjord." in client.get(agreement.get_absolute_url()).content.decode()


def test_a_person_is_not_named_in_the_plan(world: World, agreement: Agreement, client: Client) -> None:
    client.force_login(world.analyst)
    sent = {"followed_on": "2026-09-15", "outcome": "Ring 070-174 06 05 om du vill veta mer."}
    answer = client.post(plan(agreement, "uppfoljningar/ny"), sent)
    assert answer.status_code == 422
    assert not AgreementFollowUp.objects.exists()


def test_a_focus_area_is_described_and_a_party_has_a_function_and_days(
    world: World, agreement: Agreement, client: Client
) -> None:
    client.force_login(world.analyst)
    area = FocusArea.objects.get()
    said = {"text": "Torg och gångvägar.", "revision": "1"}
    assert client.post(plan(agreement, "fokus", area.public_id), said).status_code == 302
    address = plan(agreement, "parter", world.police.public_id)
    said = {"function": "Lokalpolisområdeschefen", "joined_on": "2026-03-01", "left_on": "2026-02-01"}
    assert client.post(address, said | {"revision": "1"}).status_code == 422
    assert client.post(address, said | {"revision": "1", "left_on": ""}).status_code == 302
    party = AgreementParty.objects.get(organisation=world.police)
    assert (party.function, party.joined_on, party.revision) == (
        "Lokalpolisområdeschefen",
        date(2026, 3, 1),
        2,
    )
    shown = client.get(agreement.get_absolute_url()).content.decode()
    for words in ("Torg och gångvägar.", "Lokalpolisområdeschefen", "med från 2026-03-01"):
        assert words in shown


def test_what_is_left_to_do_is_due_for_the_owner_and_nobody_else(world: World, agreement: Agreement) -> None:
    """The agreement ends on 31 December 2026 and nobody has renewed it. Only the latest follow-up says when again."""
    left = activity(world, agreement, due_on=date(2026, 12, 1))
    activity(world, agreement, due_on=date(2026, 12, 1), state="done")
    for day, again in ((date(2026, 3, 1), date(2026, 12, 5)), (date(2026, 9, 1), date(2026, 12, 10))):
        row = AgreementFollowUp(agreement=agreement, followed_on=day, outcome="Sedd.", next_on=again)
        latest = add_part(by=world.analyst, agreement=agreement, row=row)
    days = (date(2026, 11, 27), date(2026, 12, 31))
    assert {one.key for one in due_in_partners(world.analyst, *days)} == {
        f"activity-{left.public_id}",
        f"follow-up-{latest.public_id}",
        f"agreement-end-{agreement.public_id}",
    }
    assert due_in_partners(world.police_lead, *days) == []


def test_no_activity_is_left_without_its_party_or_its_focus_area(
    world: World, agreement: Agreement, client: Client
) -> None:
    activity(world, agreement, responsible=world.police)
    client.force_login(world.analyst)
    sent = {"title": "Annan rubrik", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "revision": "1"}
    sent |= {"parties": str(world.committee.pk), "topics": "andts"}
    answer = client.post(f"/mitt/samverkan/overenskommelser/{agreement.public_id}/", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Trygghet i det offentliga rummet har aktiviteter." in shown
    assert f"{world.police.name} ansvarar för en aktivitet." in shown
    again = Agreement.objects.get()
    assert (again.title, again.revision, again.parties.count()) == ("Trygga gårdar", 1, 2)
    both = {"parties": [str(world.committee.pk), str(world.police.pk)], "topics": ["public_space", "andts"]}
    assert (
        client.post(f"/mitt/samverkan/overenskommelser/{agreement.public_id}/", sent | both).status_code
        == 302
    )
    assert {area.topic for area in again.focus_areas.all()} == {"public_space", "andts"}
