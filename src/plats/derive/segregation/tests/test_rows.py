"""What is worked out of made-up towns: values by hand, areas left out, levels, causes, and what the exit hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pytest

from plats.catalog.load import catalog
from plats.catalog.models import DatedValue
from plats.derive.figures import Layer
from plats.derive.segregation.rows import Rows
from plats.derive.segregation.run import FEWEST_AREAS, SegregationSetting, segregation_rows
from plats.derive.tests.made import (
    DESO,
    KOMMUNDEL,
    LIMITS,
    REGSO,
    Cells,
    Link,
    deso,
    key,
    kommundel,
    regso,
    setting,
)
from plats.vocabulary.cells import State

HOME = "0126"
INTERVAL = DatedValue.model_validate(
    {
        "from": "2026-01-01",
        "value": {"draws": 50, "level": 0.9, "seed": 1, "most_by_chance": 0.1, "fewest_in_group": 300},
        "unit": {},
        "decided_by": "test",
        "reference": "test",
    }
)
RULE = {"scb_integration": catalog().parameters["disclosure/scb_integration"].values[0]}
Count = float | State
# Three areas: 10 of 40, 10 of 20 and 10 of 60 have a foreign background.
FOREIGN, SWEDISH = (10, 10, 10), (30, 10, 50)


def cells(variable: str, counts: Sequence[Count], *, period: str = "2022", layer: Layer = DESO) -> Cells:
    name = deso if layer == DESO else regso
    return Cells(layer, variable, {name(n): one for n, one in enumerate(counts, start=1)}, period)


def background(foreign: Sequence[Count], swedish: Sequence[Count], **about: Any) -> list[Cells]:
    return [cells("foreign_background", foreign, **about), cells("swedish_background", swedish, **about)]


def worked_out(
    given: Iterable[Cells], links: Iterable[Link] = (), *, name: str = "foreign_background", **changed: Any
) -> Rows:
    made = setting(given, links)
    definition = catalog().segregations[name].model_copy(update=changed)
    return segregation_rows(
        {name: definition},
        SegregationSetting(made.figures, made.routes, LIMITS, INTERVAL, RULE, {}, HOME),
    )


def only(rows: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def by_hand(foreign: Sequence[int], swedish: Sequence[int]) -> Fraction:
    """D = half the sum of |share of the one group - share of the other| over areas."""
    one, other = sum(foreign), sum(swedish)
    return (
        sum(
            (abs(Fraction(a, one) - Fraction(b, other)) for a, b in zip(foreign, swedish, strict=True)),
            Fraction(0),
        )
        / 2
    )


class TestWhole:
    def test_dissimilarity_and_isolation_by_hand(self) -> None:
        """D: 0, 2/9 and 2/9, halved. Isolation: (10/40 + 10/20 + 10/60) / 3 = 11/36."""
        rows = worked_out(background(FOREIGN, SWEDISH)).whole
        assert by_hand(FOREIGN, SWEDISH) == Fraction(2, 9)
        assert only(rows, measure="dissimilarity")["value"] == pytest.approx(2 / 9, abs=1e-15)
        assert only(rows, measure="isolation")["value"] == pytest.approx(11 / 36, abs=1e-15)
        assert only(rows, measure="dissimilarity")["areas"] == 3
        assert only(rows, measure="dissimilarity")["counted"] == 120

    def test_the_interval_lies_around_the_value_without_chance(self) -> None:
        row = only(worked_out(background((300, 100, 100), (300, 100, 500))).whole, measure="dissimilarity")
        assert row["low"] < row["corrected"] < row["high"]
        assert row["level"] == 0.9

    def test_no_interval_around_a_small_group_and_why(self) -> None:
        row = only(worked_out(background(FOREIGN, SWEDISH)).whole, measure="dissimilarity")
        assert row["low"] is row["high"] is row["corrected"] is None
        assert row["no_interval"].startswith("Den minsta gruppen har 30 personer.")

    def test_no_interval_where_chance_does_not_decide_and_why(self) -> None:
        given = [
            cells("dwellings_rental", (10, 20, 0)),
            cells("dwellings_tenant_owned", (10, 0, 5)),
            cells("dwellings_owned", (0, 30, 5)),
        ]
        row = only(worked_out(given, name="tenure").whole, measure="dissimilarity")
        assert row["low"] is row["high"] is row["corrected"] is None
        assert row["no_interval"] == catalog().segregations["tenure"].no_interval.sv  # type: ignore[union-attr]

    def test_larger_areas_get_the_sums_of_the_smaller_that_lie_whole_in_them(self) -> None:
        """RegSO 1 has DeSO 1 and 2: 20 of 60. RegSO 2 has DeSO 3: 10 of 60."""
        home = key(DESO, REGSO, {deso(1): regso(1), deso(2): regso(1), deso(3): regso(2)})
        rows = worked_out(
            [*background(FOREIGN, SWEDISH), cells("population", (1, 1), layer=REGSO)], [home]
        ).whole
        row = only(rows, measure="dissimilarity", division="regso")
        assert row["value"] == pytest.approx(float(by_hand((20, 10), (40, 50))))

    def test_the_layers_own_figures_come_before_sums(self) -> None:
        home = key(DESO, REGSO, {deso(1): regso(1), deso(2): regso(1), deso(3): regso(2)})
        given = [*background(FOREIGN, SWEDISH), *background((30, 0), (0, 90), layer=REGSO)]
        assert only(worked_out(given, [home]).whole, measure="dissimilarity", division="regso")["value"] == 1

    def test_a_group_can_be_the_rest_of_a_total(self) -> None:
        """Under 20: 4 + 3 + 2 + 1 = 10 in each area; of 40, 20 and 60 inhabitants."""
        ages = [("age_0_4", 4), ("age_5_9", 3), ("age_10_14", 2), ("age_15_19", 1)]
        given = [cells(variable, (count,) * 3) for variable, count in ages] + [
            cells("population", (40, 20, 60))
        ]
        assert only(worked_out(given, name="children").whole, measure="dissimilarity")[
            "value"
        ] == pytest.approx(2 / 9)

    def test_a_group_can_be_a_percent_and_percents_past_the_total_leave_nobody(self) -> None:
        """10 % and 30 % of 200 leave 120; 50 % and 51 % of 100 leave none and not one less."""
        given = [
            cells("low_economic_standard_percent", (10, 50)),
            cells("high_economic_standard_percent", (30, 51)),
            cells("economic_standard_persons", (200, 100)),
        ]
        row = only(worked_out(given, name="economic_standard").whole, measure="dissimilarity")
        assert row["counted"] == 20 + 60 + 120 + 50 + 51

    def test_a_second_way_to_a_group_is_used_where_the_first_is_not_there(self) -> None:
        given = [
            cells("born_europe_outside_sweden", (4, 5, 6)),
            cells("born_rest_of_world", (6, 5, 4)),
            cells("born_sweden", SWEDISH),
        ]
        assert only(worked_out(given, name="birth_country").whole, measure="dissimilarity")[
            "value"
        ] == pytest.approx(2 / 9)

    def test_nothing_is_made_where_a_group_has_no_figures(self) -> None:
        rows = worked_out([cells("foreign_background", FOREIGN)])
        assert (rows.whole, rows.parts, rows.local) == ([], [], [])

    def test_a_group_that_is_empty_everywhere_is_missing_with_its_reason(self) -> None:
        row = only(worked_out(background((0, 0), (10, 20))).whole, measure="dissimilarity")
        assert (row["state"], row["value"], row["low"]) == ("missing", None, None)
        assert row["reason"] == "Ingen finns i grupp 1 av 2."


class TestLeftOut:
    @pytest.mark.parametrize("gone", [State.MISSING, State.HIDDEN])
    def test_an_area_without_a_figure_is_left_out_and_counted(self, gone: State) -> None:
        """The three others hold 120 of 125 inhabitants."""
        people = cells("population", (40, 20, 60, 5))
        rows = worked_out([*background((*FOREIGN, gone), (*SWEDISH, 3)), people])
        row = only(rows.whole, measure="dissimilarity")
        assert (row["state"], row["excluded"], row["areas"]) == ("unstable", 1, 3)
        assert row["value"] == pytest.approx(2 / 9)
        assert row["coverage"] == pytest.approx(120 / 125)
        assert only(rows.local, area=deso(4))["state"] == "missing"
        assert only(rows.local, area=deso(4))["contribution"] is None

    def test_too_many_left_out_is_no_measure_of_the_municipality(self) -> None:
        people = cells("population", (40, 20, 60, 30))
        row = only(
            worked_out([*background((*FOREIGN, State.MISSING), (*SWEDISH, 3)), people]).whole,
            measure="dissimilarity",
        )
        assert (row["state"], row["value"]) == ("missing", None)
        assert row["reason"] == "Siffror saknas eller är skyddade i 1 av 4 områden."

    def test_what_the_exit_hides_changes_nothing_that_is_stored(self) -> None:
        """Two areas with four or fewer of a group are protected; what they hold can be anything without being seen."""

        def stored(small: int) -> list[list[dict[str, Any]]]:
            given = background((300, 400, 200, small, 2), (500, 600, 900, 40, 50))
            people = cells("population", (800, 1000, 1100, 44, 52))
            rows = worked_out([*given, people], suppression="scb_integration")
            return [rows.whole, rows.local, rows.parts]

        assert stored(1) == stored(4)
        local = stored(1)[1]
        assert [row["state"] for row in local] == ["value", "value", "value", "hidden", "hidden"]

    def test_a_lone_protected_area_takes_another_with_it(self) -> None:
        """Else the municipality's own figure minus the others would give it back."""
        home = key(DESO, REGSO, {deso(n): regso(1) for n in (1, 2, 3, 4)})
        given = [
            *background((300, 400, 200, 2), (500, 600, 900, 40)),
            cells("population", (800, 1000, 1100, 42)),
            cells("population", (2942,), layer=REGSO),
        ]
        rows = worked_out(given, [home], suppression="scb_integration")
        hidden = [row for row in rows.local if row["division"] == "deso" and row["state"] == "hidden"]
        assert len(hidden) == 2


class TestParts:
    LADDER = (
        key(DESO, REGSO, {deso(1): regso(1), deso(2): regso(1), deso(3): regso(2), deso(4): regso(3)}),
        key(REGSO, KOMMUNDEL, {regso(1): kommundel(1), regso(2): kommundel(1), regso(3): kommundel(2)}),
    )
    NAMED = (
        cells("population", (1, 1, 1), layer=REGSO),
        Cells(KOMMUNDEL, "population", {kommundel(1): 1, kommundel(2): 1}),
    )

    def _levels(self, foreign: Sequence[int], swedish: Sequence[int]) -> dict[str, float]:
        rows = worked_out([*background(foreign, swedish), *self.NAMED], self.LADDER)
        found = [row for row in rows.parts if row["kind"] == "level" and row["division"] == "deso"]
        whole = only(rows.whole, measure="entropy_index", division="deso")["value"]
        assert sum(row["value"] for row in found) == pytest.approx(whole, abs=1e-12)
        return {row["part"]: row["value"] for row in sorted(found, key=lambda row: row["step"])}

    def test_levels_go_from_the_largest_down_and_sum_to_the_whole(self) -> None:
        assert list(self._levels((10, 40, 20, 5), (30, 10, 50, 70))) == ["kommundel", "regso", "deso"]

    def test_what_differs_only_between_the_largest_lies_there(self) -> None:
        """Every area of kommundel 1 is half and half, kommundel 2 is one in ten."""
        found = self._levels((10, 20, 30, 10), (10, 20, 30, 90))
        assert found["kommundel"] > 0.1
        assert found["regso"] == pytest.approx(0, abs=1e-12)
        assert found["deso"] == pytest.approx(0, abs=1e-12)

    def test_what_differs_only_inside_the_smallest_lies_there(self) -> None:
        """DeSO 1 and 2 are each other's mirror, so RegSO 1 is half and half like the rest."""
        found = self._levels((10, 30, 20, 20), (30, 10, 20, 20))
        assert found["deso"] > 0.01
        assert found["kommundel"] == pytest.approx(0, abs=1e-12)
        assert found["regso"] == pytest.approx(0, abs=1e-12)

    def test_contributions_by_hand_and_sum(self) -> None:
        """P = 1/4, I = 3/8. Deviations 0, (1/4)/(3/8) = 2/3 and (1/12)/(3/8) = 2/9, weights 1/3, 1/6 and 1/2."""
        local = worked_out(background(FOREIGN, SWEDISH)).local
        assert [row["contribution"] for row in local] == pytest.approx([0, 1 / 9, 1 / 9])
        assert [row["score"] for row in local] == pytest.approx([0, 2 / 3, 2 / 9])
        assert [row["weight"] for row in local] == pytest.approx([1 / 3, 1 / 6, 1 / 2])

    def test_causes_sum_to_the_difference_between_first_and_last_year(self) -> None:
        given = [
            *background((10, 20, 30), (30, 10, 50), period="2020"),
            *background((11, 25, 31), (35, 9, 47), period="2021"),
            *background((12, 30, 30), (40, 8, 45), period="2022"),
        ]
        rows = worked_out(given)
        causes = [row for row in rows.parts if row["kind"] == "change"]
        first, last = (
            only(rows.whole, measure="dissimilarity", period=year)["value"] for year in ("2020", "2022")
        )
        assert {(row["since"], row["period"]) for row in causes} == {("2020", "2022")}
        assert sum(row["value"] for row in causes) == pytest.approx(last - first, abs=1e-12)

    def test_twice_as_many_of_everybody_is_no_change(self) -> None:
        given = [
            *background((10, 20, 30), (30, 10, 50), period="2020"),
            *background((20, 40, 60), (60, 20, 100), period="2021"),
        ]
        causes = [row["value"] for row in worked_out(given).parts if row["kind"] == "change"]
        assert causes == pytest.approx([0] * 5, abs=1e-12)

    def test_years_on_each_side_of_a_break_are_not_compared(self) -> None:
        given = [*background(FOREIGN, SWEDISH, period="2020"), *background(FOREIGN, SWEDISH, period="2022")]
        breaks = ({"period": "2021", "reason": {"sv": "Ny källa.", "en": "A new source."}},)
        definition = catalog().segregations["foreign_background"]
        changed = definition.model_validate(definition.model_dump() | {"comparability_breaks": breaks})
        rows = worked_out(given, comparability_breaks=changed.comparability_breaks)
        assert not [row for row in rows.parts if row["kind"] == "change"]

    def test_a_change_over_other_areas_is_not_divided_and_says_so(self) -> None:
        people = cells("population", (40, 20, 60, 5))
        given = [
            *background((*FOREIGN, 1), (*SWEDISH, 4), period="2020"),
            *background((*FOREIGN, State.MISSING), (*SWEDISH, 4), period="2022"),
            people,
        ]
        row = only(worked_out(given).parts, kind="change")
        assert (row["part"], row["value"], row["state"]) == ("", None, "missing")
        assert "inte desamma" in row["reason"]


class TestOthers:
    def _other(self, areas: int) -> list[Cells]:
        codes = [f"0127C{1000 + n}" for n in range(areas)]
        foreign = {code: 10.0 + n for n, code in enumerate(codes)}
        swedish = {code: 40.0 - n for n, code in enumerate(codes)}
        return [Cells(DESO, "foreign_background", foreign), Cells(DESO, "swedish_background", swedish)]

    def test_another_municipality_is_measured_without_interval_or_parts(self) -> None:
        rows = worked_out([*background(FOREIGN, SWEDISH), *self._other(FEWEST_AREAS)])
        row = only(rows.whole, measure="dissimilarity", municipality="0127")
        assert row["value"] > 0
        assert row.get("low") is None
        assert {row["municipality"] for row in (*rows.local, *rows.parts)} <= {HOME}

    def test_one_with_fewer_areas_is_not(self) -> None:
        rows = worked_out([*background(FOREIGN, SWEDISH), *self._other(FEWEST_AREAS - 1)])
        assert {row["municipality"] for row in rows.whole} == {HOME}
