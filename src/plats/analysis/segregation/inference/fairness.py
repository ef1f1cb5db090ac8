"""When an interval around a measure can be trusted, and in words why not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.segregation.inference.bootstrap import Measure, Varies, bootstrap_interval
from plats.analysis.segregation.tables import as_groups
from plats.vocabulary.messages import Count, Message


@dataclass(frozen=True, slots=True)
class Fairness:
    """Limits that someone has decided; within them intervals at 95 % hold the truth 93 to 97 times of a hundred."""

    most_by_chance: float = 0.10  # what chance adds to the measure, as a part of what is left without it
    fewest_in_group: int = 300  # persons in the smallest group
    fewest_in_area: int = 200  # persons in the mean area where somebody lives
    fewest_areas: int = 200  # when whole areas are what varies


LIMITS = Fairness()
# With whole areas drawn anew these held; the others, which average over people, did not.
_HOLD_OVER_AREAS = {"dissimilarity", "gini"}


def interval_is_fair(
    groups: npt.ArrayLike, measure: Measure = "dissimilarity", limits: Fairness = LIMITS
) -> bool:
    """Whether an interval of the measure with people drawn anew can be trusted for this table.

    Parameters
    ----------
    groups
        (areas, groups) persons.
    measure
        As for `bootstrap_interval`.
    limits
        What someone has decided.

    Returns
    -------
    True when `reason_against` has no reason, with what chance adds told by 200 draws.

    Raises
    ------
    ValueError
        As `bootstrap_interval`.

    References
    ----------
    Our own rule, from the simulation in bench/coverage.py.

    Examples
    --------
    >>> interval_is_fair([[900, 100], [400, 600]]), interval_is_fair([[9, 1], [4, 6]])
    (True, False)
    """
    found = bootstrap_interval(groups, measure, draws=200)
    name = measure if isinstance(measure, str) else ""
    return reason_against(groups, found.value, found.corrected, measure=name, limits=limits) is None


def reason_against(
    groups: npt.ArrayLike,
    value: float,
    corrected: float,
    *,
    measure: str = "dissimilarity",
    varies: Varies = Varies.PEOPLE,
    limits: Fairness = LIMITS,
) -> Message | None:
    """Why an interval should not be shown, as a sentence; None when it can be.

    Parameters
    ----------
    groups
        (areas, groups) persons.
    value, corrected
        From `bootstrap_interval`.
    measure
        Its name; empty for a function of one's own.
    varies
        What was drawn anew.
    limits
        What someone has decided.

    Returns
    -------
    A Swedish sentence with its figures, or None.

    Raises
    ------
    ValueError
        If the table is refused by `as_groups`.

    Notes
    -----
    Where chance is a large part of a measure, taking it off is itself a guess, and the interval misses too often. A
    small group is the other way to get there: a few persons more in an area are then much. With many small areas the
    interval is narrower than what is left of chance. Near the limits intervals hold less often: a place is let through
    when chance happens to have raised its measure.

    References
    ----------
    Our own rule, from the simulation in bench/coverage.py.

    Examples
    --------
    >>> str(reason_against([[900, 100], [400, 90]], value=0.10, corrected=0.09))
    'Den minsta gruppen har 190 personer. Under 300 är intervallen inte att lita på.'
    """
    counts = as_groups(groups)
    smallest = counts.sum(axis=0).min()
    areas = int((counts.sum(axis=1) > 0).sum())
    usual = counts.sum() / max(areas, 1)
    if np.isnan(corrected):
        return Message("Gruppen är så liten att slumpen kan tömma den, så det finns inget intervall.")
    if smallest < limits.fewest_in_group:
        return Message(
            "Den minsta gruppen har {people} personer. Under {limit} är intervallen inte att lita på.",
            people=Count(int(smallest)),
            limit=Count(limits.fewest_in_group),
        )
    if varies is Varies.AREAS and (areas < limits.fewest_areas or measure not in _HOLD_OVER_AREAS):
        return Message(
            "När hela områden dras om håller intervallen bara för D och Gini, och med minst {limit} områden.",
            limit=Count(limits.fewest_areas),
        )
    if usual < limits.fewest_in_area:
        return Message(
            "Områdena har i snitt {people} personer. Under {limit} är intervallen inte att lita på.",
            people=Count(int(usual)),
            limit=Count(limits.fewest_in_area),
        )
    if value - corrected > limits.most_by_chance * corrected:
        return Message("En stor del av måttet kan vara ren slump, så intervallet är inte att lita på.")
    return None
