"""What a measure is put together of: levels, areas and causes sum to it; and the municipalities beside."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from plats.catalog.check_segregation import SHARED
from plats.catalog.load import catalog
from plats.derive.segregation.run import FEWEST_AREAS
from plats.derive.segregation.tests.worked import (
    FOREIGN,
    HOME,
    SWEDISH,
    background,
    cells,
    only,
    worked_out,
)
from plats.derive.tests.made import DESO, KOMMUNDEL, REGSO, Cells, deso, key, kommundel, regso
from plats.vocabulary.cells import State


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

    def test_wider_surroundings_begin_with_the_measure_and_end_with_nothing(self) -> None:
        """Twenty areas a kilometre apart in a row, ten half and half and then ten of one in ten."""
        foreign, swedish = [20] * 10 + [10] * 10, [20] * 10 + [90] * 10
        points = {(*DESO, deso(n)): (670_000.0 + 1000 * n, 6_560_000.0) for n in range(1, 21)}
        rows = worked_out(background(foreign, swedish), points=points)
        found = [row for row in rows.parts if row["kind"] == "scale"]
        values = {row["part"]: row["value"] for row in sorted(found, key=lambda row: row["step"])}
        assert list(values) == ["0", "1000", "2000", "4000", "8000"]
        assert values["0"] == pytest.approx(only(rows.whole, measure=SHARED)["value"], abs=1e-12)
        # Within a kilometre only the two at the middle meet others: 40 and 20 of 80 and then 20 and 40 of 180, or 40
        # and 30 of 240. P = 300/1400, and D is the mean of |p - P| over people, halved and divided by P(1 - P).
        share, ends = 3 / 14, 9 * 40 * (1 / 2 - 3 / 14) + 9 * 100 * (3 / 14 - 1 / 10)
        middle = 40 * abs(50 / 180 - share) + 100 * abs(40 / 240 - share)
        assert values["1000"] == pytest.approx((ends + middle) / (2 * 1400 * share * (1 - share)), abs=1e-12)
        assert values["0"] > values["1000"] > values["2000"] > values["4000"] > values["8000"] > 0

    def test_few_areas_have_no_wider_surroundings_and_an_area_without_a_place_says_so(self) -> None:
        few = worked_out(background((10, 40), (30, 10)))
        assert not [row for row in few.parts if row["kind"] == "scale"]
        nowhere = worked_out(background([20] * 20, range(20, 40)))
        row = only(nowhere.parts, kind="scale")
        assert (row["part"], row["value"], row["reason"]) == ("", None, "Läget saknas för något av områdena.")

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

    def test_one_that_lacks_a_figure_is_not(self) -> None:
        """A number of some of its areas is not the municipality's, and nobody there reads why."""
        foreign, swedish = self._other(FEWEST_AREAS + 1)
        some = {**foreign.content, "0127C1000": State.HIDDEN}
        rows = worked_out([*background(FOREIGN, SWEDISH), Cells(DESO, "foreign_background", some), swedish])
        assert {row["municipality"] for row in rows.whole} == {HOME}

    def test_the_municipality_itself_is_there_once(self) -> None:
        rows = worked_out(background((10, 20, 30, 40, 50), (50, 40, 30, 20, 60)))
        assert len([row for row in rows.whole if row["measure"] == "dissimilarity"]) == 1

    def test_only_their_latest_period_is_measured(self) -> None:
        given = [
            *background(FOREIGN, SWEDISH, period="2021"),
            *background(FOREIGN, SWEDISH, period="2022"),
            *self._other(FEWEST_AREAS),
        ]
        rows = worked_out(given)
        assert [row["period"] for row in rows.whole if row["municipality"] == "0127"] == ["2022"]
