"""Counts by group: all of an area or nothing of it, and only from areas that lie whole in the larger."""

from __future__ import annotations

import numpy as np
import pytest

from plats.catalog.load import catalog
from plats.derive.figures import Layer
from plats.derive.segregation.counts import GroupCounts, group_counts
from plats.derive.segregation.tests.worked import FOREIGN, SWEDISH, background, cells
from plats.derive.tests.made import DESO, REGSO, Cells, Link, deso, key, regso, setting
from plats.vocabulary.cells import State

THREE = cells("population", (1, 1, 1), layer=REGSO)
HALVES = Link(DESO, REGSO, ((deso(1), regso(1), 500_000), (deso(1), regso(2), 500_000)), "population")


def counted(given: list[Cells], layer: Layer, *links: Link) -> list[GroupCounts]:
    made = setting(given, links)
    definition = catalog().segregations["foreign_background"]
    return list(group_counts(definition, layer, made.figures, made.routes))


@pytest.mark.parametrize("gone", [State.HIDDEN, State.MISSING])
def test_an_area_that_lacks_one_group_has_none(gone: State) -> None:
    (found,) = counted(background((10, gone, 10), SWEDISH), DESO)
    assert np.isnan(found.counts[1]).all()
    assert found.counts[[0, 2]].tolist() == [[10, 30], [10, 50]]


def test_a_larger_area_is_unknown_where_any_part_of_it_is() -> None:
    """RegSO 1 has DeSO 1 and 2, where 2 is hidden; RegSO 2 has DeSO 3; nothing leads to RegSO 3."""
    home = key(DESO, REGSO, {deso(1): regso(1), deso(2): regso(1), deso(3): regso(2)})
    (found,) = counted([*background((10, State.HIDDEN, 10), SWEDISH), THREE], REGSO, home)
    assert np.isnan(found.counts[[0, 2]]).all()
    assert found.counts[1].tolist() == [10, 50]


def test_areas_that_are_split_are_no_way_to_counts() -> None:
    """Half of an area's people are not half of each group."""
    assert counted([*background(FOREIGN, SWEDISH), THREE], REGSO, HALVES) == []


def test_where_it_comes_from_follows() -> None:
    home = key(DESO, REGSO, {deso(1): regso(1), deso(2): regso(1), deso(3): regso(2)})
    (found,) = counted([*background(FOREIGN, SWEDISH), THREE], REGSO, home)
    assert {dataset for dataset, _ in found.datasets} == {"made"}
    assert found.route is not None
    assert found.route.source == DESO
