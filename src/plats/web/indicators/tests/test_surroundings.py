"""A place in its surroundings: with its neighbours as one, whether they stand out, and what lies nearest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from plats.analysis.clusters.finding import Finding, sentence
from plats.catalog.load import catalog
from plats.derive.geography import geography
from plats.derive.readings import distributions
from plats.derive.surroundings import KINDS, nearest_of_each, with_neighbours
from plats.facts.query import Facts
from plats.vocabulary.codes import AreaKey, Division
from plats.web.places.tests.reading import page_of, part, words

Get = Callable[[str, str], str]


@pytest.fixture
def get(site: Facts, client: Client) -> Get:
    return lambda division, slug: page_of(client.get(f"/omraden/{division}/{slug}/"))


# With its neighbours


def test_neighbours_are_counted_together_and_never_as_a_mean_of_shares(site: Facts) -> None:
    """Every part of a share is added: in work here and next door, over everybody of working age in both."""
    where = geography(site)
    code = where.codes(Division.REGSO)[0]
    neighbours = where.neighbours_of(Division.REGSO, code)
    assert neighbours
    (found,) = distributions(site, catalog(), ["employed_share"], Division.REGSO).values()
    (row,) = with_neighbours([found], code, neighbours)
    cells = [fact.cell for fact in found.facts if fact.area.code in (code, *neighbours)]
    assert row.around.numerator == sum(one.numerator or 0 for one in cells)
    assert row.around.number == row.around.numerator / sum(one.denominator or 0 for one in cells)


def test_a_hidden_neighbour_hides_the_sum(site: Facts) -> None:
    from dataclasses import replace

    from plats.vocabulary.cells import hidden

    where = geography(site)
    code = where.codes(Division.REGSO)[0]
    neighbours = where.neighbours_of(Division.REGSO, code)
    (found,) = distributions(site, catalog(), ["employed_share"], Division.REGSO).values()
    facts = tuple(
        replace(fact, cell=hidden()) if fact.area.code == neighbours[0] else fact for fact in found.facts
    )
    (row,) = with_neighbours([replace(found, facts=facts)], code, neighbours)
    assert str(row.around.state) == "hidden"


def test_the_section_says_how_many_neighbours_and_people(get: Get) -> None:
    said = words(part(get("regso", "varby-gard"), "omgivning"))
    assert "Vårby gård gränsar till ett område i kommunen. Tillsammans har de 7 756 invånare (2023)." in said
    assert "kräver rutdata" in said


def test_a_place_without_borders_has_no_such_section(site: Facts, get: Get) -> None:
    from plats.web.places.models import Place

    place = Place.objects.filter(division="deso").order_by("slug")[0]
    assert part(get("deso", place.slug), "omgivning") == ""


# Whether it stands out


def test_every_area_with_a_border_is_tried_for_each_part_of_the_need_index(site: Facts) -> None:
    parts = {part.indicator for part in catalog().indices["local_need_index"].parts}
    found = {key: set(told) for key, told in site.standing_out.items()}
    assert len(found) == 22
    assert all(told == parts for told in found.values())
    assert {key.edition for key in found} == {"2020"}


def test_seven_districts_are_too_few_to_try(site: Facts) -> None:
    assert not [key for key in site.standing_out if key.division == Division.KOMMUNDEL]


def test_what_was_found_is_said_once_with_the_figures_it_holds_for(
    site: Facts, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = AreaKey(Division.REGSO, "2020", "0126R001")
    told = {"employed_share": "low_with_neighbours", "unemployed_share": "high_with_neighbours"}
    monkeypatch.setitem(site.standing_out, key, told)
    from django.conf import settings

    monkeypatch.setattr(settings, "PLATS_KEEP_PAGES", False)
    said = words(part(page_of(client.get("/omraden/regso/flemingsberg-vastra/")), "omgivning"))
    assert f"Andel sysselsatta {sentence(Finding.LOW_WITH_NEIGHBOURS)}" in said
    assert f"Andel arbetslösa {sentence(Finding.HIGH_WITH_NEIGHBOURS)}" in said


# What lies nearest


def test_the_nearest_is_as_near_as_any(site: Facts) -> None:
    where = geography(site)
    for code in where.codes(Division.REGSO):
        point = where.point(Division.REGSO, code)
        assert point is not None
        found = nearest_of_each(site, Division.REGSO, code)
        assert [one.site.kind for one in found] == list(KINDS)
        for one in found:
            away = [
                ((other.x - point[0]) ** 2 + (other.y - point[1]) ** 2) ** 0.5
                for other in site.sites
                if other.kind == one.site.kind
            ]
            assert one.metres == pytest.approx(min(away))


def test_distances_are_straight_lines_in_metres_and_never_minutes(get: Get) -> None:
    said = words(part(get("regso", "varby-gard"), "nara"))
    assert "fågelvägen, i meter" in said
    assert "ingen restid" in said
    assert "minut" not in said
    assert "600 m Bibliotek Vårbyhuset" in said


def test_a_deso_without_border_has_a_point_to_measure_from(site: Facts, get: Get) -> None:
    from plats.web.places.models import Place

    place = Place.objects.filter(division="deso").order_by("slug")[0]
    assert " m Bibliotek" in words(part(get("deso", place.slug), "nara"))
