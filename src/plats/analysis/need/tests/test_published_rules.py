"""The socioeconomic index and the original exclusion area rule, against what is published."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from plats.analysis.need.exclusion_area import MissingPart, exclusion_area
from plats.analysis.need.sei import socioeconomic_index

# SCB TAB6586, five RegSO in Karlstad 2024: V1, V2, V3 and the published index
PUBLISHED = [
    (45.4, 18.2, 7.5, 23.7),
    (35.7, 15.9, 8.5, 20.0),
    (30.2, 17.0, 6.6, 17.9),
    (5.8, 6.0, 1.5, 4.4),
    (3.9, 3.6, 0.7, 2.7),
]


@pytest.mark.parametrize(("v1", "v2", "v3", "published"), PUBLISHED)
def test_the_index_is_the_published_one_within_the_rounding_of_its_parts(v1, v2, v3, published):
    assert socioeconomic_index([v1], [v2], [v3])[0] == pytest.approx(published, abs=0.05)


def test_the_index_does_not_depend_on_which_of_the_three_is_which():
    values = [
        socioeconomic_index(*([part] for part in order))[0]
        for order in itertools.permutations((45.4, 18.2, 7.5))
    ]
    assert values == pytest.approx([71.1 / 3] * 6, abs=1e-12)


def test_a_missing_part_gives_no_index():
    assert np.isnan(socioeconomic_index([10, math.nan], [math.nan, 5], [1, 1])).all()


@pytest.mark.parametrize("wrong", [([101], [1], [1]), ([1], [-1], [1])])
def test_what_is_no_percentage_is_refused(wrong):
    with pytest.raises(ValueError, match="procent mellan 0 och 100"):
        socioeconomic_index(*wrong)


def test_parts_for_other_areas_are_refused():
    with pytest.raises(ValueError, match="samma områden"):
        socioeconomic_index([1, 2], [1], [1])


@pytest.mark.parametrize(
    ("employment", "turnout", "grades", "meets"),
    [
        (0.59, 0.69, 0.90, True),
        (0.59, 0.90, 0.69, True),
        (0.59, 0.90, 0.90, False),
        (0.60, 0.10, 0.10, False),  # exactly at the limit does not meet it
        (0.59, 0.70, 0.70, False),
        (0.59, 0.69, None, True),  # the other figure cannot change the answer
        (0.59, None, 0.69, True),
        (0.80, None, None, False),
        (None, 0.90, 0.90, False),
    ],
)
def test_the_rule_where_the_known_figures_settle_it(employment, turnout, grades, meets):
    told = exclusion_area(employment=employment, municipal_turnout=turnout, complete_grades=grades)
    assert (told.meets, told.missing) == (meets, ())


@pytest.mark.parametrize(
    ("employment", "turnout", "grades", "missing"),
    [
        (0.59, None, None, (MissingPart.MUNICIPAL_TURNOUT, MissingPart.COMPLETE_GRADES)),
        (0.59, 0.90, math.nan, (MissingPart.COMPLETE_GRADES,)),
        (None, 0.69, 0.90, (MissingPart.EMPLOYMENT,)),
        (None, None, None, tuple(MissingPart)),
    ],
)
def test_the_rule_says_what_is_missing_where_they_do_not(employment, turnout, grades, missing):
    told = exclusion_area(employment=employment, municipal_turnout=turnout, complete_grades=grades)
    assert told.meets is None
    assert told.missing == missing


def test_in_huddinge_the_employment_is_known_and_the_rest_is_not():
    # Employment 2022: Flemingsberg västra 60.05 percent settles it; lower would not, without municipal
    # turnout and grades
    assert exclusion_area(employment=0.6005, municipal_turnout=None, complete_grades=None).meets is False
    assert exclusion_area(employment=0.5999, municipal_turnout=None, complete_grades=None).meets is None


def test_any_further_figure_never_turns_a_settled_answer():
    levels = (None, 0.0, 0.65, 1.0)
    for known in itertools.product(levels, repeat=3):
        told = exclusion_area(
            **dict(zip(("employment", "municipal_turnout", "complete_grades"), known, strict=True))
        )
        for filled in itertools.product((0.0, 0.65, 1.0), repeat=3):
            full = [value if value is not None else other for value, other in zip(known, filled, strict=True)]
            answer = exclusion_area(
                employment=full[0], municipal_turnout=full[1], complete_grades=full[2]
            ).meets
            assert told.meets in (None, answer)


def test_a_percentage_in_place_of_a_share_is_refused():
    with pytest.raises(ValueError, match="Dela procent med 100"):
        exclusion_area(employment=59, municipal_turnout=None, complete_grades=None)
