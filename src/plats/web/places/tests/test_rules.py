"""Which areas are one place, and what its address is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.facts.query import Area
from plats.vocabulary.codes import AreaKey, Division
from plats.web.places.rules import PLACE_DIVISIONS, fold, plan_places, slug_of


def area(code: str, name: str, *, edition: str = "2020", division: Division = Division.REGSO) -> Area:
    return Area(
        key=AreaKey(division, edition, code),
        name=name,
        municipality="0126",
        valid_from="",
        valid_to=None,
        x=None,
        y=None,
        geometry_hash="",
        approximate=False,
        dataset="made",
        snapshot="",
    )


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Vårby gård", "varby-gard"),
        ("Sjödalen södra", "sjodalen-sodra"),
        ("Högmora-Vidja-Ågesta", "hogmora-vidja-agesta"),
        ("  Längst  bort!  ", "langst-bort"),
        ("Allén", "allen"),
        ("ÅÄÖ", "aao"),
    ],
)
def test_an_address_is_the_name_without_marks(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_two_places_with_the_same_name_have_their_codes_in_the_address() -> None:
    planned = plan_places([area("0126R001", "Vik"), area("0126R002", "Vik"), area("0126R003", "Sund")])
    assert [one.slug for one in planned] == ["vik-0126r001", "vik-0126r002", "sund"]


def test_names_that_differ_only_in_marks_are_the_same_address_and_get_codes() -> None:
    planned = plan_places([area("0126R001", "Hörby"), area("0126R002", "Hörby!"), area("0126R003", "Horby")])
    assert len({one.slug for one in planned}) == 3


def test_the_same_name_in_two_divisions_needs_no_code() -> None:
    planned = plan_places(
        [area("0126R010", "Skogås"), area("0126K04", "Skogås", division=Division.KOMMUNDEL)]
    )
    assert [one.slug for one in planned] == ["skogas", "skogas"]


def test_the_same_code_is_one_place_through_editions_and_is_called_by_the_newest() -> None:
    (planned,) = plan_places(
        [area("0126R001", "Gamla namnet", edition="2020"), area("0126R001", "Nya namnet", edition="2025")]
    )
    assert planned.name == "Nya namnet"
    assert {one.key.edition for one in planned.areas} == {"2020", "2025"}


def test_an_area_without_a_name_is_called_by_its_code() -> None:
    (planned,) = plan_places([area("0126R001", "")])
    assert (planned.name, planned.slug) == ("0126R001", "0126r001")


def test_a_name_without_a_letter_that_an_address_can_hold_gives_the_code() -> None:
    (planned,) = plan_places([area("0126R001", "–")])
    assert planned.slug == "0126r001"


@pytest.mark.parametrize(
    "division", [Division.POLICE_AREA, Division.SCHOOL, Division.MUNICIPALITY, Division.NATION]
)
def test_police_areas_schools_and_wholes_are_never_places(division: Division) -> None:
    assert division not in PLACE_DIVISIONS
    assert plan_places([area("0126P01", "Vårby", division=division)]) == []


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=60)
def test_every_name_gives_an_address_of_plain_letters(name: str) -> None:
    slug = slug_of(name)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slug_of(slug) == slug
    assert fold(name) == slug.replace("-", " ")


@given(st.lists(st.sampled_from(["Vik", "vik", "Vík", "Sund", "Ö", "", "Vik!"]), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_no_two_places_of_a_division_share_an_address(names: list[str]) -> None:
    planned = plan_places([area(f"0126R{number:03}", name) for number, name in enumerate(names)])
    assert len(planned) == len(names)
    assert len({one.slug for one in planned}) == len(names)
