"""Pages of organisations: what each person finds there, and what happens when two change at once."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.actions import add_unit, change_organisation
from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Organisation, Unit
from plats.web.accounts.tests.browsing import Reader
from plats.web.accounts.tests.world import World, make_member, make_organisation
from plats.web.audit.models import AuditEntry


def test_everyone_who_works_here_sees_which_organisations_take_part(world: World) -> None:
    page = Reader(world.reporter).get("organisations")
    for one in Organisation.objects.all():
        assert one.name in page
    assert "Lägg upp en organisation" not in page
    assert "Lägg upp en organisation" in Reader(world.administrator).get("organisations")


def test_who_works_where_is_shown_to_colleagues_and_to_those_who_watch(world: World) -> None:
    seen = {
        who: world.reporter.name in Reader(user).get("organisation", public_id=world.housing.public_id)
        for who, user in {
            "colleague": world.lead,
            "administrator": world.administrator,
            "officer": world.officer,
            "police": world.police_lead,
            "analyst": world.analyst,
        }.items()
    }
    assert seen == {
        "colleague": True,
        "administrator": True,
        "officer": True,
        "police": False,
        "analyst": False,
    }
    assert "Vänd dig till dess kontakt" in Reader(world.police_lead).get(
        "organisation", public_id=world.housing.public_id
    )


def test_the_page_offers_only_what_one_may_do(world: World) -> None:
    offers = ("Ändra uppgifter", "Avsluta organisationen", "Bjud in", "Ge en roll till", "Lägg till en enhet")
    pages = {
        who: Reader(user).get("organisation", public_id=world.housing.public_id)
        for who, user in (
            ("administrator", world.administrator),
            ("lead", world.lead),
            ("reporter", world.reporter),
        )
    }
    offered = {who: [offer in page for offer in offers] for who, page in pages.items()}
    assert offered == {
        "administrator": [True, True, True, True, True],
        "lead": [True, False, True, True, True],
        "reporter": [False, False, False, False, False],
    }


def test_the_administrator_takes_up_an_organisation(world: World) -> None:
    page = Reader(world.administrator).post(
        "organisation_new",
        {"name": "Räddningstjänsten (exempel)", "kind": "rescue_service", "contact_function": "Vakthavande"},
    )
    assert "Organisationen är upplagd" in page
    assert "Räddningstjänsten (exempel)" in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"name": "Bostadsbolaget (exempel)", "kind": "police"}, "Namnet är redan taget"),
        ({"name": "Nytt", "kind": "party"}, "Välj"),
        ({"name": "Nytt", "kind": "police", "contact_email": "ingen adress"}, "e-post"),
        ({"name": "Nytt", "kind": "police", "contact_function": "Anna 19811218-9876"}, "personnummer"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_stays(
    world: World, data: dict[str, str], told: str
) -> None:
    page = Reader(world.administrator).post("organisation_new", dict(data), status=200)
    assert told.lower() in page.lower()
    assert data["name"] in page
    assert Organisation.objects.count() == 5


def test_the_second_of_two_who_change_sees_both_and_decides(world: World) -> None:
    reader = Reader(world.lead)
    assert "1" in reader.get("organisation_change", public_id=world.housing.public_id)
    change_organisation(
        by=world.administrator,
        organisation=world.housing,
        revision=1,
        wanted={"contact_function": "Bovärden", "contact_email": ""},
    )
    mine = {"contact_function": "Trygghetsvärden", "contact_email": "", "revision": "1"}
    told = reader.post("organisation_change", dict(mine), status=200, public_id=world.housing.public_id)
    assert "Någon annan har ändrat under tiden" in told
    assert "Bovärden" in told
    assert "Trygghetsvärden" in told
    world.housing.refresh_from_db()
    assert world.housing.contact_function == "Bovärden"
    # Sent again, the form knows the revision it has just shown.
    assert "| " in told
    saved = reader.post("organisation_change", mine | {"revision": "2"}, public_id=world.housing.public_id)
    assert "Trygghetsvärden" in saved


def test_a_lead_cannot_rename_even_by_sending_the_field(world: World) -> None:
    Reader(world.lead).post(
        "organisation_change",
        {"name": "Vårt", "kind": "business", "contact_function": "X", "revision": "1"},
        public_id=world.housing.public_id,
    )
    world.housing.refresh_from_db()
    assert (world.housing.name, world.housing.kind) == ("Bostadsbolaget (exempel)", "housing_company")


def test_closing_asks_for_a_reason_and_says_what_it_means(world: World) -> None:
    reader = Reader(world.administrator)
    assert "går inte att ångra" in reader.get("organisation_close", public_id=world.housing.public_id)
    reader.post("organisation_close", {"reason": ""}, status=200, public_id=world.housing.public_id)
    assert Organisation.objects.open().filter(pk=world.housing.pk).exists()
    page = reader.post("organisation_close", {"reason": "Har upphört"}, public_id=world.housing.public_id)
    assert "ingen arbetar här längre" in page
    reader.get("organisation_change", status=404, public_id=world.housing.public_id)
    reader.get("invite", status=404, public_id=world.housing.public_id)


def test_units_are_added_renamed_and_closed(world: World) -> None:
    reader = Reader(world.lead)
    assert "Distrikt Öst" in reader.post(
        "unit_new", {"name": "Distrikt Öst"}, public_id=world.housing.public_id
    )
    unit = Unit.objects.get()
    told = reader.post("unit_new", {"name": "distrikt öst"}, status=200, public_id=world.housing.public_id)
    assert "redan taget" in told
    assert "Distrikt Väst" in reader.post("unit_change", {"name": "Distrikt Väst"}, public_id=unit.public_id)
    page = reader.post("unit_close", public_id=unit.public_id)
    assert "Inga enheter är upplagda" in page
    reader.get("unit_change", status=404, public_id=unit.public_id)


def test_a_unit_where_someone_works_says_why_it_stays(world: World) -> None:
    unit = add_unit(by=world.lead, organisation=world.housing, name="Distrikt Öst")
    from plats.web.accounts.actions import Terms, create_membership

    create_membership(
        by=world.lead, user=world.reporter, organisation=world.housing, role="planner", terms=Terms(unit=unit)
    )
    page = Reader(world.lead).post("unit_close", status=200, public_id=unit.public_id)
    assert "Flytta eller avsluta" in page


def test_looking_at_another_organisation_to_change_is_put_on_record(world: World) -> None:
    Reader(world.lead).get("organisation_change", status=404, public_id=world.police.public_id)
    entry = AuditEntry.objects.get(act="denied")
    assert (entry.actor, entry.kind, entry.object_id) == (
        str(world.lead.public_id),
        "accounts:organisation_change",
        str(world.police.public_id),
    )


def test_the_list_costs_the_same_however_many_organisations(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = Reader(world.administrator)
    with django_assert_max_num_queries(40) as few:
        reader.get("organisations")
    for number in range(20):
        make_member(
            make_organisation(f"Förening {number} (exempel)", OrganisationKind.ASSOCIATION), "reporter"
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        reader.get("organisations")


def test_the_page_costs_the_same_however_many_members_units_and_places(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = Reader(world.lead)
    add_unit(by=world.lead, organisation=world.housing, name="Distrikt 0")
    make_member(world.housing, "service_staff", place_keys=["kommundel/varby"])
    with django_assert_max_num_queries(60) as few:
        reader.get("organisation", public_id=world.housing.public_id)
    for number in range(1, 15):
        make_member(world.housing, "reporter", place_keys=["kommundel/varby", "regso/varby-gard"])
        add_unit(by=world.lead, organisation=world.housing, name=f"Distrikt {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        reader.get("organisation", public_id=world.housing.public_id)
