"""Up to four places side by side, and places that are alike by what the reader chooses."""

from __future__ import annotations

import pytest
from django.test import Client

from plats.web.indicators.compare import MOST, ComparePage
from plats.web.places.tests.reading import page_of, words

pytestmark = pytest.mark.usefixtures("site")

FIVE = ["varby-gard", "segeltorp", "stuvsta", "trangsund", "snattringe"]
TOO_MANY = "Högst fyra områden ryms bredvid varandra"


def compare(
    client: Client, *places: str, basis: tuple[str, ...] = (), division: str = "regso"
) -> ComparePage:
    response = client.get("/jamfor/", {"indelning": division, "plats": places, "lik": basis})
    assert response.status_code == 200
    page: ComparePage = response.context["page"]
    return page


def test_nothing_is_compared_until_places_are_chosen(client: Client) -> None:
    page = compare(client)
    assert (page.chosen, page.rows, page.likeness) == ([], [], [])
    assert len(page.choices) == 22


def test_places_stand_in_the_order_they_were_chosen(client: Client) -> None:
    assert [place.slug for place in compare(client, "stuvsta", "varby-gard").chosen] == [
        "stuvsta",
        "varby-gard",
    ]


def test_each_figure_is_the_places_own(client: Client) -> None:
    """SCB 2022: Vårby gård 2 950 / 4 424, Fullersta norra 82,65 %, Huddinge 76,56 %."""
    page = compare(client, "varby-gard", "fullersta-norra")
    (row,) = [row for row in page.rows if row.indicator.id == "employed_share"]
    shown = [round(100 * fact.cell.number, 2) for fact in (*row.facts, row.municipality)]
    assert shown == [66.68, 82.65, 76.56]


def test_four_fit_and_a_fifth_is_said_to_be_too_many(client: Client) -> None:
    assert MOST == 4
    assert not compare(client, *FIVE[:4]).too_many
    response = client.get("/jamfor/", {"plats": FIVE})
    assert [place.slug for place in response.context["page"].chosen] == FIVE[:4]
    assert TOO_MANY in words(page_of(response))


def test_unknown_and_repeated_places_are_passed_over(client: Client) -> None:
    page = compare(client, "finns-inte", "varby-gard", "<script>", "varby-gard", "'; --")
    assert [place.slug for place in page.chosen] == ["varby-gard"]
    assert not page.too_many


def test_a_place_of_another_division_is_passed_over(client: Client) -> None:
    assert compare(client, "varby-gard", division="kommundel").chosen == []


@pytest.mark.parametrize("division", ["police_area", "school", "finns-inte", "municipality"])
def test_an_unknown_division_is_not_found(client: Client, division: str) -> None:
    assert client.get("/jamfor/", {"indelning": division}).status_code == 404


@pytest.mark.parametrize("start", ["", "/en"])
@pytest.mark.parametrize("division", ["regso", "kommundel", "deso", "electoral_district"])
def test_every_division_can_be_compared_in_both_languages(client: Client, division: str, start: str) -> None:
    choices = compare(client, division=division).choices
    response = client.get(
        f"{start}/jamfor/", {"indelning": division, "plats": [one.slug for one in choices[:4]]}
    )
    page = words(page_of(response))
    assert all(one.name in page for one in choices[:4])


# Likeness


def test_a_place_is_not_like_itself_and_the_nearest_come_first(client: Client) -> None:
    page = compare(client, "varby-gard", "segeltorp")
    alike = [place.slug for place, _ in page.likeness]
    assert len(alike) == 5
    assert "varby-gard" not in alike
    distances = [one.distance for _, one in page.likeness]
    assert distances == sorted(distances)
    assert distances[0] > 0


def test_likeness_changes_with_what_it_is_counted_on(client: Client) -> None:
    by_homes = compare(client, "varby-gard", basis=("rental_share", "small_house_share"))
    by_size = compare(client, "varby-gard", basis=("population", "preschool_age_share"))
    assert [one.id for one in by_homes.basis] == ["rental_share", "small_house_share"]
    assert [place.slug for place, _ in by_homes.likeness] != [place.slug for place, _ in by_size.likeness]
    assert {one.figures for _, one in by_homes.likeness} == {2}


def test_likeness_in_one_figure_is_just_its_order_and_is_not_shown(client: Client) -> None:
    assert compare(client, "varby-gard", basis=("rental_share",)).likeness == []
    response = client.get("/jamfor/", {"plats": "varby-gard", "lik": "rental_share"})
    assert "Välj minst två siffror" in words(page_of(response))


def test_unknown_figures_are_passed_over(client: Client) -> None:
    page = compare(client, "varby-gard", basis=("finns-inte", "rental_share", "employed_share", "area_type"))
    assert [one.id for one in page.basis] == ["employed_share", "rental_share"]


def test_background_is_no_part_of_what_likeness_starts_from(client: Client) -> None:
    assert not [one.id for one in compare(client, "varby-gard").basis if "foreign" in one.id]
