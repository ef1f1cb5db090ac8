"""Hand-worked cases of the pure decisions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.web.efforts.rules import WHOLE, preventive, too_much, worst

AMOUNTS = st.lists(
    st.tuples(
        st.sampled_from(["before", "after", "unknown"]),
        st.none() | st.integers(min_value=0, max_value=10**12),
    )
)


def test_shares_are_at_most_the_whole() -> None:
    assert not too_much([WHOLE])
    assert too_much([WHOLE, 1])
    assert not too_much([None, None])


def test_a_third_of_known_money_before_harm() -> None:
    """100 before and 200 after: 100/300. What nobody has said is in neither."""
    said = preventive([("before", 100), ("after", 200), ("unknown", 5000), ("after", None)])
    assert said.share == pytest.approx(1 / 3)
    assert (said.undecided_ore, said.unknown) == (5000, 1)


def test_no_known_money_has_no_share() -> None:
    assert preventive([]).share is None
    assert preventive([("before", None), ("unknown", 10)]).share is None


@given(AMOUNTS, AMOUNTS)
def test_what_two_lists_say_together_is_the_sum_of_what_each_says(
    one: list[tuple[str, int | None]], other: list[tuple[str, int | None]]
) -> None:
    first, second, both = preventive(one), preventive(other), preventive([*one, *other])
    assert both.before_ore == first.before_ore + second.before_ore
    assert both.after_ore == first.after_ore + second.after_ore
    assert both.undecided_ore == first.undecided_ore + second.undecided_ore
    assert both.unknown == first.unknown + second.unknown
    assert both.share is None or 0 <= both.share <= 1


def test_the_worst_quarter_is_rounded_up_and_follows_the_direction() -> None:
    values = {"a": 0.5, "b": 0.8, "c": 0.7, "d": 0.9, "e": 0.5}
    assert worst(values, share=0.25, lowest=True) == [
        "a",
        "e",
    ]  # 5 × 0,25 = 1,25: two; of equals the first by key
    assert worst(values, share=0.25, lowest=False) == ["d", "b"]
    assert worst({}, share=0.25, lowest=True) == []


@given(st.dictionaries(st.text(max_size=3), st.floats(allow_nan=False), max_size=12), st.booleans())
def test_no_value_left_out_is_worse_than_one_that_is_taken(values: dict[str, float], lowest: bool) -> None:
    taken = worst(values, share=0.25, lowest=lowest)
    left = [values[key] for key in values if key not in taken]
    sign = 1 if lowest else -1
    assert all(sign * values[key] <= sign * other for key in taken for other in left)
    assert len(taken) * 4 >= len(values)
