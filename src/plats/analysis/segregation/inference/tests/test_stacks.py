"""Many tables at once are measured as each table is by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from plats.analysis.segregation import diversity, evenness, exposure, multigroup
from plats.analysis.segregation.inference.stacks import MEASURES, PAIR_MEASURES, Stack, measured_stack
from plats.analysis.segregation.tests.towns import towns

SEVERAL = {
    "dissimilarity": multigroup.multigroup_dissimilarity,
    "gini": multigroup.multigroup_gini,
    "entropy_index": multigroup.multigroup_entropy_index,
    "mutual_information": multigroup.multigroup_mutual_information,
    "normalised_exposure": diversity.normalised_exposure,
    "relative_diversity": diversity.relative_diversity,
    "squared_coefficient_of_variation": diversity.squared_coefficient_of_variation,
}
PAIRS = {
    "min_max": evenness.min_max,
    "atkinson": evenness.atkinson,
    "isolation": exposure.isolation,
    "interaction": exposure.interaction,
    "correlation_ratio": exposure.correlation_ratio,
    "concentration": exposure.concentration,
}
# A town without a group, one whose people live in one area, and one with an answer.
ODD = np.array([[[5, 5], [0, 0]], [[5, 0], [5, 0]], [[5, 1], [3, 8]]])

laws = settings(deadline=None, max_examples=30)


def test_every_measure_of_a_stack_is_compared_with_the_function_of_its_name():
    assert SEVERAL.keys() == MEASURES.keys()
    assert PAIRS.keys() == PAIR_MEASURES.keys()


def stacked(tables):
    """(draws, areas, groups) as a stack."""
    return Stack(np.moveaxis(np.asarray(tables), 2, 0))


@laws
@given(towns(2, most_groups=4))
def test_each_table_of_several_groups_is_measured_as_by_itself(town):
    tables = [town, town[::-1] * 3, np.vstack([town[1:], town[:1] * 2])]
    for name, measure in MEASURES.items():
        expected = [SEVERAL[name](table) for table in tables]
        assert measured_stack(stacked(tables), measure) == pytest.approx(expected, abs=1e-12), name


@laws
@given(towns())
def test_each_table_of_a_group_and_the_rest_is_measured_as_by_itself(town):
    tables = [town, town * [2, 1], np.vstack([town[1:], town[:1] * 2])]
    for name, measure in PAIR_MEASURES.items():
        expected = [PAIRS[name](table[:, 0], table.sum(axis=1)) for table in tables]
        assert measured_stack(stacked(tables), measure) == pytest.approx(expected, abs=1e-12), name


@pytest.mark.parametrize("name", [*MEASURES, *PAIR_MEASURES])
def test_only_the_tables_without_an_answer_have_none(name):
    found = measured_stack(stacked(ODD), (MEASURES | PAIR_MEASURES)[name])
    assert np.isnan(found).tolist() == [True, True, False]
