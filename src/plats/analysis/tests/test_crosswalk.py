"""Crosswalks: nobody is lost or gained when counts move between divisions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.crosswalk import MILLION, coverage, move_counts, moved_millionths, ppm_from_weights
from plats.analysis.tests.huddinge import table

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any)


@st.composite
def divisions(draw):
    """Counts of from-areas and a crosswalk in which each from-area is divided among the to-areas."""
    from_areas, to_areas = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    values = draw(st.lists(st.integers(0, 10_000_000), min_size=from_areas, max_size=from_areas))
    rows = []
    for area in range(from_areas):
        parts = draw(st.lists(st.integers(0, 1000), min_size=to_areas, max_size=to_areas).filter(any))
        rows += [(area, target, ppm) for target, ppm in enumerate(ppm_from_weights(parts).tolist())]
    return values, *(list(column) for column in zip(*rows, strict=True)), to_areas


def test_one_area_divided_in_three_worked_by_hand():
    # 7 persons, a third to each: the millionths are 333,334 + 333,333 + 333,333
    moved = moved_millionths([7], [0, 0, 0], [0, 1, 2], [333_334, 333_333, 333_333], 3)
    assert moved.tolist() == [2_333_338, 2_333_331, 2_333_331]
    assert moved.sum() == 7 * MILLION
    assert move_counts([7], [0, 0, 0], [0, 1, 2], [333_334, 333_333, 333_333], 3).tolist() == [
        2.333338,
        2.333331,
        2.333331,
    ]


def test_whole_areas_keep_whole_counts_deso_2022_summed_to_regso_equals_the_published_regso():
    deso = table("deso2018_2022.csv")
    published = {row["regsokod"]: row for row in table("regso_2020_2023.csv") if row["ar"] == "2022"}
    codes = sorted(published)
    assert len(codes) == 22
    rows = list(range(60)), [codes.index(row["regso"]) for row in deso], [MILLION] * 60
    for ours, theirs in (("fodd_totalt", "pop"), ("fodd_sverige", "fodd_sverige")):
        moved = move_counts([float(row[ours]) for row in deso], *rows, 22)
        assert moved.tolist() == [float(published[code][theirs]) for code in codes]
    assert sum(int(row["fodd_totalt"]) for row in deso) == 114_504


@settings(deadline=None, max_examples=60)
@given(divisions())
def test_the_total_is_kept_to_the_last_millionth(division):
    values, *rows, size = division
    assert int(moved_millionths(values, *rows, size).sum()) == sum(values) * MILLION
    floats = np.nan_to_num(move_counts(values, *rows, size))
    assert np.array_equal(floats, moved_millionths(values, *rows, size) / MILLION)


@settings(deadline=None, max_examples=40)
@given(divisions())
def test_moving_the_sum_of_two_counts_is_the_sum_of_both_moved(division):
    values, *rows, size = division
    halves = [value // 3 for value in values]
    rest = [value - half for value, half in zip(values, halves, strict=True)]
    both = moved_millionths(halves, *rows, size) + moved_millionths(rest, *rows, size)
    assert np.array_equal(both, moved_millionths(values, *rows, size))


@settings(deadline=None, max_examples=40)
@given(divisions())
def test_a_part_never_grows_larger_than_its_whole(division):
    values, *rows, size = division
    part = move_counts([value // 2 for value in values], *rows, size)
    assert (np.nan_to_num(part) <= np.nan_to_num(move_counts(values, *rows, size))).all()


def test_counts_that_are_not_whole_are_moved_as_they_are():
    assert move_counts([0.5, 1.5], [0, 1], [0, 0], [MILLION, 500_000], 1).tolist() == [1.25]


def test_an_unknown_source_is_left_out_and_coverage_tells():
    rows = {"from_index": [0, 1, 2], "to_index": [0, 0, 1], "ppm": [MILLION] * 3}
    values = [math.nan, 30, math.nan]
    moved = move_counts(values, **rows, size=3)
    assert moved[0] == 30
    assert np.isnan(moved[1:]).all()  # no known source; and no source at all
    # 900 of 1,000 people have a value in the first, none in the second, and nobody lives in the third
    told = coverage(values, [100, 900, 50], **rows, size=3)
    assert told[:2].tolist() == [0.9, 0.0]
    assert math.isnan(told[2])


@settings(deadline=None, max_examples=40)
@given(divisions())
def test_full_figures_cover_everybody(division):
    values, *rows, size = division
    people = [value + 1 for value in values]
    told = coverage(values, people, from_index=rows[0], to_index=rows[1], ppm=rows[2], size=size)
    assert np.nan_to_num(told, nan=1.0) == pytest.approx(1, abs=0)


@settings(deadline=None, max_examples=100)
@given(weights)
def test_millionths_add_up_and_stay_within_one_of_the_proportion(parts):
    ppm = ppm_from_weights(parts).tolist()
    assert sum(ppm) == MILLION
    for part, got in zip(parts, ppm, strict=True):
        assert abs(got - Fraction(part * MILLION, sum(parts))) < 1 + Fraction(1, 1000)
        assert part > 0 or got == 0


def test_the_largest_remainders_get_what_is_left():
    # 1/7 and 6/7 of a million: 142,857.14 and 857,142.86; the one left over goes to the second
    assert ppm_from_weights([1, 6]).tolist() == [142_857, 857_143]


@pytest.mark.parametrize("wrong", [[0, 0], [], [math.nan, 1], [-1, 2]])
def test_weights_that_divide_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=r"[Vv]ikter"):
        ppm_from_weights(wrong)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (([0], [0], [1_000_001]), "miljondelar 1000001"),
        (([1], [0], [5]), "från-område 1"),
        (([0], [2], [5]), "till-område 2"),
        (([0], [0], [0.5]), "hela miljondelar"),
        (([0, 0], [0], [5]), "lika långa"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        move_counts([1], *rows, 2)


def test_what_cannot_be_moved_exactly_is_refused():
    with pytest.raises(ValueError, match="hela antal"):
        moved_millionths([0.5], [0], [0], [MILLION], 1)
    with pytest.raises(ValueError, match="för stora"):
        moved_millionths([1e13], [0], [0], [MILLION], 1)


def test_coverage_needs_everybody():
    with pytest.raises(ValueError, match="folkmängden saknas"):
        coverage([1], [math.nan], from_index=[0], to_index=[0], ppm=[MILLION], size=1)
