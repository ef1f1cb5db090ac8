"""What is worked out of made-up towns: values by hand, areas left out, and what the exit hides."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from plats.catalog.load import catalog
from plats.derive.segregation.tests.worked import (
    FOREIGN,
    SWEDISH,
    background,
    by_hand,
    cells,
    only,
    worked_out,
)
from plats.derive.tests.made import DESO, REGSO, deso, key, regso
from plats.vocabulary.cells import State


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
