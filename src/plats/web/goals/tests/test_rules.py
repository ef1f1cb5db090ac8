from __future__ import annotations

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
