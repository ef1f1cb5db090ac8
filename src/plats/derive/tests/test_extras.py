"""What leaves the house: small groups hidden, and no hidden figure a total minus the rest."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from plats.catalog.formulas import Share
from plats.catalog.load import catalog
from plats.catalog.models import Indicator
from plats.derive.evaluate import Setting, evaluate
from plats.derive.extras import ExtraSetting, add_extras
from plats.derive.figures import HIDDEN, MISSING, UNSTABLE, VALUE, Layer
from plats.derive.formulas import Result
from plats.derive.tables import Row, municipalities_of
from plats.derive.tests.made import DESO, HOME, REGSO, Cells, deso, indicator, key, regso, setting
from plats.vocabulary.cells import State

DAY = date(2026, 11, 23)
WORK = Share(kind="share", numerator=("employed",), denominator=("labour_status_total",))
PROTECTED = indicator(WORK, suppression="scb_integration")
OPEN = indicator(WORK, suppression="none")
TO_REGSO = {deso(n): regso(1 if n <= 3 else 2) for n in range(1, 7)}

Groups = dict[int, tuple[float | State, float | State]]
LARGE: Groups = {n: (50 * n, 100 * n) for n in range(1, 7)}


def municipality(groups: Groups) -> Setting:
    """Six DeSO, three to each of two RegSO, with employed and all of working age."""
    cells = [
        Cells(DESO, "employed", {deso(n): part for n, (part, _) in groups.items()}),
        Cells(DESO, "labour_status_total", {deso(n): whole for n, (_, whole) in groups.items()}),
    ]
    return setting(cells, [key(DESO, REGSO, TO_REGSO)], [(REGSO, [regso(1), regso(2)]), (HOME, ["0126"])])


def extras(
    groups: Groups, definition: Indicator, layer: Layer = DESO, *, latest: bool = True
) -> tuple[Result, Row]:
    made = municipality(groups)
    (result,) = evaluate(definition, layer, made)
    limits = ExtraSetting(
        level=0.90,
        ranks=catalog().parameter("ranks", "rank_interval", DAY),
        disclosure={"scb_integration": catalog().parameter("disclosure", "scb_integration", DAY)},
        routes=made.routes,
        asked_by={},
        home="0126",
    )
    owners = municipalities_of(layer[0], made.figures.layers[layer].codes, {})
    return result, add_extras(definition, result, owners, latest=latest, setting=limits)


def hidden(groups: Groups, definition: Indicator = PROTECTED) -> set[int]:
    _, extra = extras(groups, definition)
    return {int(at) + 1 for at in np.flatnonzero(extra.shown == HIDDEN)}


class TestDisclosure:
    def test_large_groups_are_shown(self) -> None:
        assert hidden(LARGE) == set()

    @pytest.mark.parametrize("small", [(5, 100), (6, 20), (0, 400), (2, 10)])
    def test_a_small_group_is_hidden_and_the_next_smallest_in_its_regso_beside_it(
        self, small: tuple[int, int]
    ) -> None:
        # DeSO 3 lies in the RegSO of 1 and 2; of those 1 is the smaller.
        assert hidden({**LARGE, 3: small}) == {3, 1}

    def test_just_above_the_limit_is_shown(self) -> None:
        assert hidden({**LARGE, 3: (6, 21)}) == set()

    def test_two_small_ones_in_the_same_regso_protect_each_other(self) -> None:
        assert hidden({**LARGE, 1: (2, 90), 3: (3, 80)}) == {1, 3}

    def test_two_small_ones_in_different_regso_do_not(self) -> None:
        found = hidden({**LARGE, 1: (2, 90), 6: (3, 600)})
        assert {1, 6} < found
        assert len(found & {1, 2, 3}) == len(found & {4, 5, 6}) == 2

    def test_the_value_stays_inside_for_further_derivation(self) -> None:
        groups: Groups = {**LARGE, 3: (2, 100)}
        result, extra = extras(groups, PROTECTED)
        assert extra.shown[2] == HIDDEN
        assert (result.states[2] <= UNSTABLE, result.values[2]) == (True, 0.02)
        above, shown = extras(groups, PROTECTED, REGSO)
        # (50 + 100 + 2) / (100 + 200 + 100): the small group is in the sum it is part of.
        assert above.values[0] == 152 / 400
        assert shown.shown[0] == VALUE

    def test_no_rule_hides_nothing(self) -> None:
        assert hidden({**LARGE, 3: (1, 3)}, OPEN) == set()

    def test_what_is_missing_stays_missing(self) -> None:
        _, extra = extras({**LARGE, 2: (State.MISSING, State.MISSING), 3: (2, 100)}, PROTECTED)
        assert extra.shown[1] == MISSING
        assert extra.shown[2] == extra.shown[0] == HIDDEN


class TestIntervals:
    def test_a_share_lies_inside_its_interval(self) -> None:
        result, extra = extras(LARGE, OPEN)
        assert ((extra.low < result.values) & (result.values < extra.high)).all()

    def test_more_people_give_a_narrower_interval(self) -> None:
        _, extra = extras(LARGE, OPEN)
        widths = extra.high - extra.low
        assert (np.diff(widths) < 0).all()

    def test_more_with_work_than_people_gives_no_interval(self) -> None:
        # The agency's noise may put a part just above its whole.
        result, extra = extras({**LARGE, 1: (101, 100)}, OPEN)
        assert result.values[0] == 1.01
        assert np.isnan([extra.low[0], extra.high[0]]).all()
        assert extra.rank_low[0] == 0


SPREAD: Groups = {n: (1000 * n, 10_000) for n in range(1, 7)}


class TestRanks:
    def test_far_apart_areas_stand_in_their_place(self) -> None:
        _, extra = extras(SPREAD, OPEN)
        assert extra.rank_low.tolist() == extra.rank_high.tolist() == [6, 5, 4, 3, 2, 1]
        assert set(extra.rank_of.tolist()) == {6}

    def test_equal_areas_share_an_interval(self) -> None:
        _, extra = extras(dict.fromkeys(range(1, 7), (50, 100)), OPEN)
        assert len(set(zip(extra.rank_low.tolist(), extra.rank_high.tolist(), strict=True))) == 1
        assert extra.rank_low[0] < extra.rank_high[0]

    def test_an_earlier_period_is_not_ranked(self) -> None:
        _, extra = extras(SPREAD, OPEN, latest=False)
        assert not extra.rank_of.any()

    def test_an_area_without_a_figure_is_not_ranked(self) -> None:
        _, extra = extras({**SPREAD, 4: (State.MISSING, State.MISSING)}, OPEN)
        assert (extra.rank_low[3], extra.rank_of[3]) == (0, 0)
        assert set(np.delete(extra.rank_of, 3).tolist()) == {5}
