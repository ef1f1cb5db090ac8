"""Formulas at a layer: worked by hand in fractions, and what a missing or hidden part does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.catalog.formulas import Count, Published, Rate, Share, WeightedMean, WeightedPercent
from plats.derive.evaluate import Setting, evaluate
from plats.derive.tests.made import (
    DESO,
    DISTRICT,
    HOME,
    REGSO,
    Cells,
    Link,
    derived,
    deso,
    indicator,
    key,
    numbers,
    regso,
    setting,
    states_of,
)
from plats.vocabulary.cells import State

V, U, H, M, N = State.VALUE, State.UNSTABLE, State.HIDDEN, State.MISSING, State.NOT_APPLICABLE
WORK = Share(kind="share", numerator=("employed",), denominator=("labour_status_total",))
PEOPLE = Count(kind="count", variables=("population",))
POOR = WeightedPercent(
    kind="weighted_percent", percent="low_economic_standard_percent", weight="economic_standard_persons"
)
ONE_REGSO = key(DESO, REGSO, {deso(1): regso(1), deso(2): regso(1)})


def two_deso(variables: dict[str, tuple[float | State, float | State]], **more: object) -> Setting:
    """Two DeSO that make up one RegSO."""
    cells = [Cells(DESO, name, {deso(1): one, deso(2): other}) for name, (one, other) in variables.items()]
    return setting([*cells, *more.get("cells", ())], [ONE_REGSO], [(REGSO, [regso(1)]), (HOME, ["0126"])])  # type: ignore[misc]


class TestByHand:
    def test_a_share_is_counts_over_counts_and_never_a_mean_of_shares(self) -> None:
        made = two_deso({"employed": (90, 300), "labour_status_total": (100, 900)})
        result = derived(WORK, REGSO, made)
        # (90 + 300) / (100 + 900) = 0,39; the mean of 0,9 and 1/3 would be 0,617.
        assert numbers(result) == [float(Fraction(390, 1000))]
        assert (result.numerators[0], result.denominators[0]) == (390, 1000)
        assert numbers(derived(WORK, HOME, made)) == [0.39]

    def test_what_is_subtracted_comes_off_the_numerator(self) -> None:
        formula = Share(
            kind="share", numerator=("population",), subtract=("born_sweden",), denominator=("population",)
        )
        result = derived(formula, REGSO, two_deso({"population": (100, 300), "born_sweden": (60, 220)}))
        # (400 - 280) / 400 = 3/10
        assert numbers(result) == [float(Fraction(3, 10))]

    def test_percents_are_weighted_by_those_they_are_percents_of(self) -> None:
        made = two_deso({"low_economic_standard_percent": (20, 50), "economic_standard_persons": (500, 1500)})
        # 20 % of 500 are 100 and 50 % of 1500 are 750: 850 of 2000 = 0,425; the plain mean would be 0,35.
        assert numbers(derived(POOR, REGSO, made)) == [float(Fraction(850, 2000))]
        assert numbers(derived(POOR, DESO, made)) == [0.2, 0.5]

    def test_means_are_weighted_by_their_people(self) -> None:
        formula = WeightedMean(kind="weighted_mean", value="net_income_mean_tkr", weight="net_income_persons")
        made = two_deso({"net_income_mean_tkr": (200, 400), "net_income_persons": (300, 100)})
        # (200 * 300 + 400 * 100) / 400 = 250
        assert numbers(derived(formula, REGSO, made)) == [250.0]

    def test_an_area_where_nobody_is_counted_takes_nothing_from_the_mean(self) -> None:
        made = two_deso(
            {"low_economic_standard_percent": (20, State.MISSING), "economic_standard_persons": (500, 0)}
        )
        result = derived(POOR, REGSO, made)
        assert (numbers(result), states_of(result)) == ([0.2], [V])

    def test_a_rate_is_per_so_many(self) -> None:
        formula = Rate(kind="rate", numerator=("reported_crimes",), denominator=("population",), per=1000)
        made = two_deso({"reported_crimes": (12, 24), "population": (3000, 6000)})
        assert numbers(derived(formula, REGSO, made)) == [float(Fraction(36 * 1000, 9000))]

    def test_a_count_is_a_sum(self) -> None:
        result = derived(PEOPLE, REGSO, two_deso({"population": (1234, 4321)}))
        assert (numbers(result), states_of(result)) == ([5555.0], [V])

    def test_nobody_in_the_denominator_is_not_applicable(self) -> None:
        result = derived(WORK, REGSO, two_deso({"employed": (0, 0), "labour_status_total": (0, 0)}))
        assert (numbers(result), states_of(result)) == ([None], [N])
        assert result.reasons[0] == "Ingen finns i nämnaren."

    def test_the_collection_district_votes_in_the_municipality_only(self) -> None:
        turnout = Share(kind="share", numerator=("voters",), denominator=("electors",))
        districts = {"01260101": 800.0, "01260102": 900.0, "01260000": 50.0}
        electors = {"01260101": 1000.0, "01260102": 1000.0, "01260000": 0.0}
        made = setting(
            [Cells(DISTRICT, "voters", districts), Cells(DISTRICT, "electors", electors)],
            known=[(HOME, ["0126"])],
        )
        # (800 + 900 + 50) / 2000 = 0,875; the mean of the two districts would be 0,85.
        assert numbers(derived(turnout, HOME, made)) == [0.875]
        assert states_of(derived(turnout, DISTRICT, made)) == [N, V, V]


class TestPublished:
    INCOME = Published(kind="published", variable="net_income_median_tkr")

    def test_a_median_is_shown_where_it_is_stated_and_never_put_together(self) -> None:
        made = two_deso({"net_income_median_tkr": (250, 310)})
        assert numbers(derived(self.INCOME, DESO, made)) == [250, 310]
        above = derived(self.INCOME, REGSO, made)
        assert (numbers(above), states_of(above)) == ([None], [N])
        assert above.reasons[0] == "Källans medelvärde eller median kan inte räknas om från delområden."

    def test_what_the_source_hides_stays_hidden(self) -> None:
        result = derived(
            self.INCOME, DESO, two_deso({"net_income_median_tkr": (State.HIDDEN, State.MISSING)})
        )
        assert states_of(result) == [H, M]
        assert list(result.reasons) == ["Skyddad av källan.", "Källan har ingen siffra för området."]

    def test_a_stated_figure_for_the_layer_is_preferred(self) -> None:
        stated = Cells(REGSO, "net_income_median_tkr", {regso(1): 280})
        result = derived(self.INCOME, REGSO, two_deso({"net_income_median_tkr": (250, 310)}, cells=[stated]))
        assert numbers(result) == [280]


class TestCoverage:
    """A share may stand on nearly all of the people, a count only on all of them."""

    @staticmethod
    def with_gap(people: int, state: State = State.MISSING) -> Setting:
        """A RegSO of 1000 people of whom so many live in a DeSO without figures of work."""
        return two_deso(
            {
                "population": (1000 - people, people),
                "employed": (500, state),
                "labour_status_total": (1000 - people, state),
            }
        )

    @pytest.mark.parametrize(
        ("people", "state"), [(0, V), (10, V), (11, U), (100, U), (101, M), (999, M), (1000, M)]
    )
    def test_the_limits_are_99_and_90_percent(self, people: int, state: State) -> None:
        result = derived(WORK, REGSO, self.with_gap(people))
        assert states_of(result) == [state]
        assert result.coverage[0] == pytest.approx(1 - people / 1000)
        if state is not M:
            assert numbers(result) == [500 / (1000 - people)]

    def test_the_reason_says_how_much_is_covered(self) -> None:
        assert derived(WORK, REGSO, self.with_gap(50)).reasons[0] == (
            "Siffran bygger på 95 procent av områdets invånare."
        )
        assert derived(WORK, REGSO, self.with_gap(200)).reasons[0] == (
            "Bara 80 procent av områdets invånare täcks av källan."
        )

    def test_a_hidden_part_makes_the_whole_hidden_and_not_missing(self) -> None:
        result = derived(WORK, REGSO, self.with_gap(200, State.HIDDEN))
        assert (numbers(result), states_of(result)) == ([None], [H])
        assert result.reasons[0] == "En del av området är skyddad av källan."

    def test_nothing_of_a_hidden_part_is_in_what_is_still_shown(self) -> None:
        result = derived(WORK, REGSO, self.with_gap(50, State.HIDDEN))
        assert states_of(result) == [U]
        assert (result.numerators[0], result.denominators[0]) == (500, 950)

    def test_a_count_of_a_part_is_no_count(self) -> None:
        made = two_deso({"employed": (500, State.MISSING), "population": (960, 40)})
        result = derived(Count(kind="count", variables=("employed",)), REGSO, made)
        assert (numbers(result), states_of(result)) == ([None], [M])

    def test_people_outside_the_key_are_counted_as_not_covered(self) -> None:
        # 15 % of the RegSO's people live where no district leads: the spread of its people says so.
        to_regso = Link(DISTRICT, REGSO, (("01260101", regso(1), 1_000_000),), "population")
        spread = Link(REGSO, DISTRICT, ((regso(1), "01260101", 850_000),), "population")
        made = setting(
            [
                Cells(DISTRICT, "employed", {"01260101": 500}),
                Cells(DISTRICT, "labour_status_total", {"01260101": 850}),
            ],
            [to_regso, spread],
            [(REGSO, [regso(1)])],
        )
        result = derived(WORK, REGSO, made)
        assert (result.coverage[0], states_of(result)) == (0.85, [M])

    def test_split_by_land_area_is_unstable_and_says_why(self) -> None:
        by_land = Link(DESO, REGSO, ((deso(1), regso(1), 1_000_000), (deso(2), regso(1), 1_000_000)), "area")
        cells = [
            Cells(DESO, "employed", {deso(1): 50, deso(2): 60}),
            Cells(DESO, "labour_status_total", {deso(1): 100, deso(2): 100}),
        ]
        result = derived(WORK, REGSO, setting(cells, [by_land], [(REGSO, [regso(1)])]))
        assert (numbers(result), states_of(result)) == ([0.55], [U])
        assert result.reasons[0] == "Fördelad efter yta, inte efter var människor bor."


class TestStates:
    PARTS = Share(kind="share", numerator=("employed", "unemployed"), denominator=("labour_status_total",))

    @pytest.mark.parametrize(
        ("one", "other", "state"),
        [
            (10, 5, V),
            (10, State.MISSING, M),
            (10, State.NOT_APPLICABLE, M),
            (10, State.HIDDEN, H),
            (State.MISSING, State.HIDDEN, H),
        ],
    )
    def test_parts_are_added_as_cells_are(
        self, one: float | State, other: float | State, state: State
    ) -> None:
        made = two_deso({"employed": (one, 1), "unemployed": (other, 1), "labour_status_total": (50, 50)})
        result = derived(self.PARTS, DESO, made)
        assert states_of(result)[0] is state
        assert (numbers(result)[0] is None) is (state is not V)

    def test_few_people_are_marked_and_keep_their_value(self) -> None:
        made = two_deso({"employed": (30, 300), "labour_status_total": (60, 600)})
        strict = Setting(
            made.figures, made.routes, made.limits, smallest_denominator=100, widest_interval=1.0
        )
        result = derived(WORK, DESO, strict)
        assert (numbers(result), states_of(result)) == ([0.5, 0.5], [U, V])
        assert result.reasons[0].startswith("Få personer")

    def test_numerator_and_denominator_come_from_the_same_place(self) -> None:
        """The layer states the numerator only; the finer division has both, and is the one used."""
        stated = Cells(REGSO, "employed", {regso(1): 999})
        made = two_deso({"employed": (90, 300), "labour_status_total": (100, 900)}, cells=[stated])
        assert numbers(derived(WORK, REGSO, made)) == [0.39]

    def test_a_period_only_the_finer_division_has_is_taken_from_there(self) -> None:
        stated = Cells(REGSO, "population", {regso(1): 7000}, period="2023")
        made = two_deso({"population": (1000, 2000)}, cells=[stated])
        results = {one.period: numbers(one) for one in evaluate(indicator(PEOPLE), REGSO, made)}
        assert results == {"2022": [3000.0], "2023": [7000.0]}

    def test_sexes_are_kept_apart(self) -> None:
        cells = [
            Cells(DESO, "population", {deso(1): 480}, sex="women"),
            Cells(DESO, "population", {deso(1): 520}, sex="men"),
        ]
        results = {one.sex: numbers(one) for one in evaluate(indicator(PEOPLE), DESO, setting(cells))}
        assert results == {"women": [480.0], "men": [520.0]}


counts = st.integers(0, 10_000)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=2))
def test_the_whole_lies_between_its_parts(parts: list[tuple[int, int]]) -> None:
    groups = [(part, part + rest) for part, rest in parts]
    made = two_deso(
        {
            "employed": (groups[0][0], groups[1][0]),
            "labour_status_total": (groups[0][1], groups[1][1]),
            "population": (1, 1),
        }
    )
    (whole,) = numbers(derived(WORK, REGSO, made))
    exact = [Fraction(part, total) for part, total in groups if total]
    if not exact:
        assert whole is None
        return
    assert whole is not None
    assert float(min(exact)) - 1e-12 <= whole <= float(max(exact)) + 1e-12
    assert whole == float(Fraction(sum(g[0] for g in groups), sum(g[1] for g in groups)))
