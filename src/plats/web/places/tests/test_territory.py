"""A role that is held for some places reaches them and what mostly lies in them, on Huddinge's real borders."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from plats.facts.query import Facts
from plats.web.accounts.actions import Terms, create_membership
from plats.web.accounts.tests.world import fresh, make_organisation, make_user
from plats.web.places.models import Place
from plats.web.places.territory import covered_place_ids, gone_places, place_choices

VARBY = "kommundel/varby"


def addresses(keys: list[str]) -> dict[str, set[str]]:
    """The addresses that these keys reach, by division."""
    found: dict[str, set[str]] = {}
    for place in Place.objects.filter(pk__in=covered_place_ids(keys)):
        found.setdefault(place.division, set()).add(place.slug)
    return found


def test_a_kommundel_reaches_its_areas_in_every_finer_division(site: Facts) -> None:
    """Vårby is made of the RegSO Vårby gård, Myrstuguberget-Masmo-Vårby haga by the municipality's key."""
    reached = addresses([VARBY])
    members = {
        one.source.code
        for one in site.overlaps
        if str(one.target.division) == "kommundel"
        and one.source.division == "regso"
        and site.areas[one.target].name == "Vårby"
    }
    slugs = set(
        Place.objects.filter(division="regso", versions__code__in=members).values_list("slug", flat=True)
    )
    assert reached["kommundel"] == {"varby"}
    assert "varby-gard" in slugs
    assert reached["regso"] == slugs
    assert len(reached["deso"]) >= len(slugs)
    assert reached["electoral_district"]


def test_the_kommundelar_together_reach_every_regso_and_deso_once(site: Facts) -> None:
    keys = [key for key, _name in place_choices() if key.startswith("kommundel/")]
    assert len(keys) == 7
    for division in ("regso", "deso"):
        reached = [slug for key in keys for slug in addresses([key]).get(division, ())]
        assert sorted(reached) == sorted(
            Place.objects.filter(division=division).values_list("slug", flat=True)
        )


def test_two_places_reach_what_either_does(site: Facts) -> None:
    both = covered_place_ids([VARBY, "kommundel/trangsund"])
    assert both == covered_place_ids([VARBY]) | covered_place_ids(["kommundel/trangsund"])
    assert covered_place_ids([VARBY]) < both


@pytest.mark.parametrize(
    "key", ["regso/finns-inte", "kommundel", "", "police_area/varby", "kommundel/varby/1"]
)
def test_an_unknown_key_reaches_nothing(site: Facts, key: str) -> None:
    assert covered_place_ids([key]) == frozenset()


def test_the_choices_are_the_divisions_people_work_in_with_their_names(site: Facts) -> None:
    choices = dict(place_choices())
    assert choices[VARBY] == "Vårby (kommundel)"
    assert choices["regso/varby-gard"].startswith("Vårby gård (")
    assert {key.split("/")[0] for key in choices} == {"kommundel", "regso"}


def test_it_costs_two_questions_however_many_places(
    site: Facts, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    covered_place_ids([VARBY])  # what lies in what is worked out once per version of the figures
    keys = [key for key, _name in place_choices()]
    with django_assert_num_queries(2):  # the places named; the places inside them
        covered_place_ids(keys)


def test_a_role_for_varby_reaches_varby(site: Facts) -> None:
    organisation, user = make_organisation("Bostadsbolaget (exempel)"), make_user()
    create_membership(
        by=None, user=user, organisation=organisation, role="reporter", terms=Terms(place_keys=[VARBY])
    )
    assert fresh(user).grants.places_by_organisation("member.read") == {
        organisation.pk: covered_place_ids([VARBY])
    }


def test_a_place_without_an_area_in_the_newest_edition_is_gone(site: Facts) -> None:
    """Electoral districts are loaded for 2018 and 2022, and some of 2018's codes are in no later edition."""
    gone = Place.objects.filter(pk__in=gone_places())
    assert {place.division for place in gone} == {"electoral_district"}
    for place in Place.objects.filter(division="electoral_district"):
        assert (place.versions.filter(edition="2022").exists()) is (place not in gone)
    assert gone


@pytest.mark.django_db
def test_before_any_figures_a_place_is_itself_and_no_more(settings: Settings) -> None:
    place = Place.objects.create(municipality="0126", division="kommundel", slug="ny", name="Ny")
    place.versions.create(division="kommundel", code="N")
    assert covered_place_ids(["kommundel/ny"]) == {place.pk}
