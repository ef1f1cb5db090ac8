from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.web.goals import rules
from plats.web.goals.kinds import VersionState


def test_only_a_draft_is_changed() -> None:
    assert [state for state in VersionState if rules.may_change(state)] == [VersionState.DRAFT]


def test_a_circle_is_told_as_the_chain_it_closes() -> None:
    """c hangs under b and b under a: if a hung under c, one would come back to a by way of c and b."""
    assert rules.circle({"b": "a", "c": "b"}, "a", "c") == ["a", "c", "b", "a"]


def test_a_goal_under_itself_is_the_shortest_circle() -> None:
    assert rules.circle({}, "a", "a") == ["a", "a"]


@given(st.lists(st.integers(0, 30), min_size=2, unique=True))
def test_a_line_becomes_a_circle_only_where_an_upper_goal_goes_under_a_lower(line: list[int]) -> None:
    parents = dict(zip(line[1:], line, strict=False))
    assert rules.circle(parents, line[0], line[-1]) == [line[0], *reversed(line)]
    assert rules.circle(parents, line[-1], line[0]) == []


def test_a_circle_that_others_are_in_does_not_hang_the_question() -> None:
    assert rules.circle({"x": "y", "y": "x"}, "a", "x") == []


@pytest.mark.parametrize(
    ("scope", "has_place", "area_type", "fault"),
    [
        ("place", False, None, {"place": "place_missing"}),
        ("municipality", True, None, {"place": "place_not_asked"}),
        ("area_type", False, None, {"area_type": "type_missing"}),
        ("gap", False, 2, {"area_type": "type_not_asked"}),
        ("area_type", False, 0, {"area_type": "type_unknown"}),
        ("area_type", False, 6, {"area_type": "type_unknown"}),
        ("place", True, None, {}),
        ("area_type", False, 2, {}),
        ("gap", False, None, {}),
    ],
)
def test_a_scope_has_its_place(
    scope: str, has_place: bool, area_type: int | None, fault: dict[str, str]
) -> None:
    faults = rules.target_faults(
        scope=scope,
        has_place=has_place,
        area_type=area_type,
        known_types=range(1, 6),
        baseline_year=2022,
        target_year=2030,
    )
    assert faults == fault


@pytest.mark.parametrize("year", [2021, 2022])
def test_a_target_comes_after_its_baseline(year: int) -> None:
    faults = rules.target_faults(
        scope="gap",
        has_place=False,
        area_type=None,
        known_types=range(1, 6),
        baseline_year=2022,
        target_year=year,
    )
    assert faults == {"target_year": "before_baseline"}


def test_what_a_version_did_is_told_by_the_goals_that_endure() -> None:
    found = rules.changes([("a", "x"), ("b", "y"), ("c", "z")], [("b", "y"), ("c", "new"), ("d", "w")])
    assert (found.added, found.reworded, found.removed) == (("d",), ("c",), ("a",))


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_year_is_told_after_each_third_of_it_and_each_by_the_end_of_the_month_after(year: int) -> None:
    ends = [date(year, 4, 30), date(year, 8, 31), date(year, 12, 31)]
    due = [date(year, 5, 31), date(year, 9, 30), date(year + 1, 1, 31)]
    assert [(one.ends_on, one.due_on) for one in rules.reviews(year)] == list(zip(ends, due, strict=True))


YEAR = [(date(2026, 1, 1), date(2026, 12, 31))]
FROM, TO = date(2026, 1, 1), date(2027, 6, 30)


@pytest.mark.parametrize(
    ("holds", "told", "first", "due"),
    [
        (YEAR, set(), FROM, date(2026, 5, 31)),
        (YEAR, {(2026, "t1")}, FROM, date(2026, 9, 30)),
        (YEAR, {(2026, "t1"), (2026, "t2")}, FROM, date(2027, 1, 31)),
        (YEAR, {(2026, "t1"), (2026, "t2"), (2026, "year")}, FROM, None),
        (YEAR, set(), date(2026, 6, 1), date(2026, 9, 30)),
        ([(date(2026, 5, 1), date(2026, 12, 31))], set(), FROM, date(2026, 9, 30)),
        ([(None, date(2026, 4, 30))], set(), FROM, date(2026, 1, 31)),
        ([(date(2026, 1, 1), date(2026, 4, 29))], set(), FROM, None),
        ([], set(), FROM, None),
    ],
)
def test_the_next_to_tell_is_the_first_that_a_plan_holds_and_nobody_has_told(
    holds: list[tuple[date | None, date]], told: set[tuple[int, str]], first: date, due: date | None
) -> None:
    found = rules.next_review(holds, told, first, TO)
    assert (found.due_on if found else None) == due
