"""Hand-worked cases of the pure decisions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.web.efforts.rules import WHOLE, preventive, too_much

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
