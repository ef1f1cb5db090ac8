"""The share of a whole is the sum of the parts over the sum of the wholes, and nothing else."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.shares import pooled_share, weighted_mean
from plats.analysis.tests.huddinge import table

districts = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), min_size=1, max_size=10).map(
    lambda pairs: [(min(pair), max(pair)) for pair in pairs]
)


def turnout_2018():
    rows = table("valdeltagande_riksdag_2018.csv")
    return [float(row["rostande"]) for row in rows], [float(row["rostberattigade"]) for row in rows]


def test_turnout_2018_in_huddinge_has_the_collection_district_in_the_numerator():
    voters, electors = turnout_2018()
    assert (sum(voters), sum(electors)) == (61_869, 72_839)
    assert round(100 * pooled_share(voters, electors), 2) == 84.94


def test_turnout_without_the_collection_district_is_another_and_wrong_figure():
    voters, electors = turnout_2018()
    with_electors = [(v, e) for v, e in zip(voters, electors, strict=True) if e > 0]
    assert len(with_electors) == 60
    assert round(100 * pooled_share(*zip(*with_electors, strict=True)), 2) == 80.32  # 58,504 / 72,839


def test_a_mean_of_districts_turnout_is_refused():
    with pytest.raises(ValueError, match="medelvärde av områdenas andelar"):
        pooled_share([0.8962, 0.9061])
    with pytest.raises(ValueError, match="Ange både täljare och nämnare"):
        pooled_share([0.8962, 0.9061], [])


def test_the_share_of_two_districts_is_not_the_mean_of_their_shares():
    # 90 of 100 and 10 of 300: 100/400 = 1/4, while the mean of 9/10 and 1/30 is 7/15
    assert Fraction(90 + 10, 100 + 300) == Fraction(1, 4)
    assert pooled_share([90, 10], [100, 300]) == 0.25


@pytest.mark.parametrize(
    ("numerator", "denominator"), [([0], [0]), ([math.nan, 1], [5, 5]), ([1, 1], [math.nan, 5])]
)
def test_nobody_or_an_unknown_part_gives_no_share(numerator, denominator):
    assert math.isnan(pooled_share(numerator, denominator))


def test_more_voters_than_electors_in_all_are_refused():
    with pytest.raises(ValueError, match="Täljarna är tillsammans 12"):
        pooled_share([12], [10])


@settings(deadline=None, max_examples=60)
@given(districts)
def test_a_pooled_share_lies_between_the_lowest_and_the_highest(pairs):
    shares = [Fraction(part, whole) for part, whole in pairs if whole]
    pooled = pooled_share(*zip(*pairs, strict=True))
    if not shares:
        assert math.isnan(pooled)
    else:
        assert float(min(shares)) - 1e-12 <= pooled <= float(max(shares)) + 1e-12


@settings(deadline=None, max_examples=60)
@given(districts)
def test_pooling_equals_the_mean_weighted_by_denominators(pairs):
    counted = [(part, whole) for part, whole in pairs if whole]
    if counted:
        weighted = weighted_mean([part / whole for part, whole in counted], [whole for _, whole in counted])
        assert weighted == pytest.approx(pooled_share(*zip(*counted, strict=True)), abs=1e-12)


def test_each_area_counts_by_its_people():
    # (300 * 10 + 100 * 20) / 400 = 12.5
    assert weighted_mean([10, 20], [300, 100]) == 12.5


def test_an_area_without_weight_does_not_count_even_when_its_value_is_missing():
    assert weighted_mean([10, math.nan], [300, 0]) == 10


@pytest.mark.parametrize(
    ("values", "weights"), [([math.nan, 1], [1, 1]), ([1, 1], [math.nan, 1]), ([1], [0])]
)
def test_an_unknown_value_or_no_weight_gives_no_mean(values, weights):
    assert math.isnan(weighted_mean(values, weights))


def test_low_economic_standard_in_flemingsberg_vastra_and_trangsund_from_their_deso():
    rows = [row for row in table("deso2018_2022.csv") if row["regso"] in {"0126R001", "0126R018"}]
    percent = {
        code: weighted_mean(
            [float(row["lag_ek_standard_pct"]) for row in rows if row["regso"] == code],
            [float(row["ek_standard_antal"]) for row in rows if row["regso"] == code],
        )
        for code in ("0126R001", "0126R018")
    }
    assert {code: round(value, 2) for code, value in percent.items()} == {"0126R001": 35.41, "0126R018": 3.01}


def test_employment_2022_in_three_areas_and_the_municipality():
    rows = table("deso2018_2022.csv")

    def employed(code: str) -> float:
        chosen = [row for row in rows if row["regso"].startswith(code)]
        return pooled_share(
            [float(row["sysselsatta"]) for row in chosen], [float(row["am_totalt"]) for row in chosen]
        )

    published = {"0126R004": 82.65, "0126R020": 66.68, "0126R001": 60.05, "0126": 76.56}
    assert {code: round(100 * employed(code), 2) for code in published} == published
