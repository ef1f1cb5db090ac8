"""Many tables of ordered classes are measured as each table is by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from plats.analysis.segregation import ordinal
from plats.analysis.segregation.inference.bootstrap import bootstrap_interval
from plats.analysis.segregation.inference.classes import CLASS_MEASURES
from plats.analysis.segregation.inference.stacks import Stack, measured_stack
from plats.analysis.segregation.tests.towns import towns

laws = settings(deadline=None, max_examples=25)


@laws
@given(towns(2, most_groups=7))
def test_each_table_is_measured_as_by_itself(town):
    tables = np.array([town, town[::-1] * 3, np.vstack([town[1:], town[:1] * 2])])
    stack = Stack(np.moveaxis(tables, 2, 0))
    for name, measure in CLASS_MEASURES.items():
        expected = [getattr(ordinal, name)(table) for table in tables]
        assert measured_stack(stack, measure) == pytest.approx(expected, abs=1e-8), name


@pytest.mark.parametrize("name", CLASS_MEASURES)
def test_only_the_tables_without_an_answer_have_none(name):
    """A class that nobody is in, people in a single area, and a town with an answer."""
    odd = np.array([[[5, 5, 0], [2, 8, 0]], [[5, 1, 2], [0, 0, 0]], [[5, 1, 3], [3, 8, 1]]])
    found = measured_stack(Stack(np.moveaxis(odd, 2, 0)), CLASS_MEASURES[name])
    assert np.isnan(found).tolist() == [True, True, False]


@pytest.mark.parametrize("name", CLASS_MEASURES)
def test_an_interval_by_name_is_the_interval_by_the_function_itself(name):
    town = [[500, 300, 200], [200, 300, 500], [400, 400, 400]]
    by_name = bootstrap_interval(town, name, draws=40)
    by_function = bootstrap_interval(town, getattr(ordinal, name), draws=40)
    assert [by_name.value, by_name.corrected, by_name.low, by_name.high] == pytest.approx(
        [by_function.value, by_function.corrected, by_function.low, by_function.high], abs=1e-9
    )
