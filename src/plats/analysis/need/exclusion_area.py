"""Exclusion area (utanförskapsområde): the original rule from 2004, as a rule and not as a verdict.

Kept so that the rule can be read and tried. The figures it asks for do not exist per area in Huddinge: the
turnout known by district is that of the riksdag election, and school results are per school. The answer there
is 'saknas'.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

EMPLOYED_BELOW = 0.60
TURNOUT_BELOW = 0.70
COMPLETE_GRADES_BELOW = 0.70


class MissingPart(StrEnum):
    EMPLOYMENT = "employment"
    MUNICIPAL_TURNOUT = "municipal_turnout"
    COMPLETE_GRADES = "complete_grades"


@dataclass(frozen=True, slots=True)
class ExclusionArea:
    """What the rule says: yes, no, or nothing because figures are missing."""

    meets: bool | None  # None: cannot be told
    missing: tuple[MissingPart, ...]  # why; empty unless `meets` is None


def exclusion_area(
    *, employment: float | None, municipal_turnout: float | None, complete_grades: float | None
) -> ExclusionArea:
    r"""Whether an area meets the original rule for an exclusion area.

    .. math:: e < 0.60 \;\wedge\; ( v < 0.70 \;\vee\; g < 0.70 )

    Parameters
    ----------
    employment
        Share, 0-1, of people of working age (taken as 20-64) who are employed; None or NaN when missing.
    municipal_turnout
        Share, 0-1, of electors who voted in the latest municipal election; None or NaN when missing.
    complete_grades
        Share, 0-1, of the area's pupils leaving year 9 with complete grades; None or NaN when missing.

    Returns
    -------
    `ExclusionArea`: True or False when the known figures settle it, else None with the figures that are
    missing.

    Raises
    ------
    ValueError
        If a share is outside 0-1.

    Notes
    -----
    A figure exactly at a limit does not meet it. The rule is from a political report and not an official
    classification; the national map of 2024 uses another method. Turnout in another election or the results
    of the schools that lie in the area are not what the rule asks for and must not be put in their place.

    References
    ----------
    Folkpartiet (2004). Utanförskapets karta. https://www.liberalerna.se/nyheter/utanforskapets-karta;
    https://5dok.org/document/y96046ld-. The age span of employment is not stated there.

    Examples
    --------
    >>> exclusion_area(employment=0.55, municipal_turnout=0.65, complete_grades=None).meets
    True
    >>> told = exclusion_area(employment=0.55, municipal_turnout=None, complete_grades=0.80)
    >>> told.meets, [str(part) for part in told.missing]
    (None, ['municipal_turnout'])
    """
    few_employed = _below(employment, EMPLOYED_BELOW)
    few_voted = _below(municipal_turnout, TURNOUT_BELOW)
    few_complete = _below(complete_grades, COMPLETE_GRADES_BELOW)
    meets = _both(few_employed, _either(few_voted, few_complete))
    if meets is not None:
        return ExclusionArea(meets, ())
    answers = zip(MissingPart, (few_employed, few_voted, few_complete), strict=True)
    return ExclusionArea(None, tuple(part for part, answer in answers if answer is None))


# Internals: logic with three values, where None is 'cannot be told'


def _below(share: float | None, limit: float) -> bool | None:
    if share is None or math.isnan(share):
        return None
    if not 0 <= share <= 1:
        raise ValueError(f"Andelen {share:g} ska ligga mellan 0 och 1. Dela procent med 100.")
    return share < limit


def _both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def _either(first: bool | None, second: bool | None) -> bool | None:
    if first or second:
        return True
    return None if first is None or second is None else False
