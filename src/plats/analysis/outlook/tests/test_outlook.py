"""The pooled drift and its backtest: by hand, on made courses whose truth is known, and where they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.outlook.backtest import (
    FEWEST_POINTS,
    HorizonTest,
    Outlook,
    ShortSeriesError,
    backtest,
    chance_of_reaching,
    horizons_tried,
    outlook,
)
from plats.analysis.outlook.drift import carried, pooled_drift


def courses(places=400, years=12, *, own=0.0, chance=1.0, common=0.5, seed=7):
    """Random walks: a common yearly change, a course of each place's own, and chance."""
    random = np.random.default_rng(seed)
    drift = common + own * random.standard_normal((places, 1))
    steps = drift + chance * random.standard_normal((places, years - 1))
    start = 50 + 5 * random.standard_normal((places, 1))
    return np.concatenate([start, start + np.cumsum(steps, axis=1)], axis=1)


# Drift


def test_changes_worked_by_hand():
    # Place A: +1, +3 (mean 2, within 2). Place B: 0, 0 (mean 0). Within (2 + 0) / 2 = 1; between 2; n = 2:
    # B = 1 - (1 / 2) / 2 = 3/4; common 1; pooled 1 ± 3/4.
    drift = pooled_drift([[10, 11, 14], [20, 20, 20]])
    assert (drift.common, drift.weight) == (1.0, 0.75)
    assert drift.pooled.tolist() == [1.75, 0.25]
    assert carried([[10, 11, 14], [20, 20, 20]], 2).tolist() == [17.5, 20.5]


def test_chance_alone_is_not_taken_for_a_course():
    assert pooled_drift(courses(own=0.0)).weight < 0.35
    assert pooled_drift(courses(own=1.0)).weight > 0.8


def test_one_change_or_one_place_gives_all_the_common():
    assert pooled_drift([[1, 2], [1, 4]]).pooled.tolist() == [2.0, 2.0]
    assert pooled_drift([[1, 2, 5]]).pooled.tolist() == [2.0]


def test_a_missing_year_is_no_change_and_a_place_without_changes_gets_the_common():
    drift = pooled_drift([[1, np.nan, 3], [2, 4, 6]])
    assert np.isnan(drift.own[0])
    assert drift.pooled.tolist() == [2.0, 2.0]
    assert np.isnan(carried([[1, 2, np.nan], [2, 4, 6]], 1)[0])


@pytest.mark.parametrize("factor", [0.01, 3.0, -2.0])
def test_scale_and_shift(factor):
    panel = courses(places=20)
    assert pooled_drift(panel * factor).pooled == pytest.approx(pooled_drift(panel).pooled * factor)
    assert pooled_drift(panel + 100).pooled == pytest.approx(pooled_drift(panel).pooled)


@pytest.mark.parametrize("panel", [[1, 2], [[1], [2]], [[1, np.inf]], [[1, np.nan]]])
def test_what_is_no_panel_is_refused(panel):
    with pytest.raises(ValueError, match=r"\w+"):
        pooled_drift(panel)


def test_no_year_ahead_is_no_forecast():
    with pytest.raises(ValueError, match="minst 1"):
        carried([[1, 2]], 0)


# Backtest


def test_which_horizons_a_length_lets_one_try():
    assert [list(horizons_tried(years)) for years in (4, 5, 6, 7, 8, 9)] == [
        [],
        [],
        [],
        [1],
        [1, 2],
        [1, 2, 3],
    ]


@pytest.mark.parametrize("own", [0.0, 0.5])
def test_intervals_hold_what_they_say_where_chance_is_each_places_own(own):
    for row in backtest(courses(places=2000, own=own), 0.8):
        assert row.coverage == pytest.approx(0.8, abs=0.03)
        assert row.origins >= 2


def test_a_steady_course_is_hit_and_beats_that_nothing_changes():
    rows = backtest(courses(chance=0.2, common=2.0))
    assert all(row.bears for row in rows)
    assert all(row.mean_error < row.unchanged_error for row in rows)


def test_a_year_that_strikes_all_places_alike_shows_as_low_coverage():
    panel = courses(places=500, years=9, chance=0.1, common=0.0)
    panel[:, 7:] += 5.0
    row = backtest(panel)[0]
    assert row.coverage < 0.7
    assert not row.bears


def test_errors_grow_with_the_horizon_and_scale_with_the_figure():
    rows = backtest(courses())
    assert [row.mean_error for row in rows] == sorted(row.mean_error for row in rows)
    scaled = backtest(courses() * 10)
    assert [row.mean_error for row in scaled] == pytest.approx([10 * row.mean_error for row in rows])
    assert [row.coverage for row in scaled] == pytest.approx([row.coverage for row in rows])


def test_each_interval_is_made_without_the_outcome_it_is_tried_against():
    # From two origins: errors of one are all 0, of the other all 9. Neither lies within the other's interval.
    panel = np.array([[10.0 + year for year in range(7)]] * 5)
    panel[:, 6] += 9.0
    assert backtest(panel)[0].coverage == 0.0


@pytest.mark.parametrize(("coverage", "before"), [(0.0, 5), (1.0, 5), (0.8, 1)])
def test_what_cannot_be_asked(coverage, before):
    with pytest.raises(ValueError, match="Täckningen"):
        backtest(courses(), coverage, before)


# Outlook


@pytest.mark.parametrize("years", [2, 4, FEWEST_POINTS - 1])
def test_a_short_series_is_refused(years):
    with pytest.raises(ShortSeriesError, match="För kort serie"):
        outlook(courses(years=years), 1)


def test_beyond_what_has_been_tried_nothing_is_said():
    assert outlook(courses(years=8), 2).horizon == 2
    with pytest.raises(ShortSeriesError, match="2 år framåt, inte 3"):
        outlook(courses(years=8), 3)


def test_the_backtest_refuses_when_no_horizon_can_be_tried():
    with pytest.raises(ShortSeriesError, match="4 år räcker inte"):
        backtest(courses(years=4))


def test_an_interval_lies_around_what_is_expected_and_widens_with_coverage():
    narrow, wide = outlook(courses(), 2, 0.5), outlook(courses(), 2, 0.9)
    assert (wide.low <= narrow.low).all()
    assert (narrow.low <= narrow.high).all()
    assert (narrow.high <= wide.high).all()
    assert narrow.expected == pytest.approx(carried(courses(), 2))


def test_chances_lie_between_0_and_1_fall_with_the_target_and_mirror():
    seen = outlook(courses(), 1)
    low, high = chance_of_reaching(seen, 50.0, True), chance_of_reaching(seen, 60.0, True)
    assert ((low > 0) & (low < 1)).all()
    assert (low >= high).all()
    assert chance_of_reaching(seen, 60.0, False) == pytest.approx(1 - high)


def test_a_place_without_its_last_year_has_no_chance():
    seen = Outlook(1, np.array([np.nan]), np.array([np.nan]), np.array([np.nan]), np.array([0.0]))
    assert np.isnan(chance_of_reaching(seen, 1.0, True)).all()


def test_a_horizon_bears_only_when_it_hits_nearer_and_covers():
    def row(error, coverage):
        return HorizonTest(1, 3, 30, error, 1.0, coverage, 1.0, 0.8)

    assert row(0.9, 0.71).bears
    assert not row(1.0, 0.8).bears
    assert not row(0.9, 0.69).bears
