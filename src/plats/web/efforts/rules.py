"""Pure decisions about efforts: whether shares hold, how much is preventive. Knows no row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from plats.web.efforts.kinds import EffortState, Moment

WHOLE = 1_000_000
"""An effort's whole, in millionths."""
LIVING = (EffortState.PLANNED, EffortState.INTRODUCED, EffortState.UNDER_WAY, EffortState.UNKNOWN)
"""The states of an effort that may be there: neither ended nor cancelled."""

OPEN = (EffortState.INTRODUCED, EffortState.UNDER_WAY)
"""The states of an effort that someone may meet."""


def too_much(shares: Iterable[int | None]) -> bool:
    """Whether the known shares are more than the whole effort. Unknown ones are not counted.

    >>> too_much([600_000, 600_000]), too_much([600_000, None, 400_000])
    (True, False)
    """
    return sum(share for share in shares if share is not None) > WHOLE


def worst(values: Mapping[str, float], *, share: float, lowest: bool) -> list[str]:
    """The keys of the share of the values that lie worst, the worst first, rounded up to whole ones.

    `lowest` says that low values are the worst. Of equals the first in key order comes first; no values give none.

    >>> worst({"a": 0.5, "b": 0.8, "c": 0.7, "d": 0.9}, share=0.25, lowest=True)
    ['a']
    """
    ordered = sorted(values, key=lambda key: (values[key] if lowest else -values[key], key))
    return ordered[: ceil(len(ordered) * share)]


@dataclass(frozen=True, slots=True)
class Preventive:
    """Money before harm, after it, and where nobody has said which; and how many amounts are unknown."""

    before_ore: int
    after_ore: int
    undecided_ore: int
    unknown: int

    @property
    def share(self) -> float | None:
        """Before as a share of before and after, 0-1. None when neither has a known amount: that is not 0."""
        both = self.before_ore + self.after_ore
        return self.before_ore / both if both else None

    @property
    def is_known(self) -> bool:
        """Whether any amount is known: without one there is no sum to show, not even 0."""
        return self.before_ore + self.after_ore + self.undecided_ore > 0

    @property
    def percent(self) -> float | None:
        """The share in percent."""
        return None if self.share is None else self.share * 100


def preventive(amounts: Iterable[tuple[str, int | None]]) -> Preventive:
    """Sum known amounts in öre by the effort's moment; an effort's unknown amount is counted, never taken as 0.

    >>> preventive([("before", 300), ("after", 100), ("before", None)]).share
    0.75
    """
    sums, unknown = {Moment.BEFORE: 0, Moment.AFTER: 0, Moment.UNKNOWN: 0}, 0
    for moment, amount in amounts:
        if amount is None:
            unknown += 1
        else:
            sums[Moment(moment)] += amount
    return Preventive(sums[Moment.BEFORE], sums[Moment.AFTER], sums[Moment.UNKNOWN], unknown)
