"""Routes: figures travel from finer to coarser divisions, by the best way, and nobody is lost on it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.crosswalk import ppm_from_weights
from plats.derive.figures import read_figures
from plats.derive.routes import Routes
from plats.derive.tests.made import (
    DESO,
    DISTRICT,
    HOME,
    KOMMUNDEL,
    MILLION,
    REGSO,
    Cells,
    Link,
    areas,
    crosswalks,
    deso,
    key,
    kommundel,
    observations,
    regso,
)

# Six DeSO in three RegSO in two kommundelar in one municipality.
TO_REGSO = {
    deso(1): regso(1),
    deso(2): regso(1),
    deso(3): regso(2),
    deso(4): regso(3),
    deso(5): regso(3),
    deso(6): regso(3),
}
TO_KOMMUNDEL = {regso(1): kommundel(1), regso(2): kommundel(1), regso(3): kommundel(2)}
NESTED = (key(DESO, REGSO, TO_REGSO), key(REGSO, KOMMUNDEL, TO_KOMMUNDEL))
PEOPLE = {deso(n): 100.0 * n for n in range(1, 7)}
KNOWN = (
    (REGSO, TO_KOMMUNDEL),
    (KOMMUNDEL, (kommundel(1), kommundel(2))),
    (HOME, ("0126",)),
    (DISTRICT, ("01260101", "01260102")),
)


def routes(*links: Link, people: dict[str, float] = PEOPLE) -> Routes:
    figures = read_figures(observations(Cells(DESO, "population", people)), areas(*KNOWN), {})
    return Routes(figures, crosswalks(*links))


def split(
    source: tuple[str, str], target: tuple[str, str], one: str, to: list[str], *, method: str = "population"
) -> Link:
    parts = ppm_from_weights([1] * len(to))
    return Link(
        source, target, tuple((one, code, int(ppm)) for code, ppm in zip(to, parts, strict=True)), method
    )


def test_there_is_no_way_from_a_coarser_division_to_a_finer() -> None:
    back = key(REGSO, DESO, {regso(2): deso(3)})
    found = routes(*NESTED, back)
    assert found.to(DESO) == []
    assert {route.source for route in found.to(REGSO)} == {DESO}
    assert {route.source for route in found.to(KOMMUNDEL)} == {REGSO, DESO}


def test_the_municipality_needs_no_key() -> None:
    found = routes(*NESTED).to(HOME)
    assert [route.source for route in found] == [DESO, REGSO, DISTRICT]
    assert all(len(route.steps) == 1 and route.exact for route in found)


def test_a_whole_key_goes_before_a_split_one() -> None:
    by_people = Link(
        DISTRICT, REGSO, (("01260101", regso(1), 400_000), ("01260101", regso(2), 600_000)), "population"
    )
    found = routes(by_people, *NESTED).to(REGSO)
    assert [(route.source, route.exact) for route in found] == [(DESO, True), (DISTRICT, False)]


def test_a_short_way_goes_before_a_long_one_from_the_same_division() -> None:
    straight = key(DESO, KOMMUNDEL, {code: TO_KOMMUNDEL[to] for code, to in TO_REGSO.items()})
    way = next(route for route in routes(*NESTED, straight).to(KOMMUNDEL) if route.source == DESO)
    assert len(way.steps) == 1


def test_each_source_has_one_way() -> None:
    found = routes(*NESTED, key(DESO, KOMMUNDEL, {deso(1): kommundel(1)})).to(KOMMUNDEL)
    assert len({route.source for route in found}) == len(found)


def test_land_area_as_weight_is_known_to_be_so() -> None:
    by_land = split(DESO, REGSO, deso(1), [regso(1), regso(2)], method="area")
    (way,) = routes(by_land).to(REGSO)
    assert way.by_surface
    assert not way.exact


def test_codes_the_store_does_not_know_are_left_out_of_the_way() -> None:
    stray = key(DESO, REGSO, TO_REGSO | {"0126C9999": regso(1), deso(6): "0126R099"})
    (way,) = routes(stray).to(REGSO)
    assert way.move(np.array(list(PEOPLE.values()))).tolist() == [300.0, 300.0, 900.0]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 10**7), min_size=6, max_size=6))
def test_whole_counts_add_up_exactly_all_the_way(counts: list[int]) -> None:
    """DeSO to RegSO to kommundel and to the municipality: as adding the whole numbers by hand."""
    found = routes(*NESTED, people=dict(zip(PEOPLE, map(float, counts), strict=True)))
    moved = np.array(counts, dtype=float)
    by_hand = dict.fromkeys(TO_KOMMUNDEL.values(), 0)
    for code, count in zip(PEOPLE, counts, strict=True):
        by_hand[TO_KOMMUNDEL[TO_REGSO[code]]] += count
    at = {route.source: route for route in found.to(KOMMUNDEL)}
    assert [int(n) for n in at[DESO].move(moved)] == [by_hand[kommundel(1)], by_hand[kommundel(2)]]
    whole = {route.source: route for route in found.to(HOME)}
    in_regso = {route.source: route for route in found.to(REGSO)}[DESO].move(moved)
    assert whole[DESO].move(moved).tolist() == whole[REGSO].move(in_regso).tolist() == [float(sum(counts))]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 10**6), min_size=2, max_size=2),
    st.lists(st.integers(1, 1000), min_size=3, max_size=3),
)
def test_a_split_loses_nobody_to_the_last_millionth(counts: list[int], weights: list[int]) -> None:
    ppm = [int(part) for part in ppm_from_weights(weights)]
    shares = tuple(
        (district, regso(n + 1), ppm[n]) for district in ("01260101", "01260102") for n in range(3)
    )
    (way,) = routes(Link(DISTRICT, REGSO, shares, "population")).to(REGSO)
    moved = way.move(np.array(counts, dtype=float))
    # Each part is a whole number of millionths; together they are exactly the people there were.
    millionths = [round(Fraction(number) * MILLION) for number in moved.tolist()]
    assert millionths == [sum(counts) * part for part in ppm]
    assert sum(millionths) == sum(counts) * MILLION


def test_how_people_are_spread_is_the_key_the_other_way() -> None:
    spread = split(REGSO, DESO, regso(1), [deso(1), deso(2)])
    found = routes(*NESTED, spread)
    step = found.share_of_people(REGSO, DESO)
    assert step is not None
    assert (step.source, step.target) == (REGSO, DESO)
    assert found.share_of_people(KOMMUNDEL, DESO) is None


@pytest.mark.parametrize("layer", [("police_area", "2023"), ("regso", "2025")])
def test_a_division_no_key_leads_to_gets_nothing(layer: tuple[str, str]) -> None:
    assert routes(*NESTED).to(layer) == []
