"""Figures made of other indicators: relative to the municipality, and the local need index."""

from __future__ import annotations

import numpy as np
import pytest

from plats.catalog.formulas import Index, Relative, Unavailable
from plats.catalog.load import catalog
from plats.derive.figures import HIDDEN, MISSING, NOT_APPLICABLE, UNSTABLE, VALUE, Layer
from plats.derive.formulas import Result
from plats.derive.indices import index_block, relative_results, unavailable_block
from plats.derive.tables import Block, municipalities_of, no_extra
from plats.derive.tests.made import DESO, HOME, REGSO, Cells, deso, regso, setting
from plats.vocabulary.codes import Division

NEED = catalog().indices["local_need_index"]
PARTS = [str(part.indicator) for part in NEED.parts]
INDEX = Index(kind="index", index="local_need_index")
CODES = [regso(n) for n in range(1, 6)]


def block(
    indicator: str,
    layer: Layer,
    codes: list[str],
    values: list[float | None],
    *,
    states: dict[int, int] | None = None,
    period: str = "2022",
) -> Block:
    """An indicator's result with these values; None is missing."""
    numbers = np.array([np.nan if one is None else one for one in values])
    given = np.where(np.isnan(numbers), MISSING, VALUE).astype(np.int8)
    for at, state in (states or {}).items():
        given[at] = state
        numbers[at] = np.nan if state > UNSTABLE else numbers[at]
    reasons = np.full(len(codes), "", dtype=object)
    ones = np.ones(len(codes))
    result = Result(layer, period, "total", "total", numbers, ones, ones, given, ones, reasons, "share/1")
    names = np.array(codes)
    return Block(indicator, result, names, municipalities_of(layer[0], names, {}), no_extra(result))


def parts(**changed: Block) -> list[Block]:
    """The need index's parts over five RegSO, growing from area to area."""
    made = {name: block(name, REGSO, CODES, [0.1, 0.2, 0.3, 0.4, 0.5]) for name in PARTS}
    return list((made | changed).values())


def need(done: list[Block]) -> Block | None:
    return index_block(
        catalog().indicators["need_index"], INDEX, REGSO, done, definitions=catalog(), home="0126"
    )


class TestNeedIndex:
    def test_more_of_every_part_is_more_need(self) -> None:
        made = need(parts())
        assert made is not None
        higher = np.diff(made.result.values)
        assert (higher > 0).all() or (higher < 0).all()
        assert (made.result.states == VALUE).all()

    def test_a_standing_within_the_municipality_adds_up_to_nothing(self) -> None:
        made = need(parts())
        assert made is not None
        assert NEED.scaling == "z"
        assert made.result.values.sum() == pytest.approx(0, abs=1e-12)

    @pytest.mark.parametrize("state", [MISSING, HIDDEN, NOT_APPLICABLE])
    def test_an_area_that_lacks_one_part_gets_no_index(self, state: int) -> None:
        lacking = block(PARTS[1], REGSO, CODES, [0.1, 0.2, 0.3, 0.4, 0.5], states={2: state})
        made = need(parts(**{PARTS[1]: lacking}))
        assert made is not None
        assert made.result.states.tolist() == [VALUE, VALUE, MISSING, VALUE, VALUE]
        assert np.isnan(made.result.values[2])
        assert made.result.reasons[2] == "En av indexets delar saknas för området."
        assert (made.extra.rank_low[2], made.extra.rank_of[2]) == (0, 0)
        assert set(np.delete(made.extra.rank_of, 2).tolist()) == {4}

    def test_a_part_the_municipality_lacks_altogether_gives_no_index(self) -> None:
        assert need(parts()[1:]) is None

    def test_an_unstable_part_makes_the_index_unstable(self) -> None:
        shaky = block(PARTS[0], REGSO, CODES, [0.1, 0.2, 0.3, 0.4, 0.5], states={4: UNSTABLE})
        made = need(parts(**{PARTS[0]: shaky}))
        assert made is not None
        assert made.result.states.tolist() == [VALUE] * 4 + [UNSTABLE]
        assert made.result.reasons[4] == "En av indexets delar är osäker."

    def test_other_municipalities_change_nothing(self) -> None:
        alone = need(parts())
        codes = [*CODES, "0127R001", "0127R002"]
        wider = {name: block(name, REGSO, codes, [0.1, 0.2, 0.3, 0.4, 0.5, 0.9, 0.0]) for name in PARTS}
        among = need(list(wider.values()))
        assert alone is not None
        assert among is not None
        assert among.result.values[:5].tolist() == alone.result.values.tolist()
        assert np.isnan(among.result.values[5:]).all()

    def test_areas_far_apart_keep_their_place_however_the_weights_are_shaken(self) -> None:
        made = need(parts())
        assert made is not None
        assert made.extra.rank_low.tolist() == made.extra.rank_high.tolist()
        assert sorted(made.extra.rank_low.tolist()) == [1, 2, 3, 4, 5]

    def test_background_is_no_part_of_need(self) -> None:
        never = {name for name, group in catalog().variable_groups.items() if group.never_need}
        used = {
            variable
            for part in PARTS
            for variable in catalog().indicators[part].variables
            if catalog().variables[variable].group in never
        }
        assert never
        assert used == set()


class TestRelative:
    INCOME = Relative(kind="relative", indicator="net_income_mean", to=Division.MUNICIPALITY)

    def relative(self, areas: Block, whole: Block | None) -> list[Result]:
        definition = catalog().indicators["net_income_relative"]
        return relative_results(definition, self.INCOME, [areas, *([whole] if whole else [])])

    def test_one_means_as_the_municipality(self) -> None:
        areas = block("net_income_mean", REGSO, CODES[:3], [250.0, 300.0, 450.0])
        (result,) = self.relative(areas, block("net_income_mean", HOME, ["0126"], [300.0]))
        assert result.values.tolist() == [250 / 300, 1.0, 1.5]

    def test_states_of_the_area_stay(self) -> None:
        areas = block(
            "net_income_mean", REGSO, CODES[:3], [250.0, 300.0, None], states={0: HIDDEN, 1: UNSTABLE}
        )
        (result,) = self.relative(areas, block("net_income_mean", HOME, ["0126"], [300.0]))
        assert result.states.tolist() == [HIDDEN, UNSTABLE, MISSING]
        assert np.isnan(result.values[[0, 2]]).all()

    def test_without_the_municipality_there_is_nothing_to_be_relative_to(self) -> None:
        areas = block("net_income_mean", REGSO, CODES[:2], [250.0, 300.0])
        (result,) = self.relative(areas, block("net_income_mean", HOME, ["0126"], [None]))
        assert result.states.tolist() == [MISSING, MISSING]
        assert self.relative(areas, None) == []

    def test_only_the_same_period_is_compared(self) -> None:
        areas = block("net_income_mean", REGSO, CODES[:2], [250.0, 300.0], period="2021")
        assert self.relative(areas, block("net_income_mean", HOME, ["0126"], [300.0])) == []


def test_a_rule_that_cannot_be_tried_is_missing_with_its_reason() -> None:
    definition = catalog().indicators["exclusion_area_original"]
    formula = definition.formulas[0]
    assert isinstance(formula, Unavailable)
    figures = setting([Cells(DESO, "population", {deso(1): 100, "0127C1010": 100})]).figures
    made = unavailable_block(definition, formula, figures, DESO, home="0126", period="2022")
    assert made is not None
    assert set(made.result.states.tolist()) == {MISSING}
    assert set(made.result.reasons) == {formula.reason}
    assert unavailable_block(definition, formula, figures, REGSO, home="0126", period="2022") is None
