"""A place's page: what it costs, what it opens with, whose results are whose."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from plats.derive.geography import geography
from plats.facts.query import Facts
from plats.vocabulary.codes import Division
from plats.web.common.markup import Svg
from plats.web.common.sections import sections
from plats.web.indicators import sections as figure_sections
from plats.web.places import sections as place_sections
from plats.web.places.models import Place
from plats.web.places.tests.reading import page_of, part, pictures, words

DIVISIONS = ("kommundel", "regso", "deso", "electoral_district")
# Words that would open a place's page with where it stands among others, or call it a problem.
RANKING = re.compile(
    r"\b(rang|högst|lägst|sämst|bäst|bottnen|toppen|utsatt|problem|highest|lowest|worst|best|rank)",
    re.IGNORECASE,
)
OPENS_WITH = (
    "Här finns {things}.",
    "Invånarna har blivit fler: {before} ({first}) till {after} ({last}).",
    "Invånarna har blivit färre: {before} ({first}) till {after} ({last}).",
    "Invånarna är lika många: {after} både {first} och {last}.",
    "Här är siffrorna om {name}.",
)


def address(place: Place, language: str = "sv") -> str:
    with translation.override(language):
        return place.get_absolute_url()


@pytest.fixture
def get(site: Facts, client: Client) -> Callable[[str, str], str]:
    """The HTML of the page of the place with this division and address."""
    return lambda division, slug: page_of(client.get(f"/omraden/{division}/{slug}/"))


@pytest.fixture
def without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures out: that each is drawn right is tested beside the charts, and they are most of the time."""
    for name in ("draw_rankbar", "draw_strip", "draw_sparkline", "strip_of"):
        monkeypatch.setattr(figure_sections, name, lambda *_, **__: None)
    monkeypatch.setattr(figure_sections, "render", lambda _: "")
    monkeypatch.setattr(place_sections, "_place_map", lambda *_: Svg("<svg></svg>"))


# What the page costs


@pytest.mark.parametrize("division", DIVISIONS)
def test_a_page_asks_the_database_and_the_store_a_few_questions(
    site: Facts, client: Client, division: str
) -> None:
    """
    SQL, at most 12:
        1. the place at the address             places.queries.find_place
        2. its area versions                    places.queries.place_page
        3. the addresses of its division        places.queries.links
        4-5. what lies in and around it         places.territory.places_around
        6-8. the efforts there, of which there  efforts.queries.here: of today, of no known day, of an old source
             are none
        9. what is promised anywhere in force,  partners.queries.promises_here
           of which there is nothing
    Facts, at most 3:
        1. the place, municipality and nation   derive.readings.place_readings
        2. the headline figures of all areas    derive.readings.distributions, for Bland områdena; kept by the
                                                reader of the store, so only the first page of a version asks
        3. the schools' results                 derive.readings.school_facts, where there are schools
    """
    place = Place.objects.filter(division=division).order_by("slug")[0]
    client.get(address(place))  # what is read once per version and process is read before the counting
    asked = site.asked
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(place)).status_code == 200
    assert len(queries) == 9
    assert site.asked - asked <= 3


def test_a_page_with_schools_asks_one_question_more_than_one_without(site: Facts, client: Client) -> None:
    """The place and its schools; the headline figures of all areas are kept since the first page."""
    client.get("/omraden/regso/varby-gard/")
    asked = site.asked
    assert "Vårbyskolan" in page_of(client.get("/omraden/regso/varby-gard/"))
    assert site.asked - asked == 2
    client.get("/omraden/regso/varby-udde-duvberget/")
    asked = site.asked
    client.get("/omraden/regso/varby-udde-duvberget/")
    assert site.asked - asked == 1


# Every place


@pytest.mark.usefixtures("without_drawings", "site")
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("division", DIVISIONS)
def test_every_place_has_a_page_that_opens_with_an_asset_or_a_change(
    client: Client, division: str, language: str
) -> None:
    places = list(Place.objects.filter(division=division))
    assert len(places) >= 7
    for place in places:
        response = client.get(address(place, language))
        assert response.status_code == 200, place.slug
        opening = response.context["opening"]
        assert all(sentence.text in OPENS_WITH for sentence in opening), place.slug
        with translation.override(language):
            said = " ".join(sentence.say(gettext, language) for sentence in opening)
        assert not RANKING.search(said), said
        assert place.name in response.content.decode()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "missing",
    [
        "/omraden/regso/finns-inte/",
        "/omraden/kommundel/varby-gard/",
        "/omraden/police_area/",
        "/omraden/police_area/varby/",
        "/omraden/school/varbyskolan/",
        "/omraden/okand/",
        "/omraden/okand/varby-gard/",
        "/en/omraden/regso/finns-inte/",
    ],
)
def test_what_is_no_place_is_not_found(client: Client, missing: str) -> None:
    assert client.get(missing).status_code == 404


def test_another_municipalitys_place_is_not_found_here(site: Facts, client: Client) -> None:
    Place.objects.create(municipality="0999", division="regso", slug="langt-bort", name="Långt bort")
    assert client.get("/omraden/regso/langt-bort/").status_code == 404


# The order and the parts of the page


def test_sections_come_in_the_registrys_order(get: Callable[[str, str], str]) -> None:
    order = [one.order for one in sections()]
    assert order == sorted(order)
    page = get("regso", "varby-gard")
    places = [page.find(f'id="{one.id}"') for one in sections()]
    assert -1 not in places  # Vårby gård has something in every section
    assert places == sorted(places)


def test_a_place_without_schools_has_no_school_section(site: Facts, get: Callable[[str, str], str]) -> None:
    where = geography(site)
    schools = {
        code: [one for one in where.sites_in(Division.REGSO, code) if one.kind == "school"]
        for code in where.codes(Division.REGSO)
    }
    without = next(code for code, found in schools.items() if not found)
    place = Place.objects.filter(division="regso", versions__code=without)[0]
    assert part(get("regso", place.slug), "skolor") == ""


def test_the_schools_results_are_said_to_be_the_schools(get: Callable[[str, str], str]) -> None:
    page = get("regso", "varby-gard")
    schools = words(part(page, "skolor"))
    assert "Vårbyskolan" in schools
    assert "Skolornas egna resultat, aldrig områdets" in schools
    # And the area's own figures hold none of them.
    assert "Meritvärde" not in words(part(page, "siffror"))
    assert "Meritvärde" not in words(part(page, "bland"))


def test_the_page_shows_figure_period_and_what_it_cannot_say(get: Callable[[str, str], str]) -> None:
    """SCB's figures for 2022, DeSO summed by key: Vårby gård 2 950 / 4 424 = 66,7 %, Huddinge 76,6 %."""
    figures = words(part(get("regso", "varby-gard"), "siffror"))
    first = figures[figures.index("Andel sysselsatta") :][:400]
    assert "2022" in first
    assert "66,7" in first
    assert "76,6" in first
    assert "Det här går inte att säga" in figures


def test_the_percentile_among_swedens_areas_is_shown(get: Callable[[str, str], str]) -> None:
    assert "Percentil i Sverige" in words(part(get("regso", "varby-gard"), "siffror"))


# Other assessments


def test_the_polices_list_is_said_with_year_and_whose_assessment_it_is(
    get: Callable[[str, str], str],
) -> None:
    said = words(part(get("regso", "varby-gard"), "bedomningar"))
    assert "Polisens lista 2023" in said
    assert "Polisens bedömning av kriminell påverkan, aldrig av de boende" in said


def test_the_polices_list_is_said_only_where_people_live_within_it(
    site: Facts, get: Callable[[str, str], str]
) -> None:
    keys = [key for key in site.areas if key.division is Division.REGSO]
    where = geography(site)
    outside = {key.code for key in keys} - {key.code for key in keys if where.police_overlaps([key])}
    assert outside
    place = Place.objects.filter(division="regso", versions__code__in=outside).order_by("slug")[0]
    assert "Polis" not in words(part(get("regso", place.slug), "bedomningar"))


def test_no_picture_shows_the_polices_areas(site: Facts, get: Callable[[str, str], str]) -> None:
    drawn = pictures(get("regso", "varby-gard"))
    assert "Vårby gård" in drawn
    assert "polis" not in drawn.lower()
    assert not any(key.code in drawn for key in site.areas if key.division is Division.POLICE_AREA)


def test_area_types_are_said_to_be_relative(get: Callable[[str, str], str]) -> None:
    said = words(part(get("regso", "varby-gard"), "bedomningar"))
    assert "2022" in said
    assert "2023" in said
    assert "ett byte av typ är ingen förbättring eller försämring" in said


# Borders


def test_borders_tell_each_edition_with_its_code(site: Facts, get: Callable[[str, str], str]) -> None:
    said = words(part(get("regso", "varby-gard"), "granser"))
    (place,) = Place.objects.filter(division="regso", slug="varby-gard")
    versions = list(place.versions.all())
    assert {one.edition for one in versions} == {"2020", "2025"}
    for version in versions:
        assert f"{version.edition}: {version.code}" in said


def test_a_kommundels_border_is_said_to_be_approximate(get: Callable[[str, str], str]) -> None:
    place = Place.objects.filter(division="kommundel").order_by("slug")[0]
    assert "ungefärlig" in words(part(get("kommundel", place.slug), "granser")).lower()


def test_a_page_without_a_border_says_so(get: Callable[[str, str], str]) -> None:
    place = Place.objects.filter(division="deso").order_by("slug")[0]
    assert "Gränsen för det här området är inte inläst" in words(part(get("deso", place.slug), "har"))


# The list


@pytest.mark.usefixtures("site")
def test_the_list_is_in_geographic_order_and_never_by_value(client: Client) -> None:
    response = client.get("/omraden/")
    names = [name for name, _, _ in response.context["places"]]
    people = [count for _, _, count in response.context["places"]]
    assert len(names) == 22
    assert names[0].startswith("Vårby")  # the north-west corner
    assert names[-1] == "Skogås östra"  # the south-east one
    assert people != sorted(people)
    assert people != sorted(people, reverse=True)
    # RegSO 2023, published: the sum is the official population of Huddinge.
    assert sum(people) == 113_920


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("division", DIVISIONS)
def test_every_division_has_a_list_of_its_places(client: Client, division: str) -> None:
    page = page_of(client.get(f"/omraden/{division}/"))
    for place in Place.objects.filter(division=division):
        assert f'href="{address(place)}"' in page
