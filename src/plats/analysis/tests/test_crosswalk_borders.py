"""Crosswalks made from borders: worked on squares, then tried on Huddinge's real borders."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.crosswalk import MILLION, area_crosswalk, people_crosswalk
from plats.analysis.tests.huddinge import file, table

WEST, EAST = shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)


def shapes(name: str, code: str) -> tuple[list[str], list[shapely.Geometry]]:
    features = json.loads(file(name).read_text(encoding="utf-8"))["features"]
    return [f["properties"].get(code) for f in features], [
        shapely.geometry.shape(f["geometry"]) for f in features
    ]


def deso_people(codes: list[str]) -> list[float]:
    people = {row["deso"]: float(row["fodd_totalt"]) for row in table("deso2018_2022.csv")}
    return [people[code] for code in codes]


def test_people_and_land_give_different_parts():
    # One area over two blocks of the same size with 900 and 100 people
    whole = shapely.box(0, 0, 2000, 1000)
    by_people = people_crosswalk([whole], [WEST, EAST], [WEST, EAST], [900, 100])
    by_land = area_crosswalk([whole], [WEST, EAST])
    assert by_people.ppm.tolist() == [900_000, 100_000]
    assert by_land.ppm.tolist() == [500_000, 500_000]


def test_people_are_spread_evenly_inside_a_block():
    # The to-area holds the western block and a fifth of the eastern: 900 + 20 of 1,000 people; the rest lies
    # outside.
    whole, most = shapely.box(0, 0, 2000, 1000), shapely.box(0, 0, 1200, 1000)
    crosswalk = people_crosswalk([whole], [most], [WEST, EAST], [900, 100])
    assert (crosswalk.from_index.tolist(), crosswalk.to_index.tolist()) == ([0], [0])
    assert crosswalk.ppm.tolist() == [920_000]


def test_borders_drawn_somewhat_differently_lose_nobody():
    # The to-areas leave a strip of 1 percent in the middle: that is no place outside, it is a badly drawn
    # border.
    to_areas = [shapely.box(0, 0, 990, 1000), shapely.box(1010, 0, 2000, 1000)]
    crosswalk = area_crosswalk([shapely.box(0, 0, 2000, 1000)], to_areas)
    assert crosswalk.ppm.tolist() == [500_000, 500_000]


def test_a_sliver_across_the_border_is_left_out():
    crosswalk = area_crosswalk([shapely.box(0, 0, 1004, 1000)], [WEST, EAST])
    assert list(zip(*map(np.ndarray.tolist, crosswalk), strict=True)) == [(0, 0, MILLION)]


def test_an_area_outside_has_no_rows():
    crosswalk = area_crosswalk([shapely.box(5000, 0, 6000, 1000)], [WEST, EAST])
    assert [column.tolist() for column in crosswalk] == [[], [], []]


def test_an_area_without_people_is_divided_by_its_land():
    crosswalk = people_crosswalk([shapely.box(500, 0, 2000, 1000)], [WEST, EAST], [WEST, EAST], [0, 0])
    assert crosswalk.ppm.tolist() == [333_333, 666_667]


def test_to_areas_on_top_of_each_other_are_refused():
    with pytest.raises(ValueError, match="50 procent skulle räknas två gånger"):
        area_crosswalk([WEST], [WEST, shapely.box(0, 0, 500, 1000)])


def test_an_invalid_border_is_refused_with_its_place_and_reason():
    bow_tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    with pytest.raises(
        ValueError, match=r"'till-områden' har en ogiltig gräns i område 1 .*Self-intersection"
    ):
        area_crosswalk([WEST], [EAST, bow_tie])


def test_blocks_need_known_people():
    with pytest.raises(ValueError, match="känd folkmängd"):
        people_crosswalk([WEST], [WEST], [WEST], [float("nan")])


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(20, 480), min_size=1, max_size=5, unique=True).map(sorted),
    st.lists(st.integers(0, 3000), min_size=4, max_size=4),
)
def test_every_area_is_divided_whole_among_areas_that_cover_it(cuts, people):
    edges = [0, *cuts, 500]
    strips = [shapely.box(west, 0, east, 500) for west, east in pairwise(edges)]
    blocks = [shapely.box(x, y, x + 250, y + 250) for x in (0, 250) for y in (0, 250)]
    for crosswalk in (people_crosswalk(blocks, strips, blocks, people), area_crosswalk(blocks, strips)):
        assert np.bincount(crosswalk.from_index, weights=crosswalk.ppm).tolist() == [MILLION] * 4


def test_each_deso_of_huddinge_lies_in_the_regso_that_the_official_key_says():
    deso, deso_shapes = shapes("deso2018.geojson", "deso")
    regso, regso_shapes = shapes("regso2025.geojson", "regsokod")
    key = {row["deso"]: row["regso"] for row in table("deso2018_2022.csv")}
    crosswalk = people_crosswalk(deso_shapes, regso_shapes, deso_shapes, deso_people(deso))
    in_own = {
        deso[f]: ppm
        for f, t, ppm in zip(*map(np.ndarray.tolist, crosswalk), strict=True)
        if key[deso[f]] == regso[t]
    }
    assert len(in_own) == 60
    assert min(in_own.values()) > 900_000  # DeSO borders are simplified; the key itself is exact


def test_electoral_districts_and_deso_divide_each_other_whole_in_both_directions():
    deso, deso_shapes = shapes("deso2018.geojson", "deso")
    _, districts = shapes("valdistrikt2022.geojson", "Lkfv")
    people = deso_people(deso)
    for from_shapes, to_shapes in ((deso_shapes, districts), (districts, deso_shapes)):
        crosswalk = people_crosswalk(from_shapes, to_shapes, deso_shapes, people)
        sums = np.bincount(crosswalk.from_index, weights=crosswalk.ppm, minlength=len(from_shapes))
        assert (sums == MILLION).all()


def test_a_police_area_holds_a_part_of_the_areas_it_reaches_and_nothing_of_the_others():
    deso, deso_shapes = shapes("deso2018.geojson", "deso")
    regso, regso_shapes = shapes("regso2025.geojson", "regsokod")
    names, police = shapes("polisen_utsatta_omraden_2023.geojson", "NAMN")
    crosswalk = people_crosswalk(regso_shapes, police, deso_shapes, deso_people(deso))
    reached = {
        (regso[f], names[t]): ppm for f, t, ppm in zip(*map(np.ndarray.tolist, crosswalk), strict=True)
    }
    assert {code for code, name in reached if name == "Vårby"} == {"0126R020", "0126R021", "0126R022"}
    assert all(0 < ppm < MILLION for ppm in reached.values())
    sums = np.bincount(crosswalk.from_index, weights=crosswalk.ppm, minlength=22)
    assert (sums == 0).sum() == 15
