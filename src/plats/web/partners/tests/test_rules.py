"""Days, laws and counts."""

from __future__ import annotations

from datetime import date

import pytest

from plats.web.partners.kinds import CommitmentState
from plats.web.partners.regimes import regime, then_and_now
from plats.web.partners.rules import Term, count_by_state, overlap, term_on

PERIOD = {"starts_on": date(2023, 1, 1), "ends_on": date(2024, 12, 31)}


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2022, 12, 31), Term.COMING),
        (date(2023, 1, 1), Term.IN_FORCE),
        (date(2024, 12, 31), Term.IN_FORCE),
        (date(2025, 1, 1), Term.EXPIRED),
    ],
)
def test_an_agreement_is_in_force_on_its_first_and_its_last_day(day: date, term: Term) -> None:
    assert term_on(day, **PERIOD) is term


def test_periods_overlap_when_they_share_a_day() -> None:
    first = (date(2023, 1, 1), date(2023, 6, 30))
    assert overlap(first, (date(2023, 6, 30), date(2024, 1, 1)))
    assert not overlap(first, (date(2023, 7, 1), date(2024, 1, 1)))


def test_every_state_is_told_also_the_unknown_that_nobody_is_in() -> None:
    counts = dict(count_by_state(["kept", "kept", "under_way"]))
    assert counts[CommitmentState.KEPT] == 2
    assert counts[CommitmentState.UNKNOWN] == 0
    assert set(counts) == set(CommitmentState)


@pytest.mark.parametrize(
    ("topic", "last_old", "old", "new"),
    [
        ("social_services", date(2025, 6, 30), "2001:453", "2025:400"),
        ("public_order_officers", date(2023, 12, 31), "1980:578", "2023:421"),
        ("cameras", date(2025, 3, 31), "tillstånd krävs", "inget tillstånd"),
    ],
)
def test_a_new_law_holds_from_its_first_day(topic: str, last_old: date, old: str, new: str) -> None:
    """The days are those of the acts: 2025-07-01, 2024-01-01 and 2025-04-01."""
    before = regime(topic, last_old)
    after = regime(topic, date.fromordinal(last_old.toordinal() + 1))
    assert before is not None
    assert after is not None
    assert old in before.law
    assert new in after.law


def test_before_the_act_there_was_no_law_of_its_own() -> None:
    assert regime("crime_prevention", date(2023, 6, 30)) is None
    assert regime("crime_prevention", date(2023, 7, 1)) is not None
    with pytest.raises(KeyError):
        regime("weather", date(2023, 7, 1))


def test_all_four_laws_have_changed_since_the_answer() -> None:
    assert all(one.has_changed for one in then_and_now(date(2023, 2, 13), date(2026, 11, 27)))
    assert not any(one.has_changed for one in then_and_now(date(2023, 2, 13), date(2023, 2, 14)))
