"""When an interval is shown: within the limits that were decided, one step on either side, and in words why not."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.segregation.inference.bootstrap import Varies
from plats.analysis.segregation.inference.fairness import Fairness, interval_is_fair, reason_against

TOWN = np.array([[900, 100], [400, 600]])
LIMITS = Fairness(most_by_chance=0.10, fewest_in_group=300, fewest_areas=3)


def test_the_smallest_group_at_the_limit_is_enough():
    assert reason_against([[900, 100], [400, 200]], 0.3, 0.3, limits=LIMITS) is None
    assert "299 personer" in str(reason_against([[900, 100], [400, 199]], 0.3, 0.3, limits=LIMITS))


def test_the_mean_area_at_the_limit_is_enough_and_an_empty_one_is_not_counted():
    town = [[150, 50]] * 8
    assert reason_against(town, 0.3, 0.3, limits=LIMITS) is None
    assert reason_against([*town, [0, 0]], 0.3, 0.3, limits=LIMITS) is None
    assert "i snitt 199 personer" in str(reason_against([*town[:7], [149, 50]], 0.3, 0.3, limits=LIMITS))


def test_what_chance_adds_may_be_up_to_its_limit():
    assert reason_against(TOWN, 0.1099, 0.1, limits=LIMITS) is None
    assert "ren slump" in str(reason_against(TOWN, 0.1101, 0.1, limits=LIMITS))
    assert "ren slump" in str(reason_against(TOWN, 0.01, -0.02, limits=LIMITS))


def test_areas_drawn_anew_need_many_areas_and_a_measure_that_holds():
    town = np.repeat(TOWN * 2, 2, axis=0)
    areas = {"varies": Varies.AREAS, "limits": LIMITS}
    assert reason_against(town[:3], 0.3, 0.3, measure="gini", **areas) is None
    assert "minst 3 områden" in str(reason_against(town[:2], 0.3, 0.3, measure="gini", **areas))
    assert reason_against([*town[:2], [0, 0]], 0.3, 0.3, measure="gini", **areas) is not None
    assert reason_against(town, 0.3, 0.3, measure="entropy_index", **areas) is not None
    assert reason_against(town[:2], 0.3, 0.3, measure="entropy_index", limits=LIMITS) is None


def test_a_group_that_chance_can_empty_has_no_interval():
    assert "tömma" in str(reason_against(TOWN, 0.3, float("nan")))


@pytest.mark.parametrize("measure", ["dissimilarity", "entropy_index", "gini", "isolation"])
def test_a_town_of_thousands_is_fair_and_one_of_dozens_or_without_pattern_is_not(measure):
    assert interval_is_fair(TOWN * 10, measure)
    assert not interval_is_fair(TOWN // 100, measure)
    if measure != "isolation":  # which chance hardly moves
        assert not interval_is_fair([[500, 500], [510, 490], [495, 505]], measure)
