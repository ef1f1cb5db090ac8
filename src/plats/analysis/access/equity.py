"""Equity: whether those who need a service more can also reach more of it.

The people of each place are taken to have the place's need and access: who in the place uses the service is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_counts, as_numbers, require_same_length

NO_ANSWER = float("nan")


@dataclass(frozen=True, slots=True)
class NeedParts:
    """The mean access of equally many people at a time, from the least to the greatest need."""

    means: FloatArray  # (parts,) in the unit of the access

    @property
    def gap(self) -> float:
        """The access of those with the greatest need less that of those with the least; above 0 favours need."""
        return float(self.means[-1] - self.means[0])

    @property
    def ratio(self) -> float:
        """The access of those with the greatest need over that of those with the least; NaN when that is 0."""
        return float(self.means[-1] / self.means[0]) if self.means[0] > 0 else NO_ANSWER


def access_by_need(
    access: npt.ArrayLike, need: npt.ArrayLike, people: npt.ArrayLike, *, parts: int = 5
) -> NeedParts:
    r"""The mean access of the fifth of the people with the least need, of the next, and up to the greatest.

    .. math:: \bar a_k = \frac{A(k P / n) - A((k - 1) P / n)}{P / n}

    A(p) is the access of the p people with the least need added up, P is everybody and n the number of parts.

    Parameters
    ----------
    access
        (places,) at least 0, in any unit.
    need
        (places,) a higher number is more need, such as a need index.
    people
        (places,) persons, at least 0.
    parts
        How many parts of equally many people, at least 2.

    Returns
    -------
    `NeedParts`: means, gap and ratio. NaN when a number is missing where people live, nobody lives anywhere, or all
    have the same need.

    Raises
    ------
    ValueError
        If access or people are negative or infinite, the lengths differ, or `parts` is below 2.

    Notes
    -----
    Each part has exactly as many people: a place at the border between two is divided. Places with the same need are
    taken together, so their order means nothing. Places without people do not count. Leave places without figures out
    with `segregation.missing.known_areas` and say how many they are.

    References
    ----------
    Our own rule for borders and equals; the sums are those of the concentration curve, see `concentration_index`.

    Examples
    --------
    >>> told = access_by_need(access=[4, 2, 1], need=[0, 1, 2], people=[10, 10, 20], parts=2)
    >>> told.means, told.gap, round(told.ratio, 4)
    (array([3., 1.]), -2.0, 0.3333)
    """
    if parts < 2:
        raise ValueError(f"Antalet delar ska vara minst 2 men är {parts}.")
    curve = _curve(access, need, people)
    if curve is None:
        return NeedParts(np.full(parts, NO_ANSWER))
    reached, added = curve
    borders = np.linspace(0, reached[-1], parts + 1)
    return NeedParts(np.diff(np.interp(borders, reached, added)) * (parts / reached[-1]))


def concentration_index(access: npt.ArrayLike, need: npt.ArrayLike, people: npt.ArrayLike) -> float:
    r"""Whether access is gathered where need is great (above 0) or where it is small (below 0).

    .. math::

        C = \frac{2}{\mu} \sum_i p_i a_i R_i - 1, \quad
        R_i = \sum_{j : n_j < n_i} p_j + \tfrac12 \sum_{j : n_j = n_i} p_j

    p is a place's share of the people, a its access, n its need and :math:`\mu` the mean access of all people.

    Parameters
    ----------
    access
        (places,) at least 0, in any unit.
    need
        (places,) a higher number is more need; only the order counts.
    people
        (places,) persons, at least 0.

    Returns
    -------
    Unitless, above -1 and below 1; 0 when access follows need in neither way. NaN when a number is missing where people
    live, nobody lives anywhere, nobody has any access, or all have the same need.

    Raises
    ------
    ValueError
        If access or people are negative or infinite, or the lengths differ.

    Notes
    -----
    0 is also what access that is highest in the middle gives: look at `access_by_need` too. The same for twice the
    access everywhere. Places with the same need share the mean of their ranks. Places without people do not count.

    References
    ----------
    Kakwani, N., Wagstaff, A. & van Doorslaer, E. (1997). Socioeconomic inequalities in health: measurement,
    computation, and statistical inference. Journal of Econometrics 77(1), 87-103. https://doi.org/10.1016/S0304-4076(96)01807-6.
    There people are ordered from poor to rich; here from the least need to the greatest.

    Examples
    --------
    >>> concentration_index(access=[4, 2, 1], need=[0, 1, 2], people=[10, 10, 20])
    -0.3125
    """
    curve = _curve(access, need, people)
    if curve is None or not curve[1][-1] > 0:
        return NO_ANSWER
    reached, added = curve[0] / curve[0][-1], curve[1] / curve[1][-1]
    # Twice the area under the curve, of trapezia; the index is how far it lies below the diagonal.
    return float(1 - ((added[1:] + added[:-1]) * np.diff(reached)).sum())


def wagstaff_index(
    access: npt.ArrayLike,
    need: npt.ArrayLike,
    people: npt.ArrayLike,
    *,
    lowest: float = 0.0,
    highest: float = 1.0,
) -> float:
    r"""The concentration index of a figure that has a ceiling, over the most it could be.

    .. math:: W = \frac{(b - a)\, \mu\, C}{(b - \mu)(\mu - a)}

    Parameters
    ----------
    access
        (places,) from `lowest` to `highest`, such as the share who have a service within reach.
    need
        (places,) a higher number is more need; only the order counts.
    people
        (places,) persons, at least 0.
    lowest, highest
        a and b, the least and the most that the figure can be.

    Returns
    -------
    Unitless, -1 to 1, above 0 when access is gathered where need is great. NaN as `concentration_index`, and when
    everybody has the least or everybody the most.

    Raises
    ------
    ValueError
        As `concentration_index`, and if a figure is outside `lowest` to `highest`.

    Notes
    -----
    With the share that lacks access in its place, the sign is turned and the size is the same; `concentration_index`
    has not that property.

    References
    ----------
    Wagstaff, A. (2005). The bounds of the concentration index when the variable of interest is binary. Health Economics
    14(4), 429-432. https://doi.org/10.1002/hec.953

    Examples
    --------
    >>> round(wagstaff_index(access=[1, 0.5, 0], need=[0, 1, 2], people=[10, 10, 20]), 4)
    -0.9333
    """
    mean, index = _bounded(access, need, people, (lowest, highest))
    room = (highest - mean) * (mean - lowest)
    return (highest - lowest) * mean * index / room if room > 0 else NO_ANSWER


def erreygers_index(
    access: npt.ArrayLike,
    need: npt.ArrayLike,
    people: npt.ArrayLike,
    *,
    lowest: float = 0.0,
    highest: float = 1.0,
) -> float:
    r"""The concentration index of a figure that has a ceiling, in steps of the scale itself.

    .. math:: E = \frac{4 \mu}{b - a} C

    Parameters
    ----------
    access
        (places,) from `lowest` to `highest`, such as the share who have a service within reach.
    need
        (places,) a higher number is more need; only the order counts.
    people
        (places,) persons, at least 0.
    lowest, highest
        a and b, the least and the most that the figure can be.

    Returns
    -------
    Unitless, -1 to 1, above 0 when access is gathered where need is great. NaN as `concentration_index`.

    Raises
    ------
    ValueError
        As `concentration_index`, and if a figure is outside `lowest` to `highest`.

    Notes
    -----
    The same amount more for everybody changes nothing, and the sign is turned when the share that lacks access stands
    in its place. Reaches 1 only when the half with the greatest need has all and the other half nothing.

    References
    ----------
    Erreygers, G. (2009). Correcting the concentration index. Journal of Health Economics 28(2), 504-515.
    https://doi.org/10.1016/j.jhealeco.2008.02.003

    Examples
    --------
    >>> round(erreygers_index(access=[1, 0.5, 0], need=[0, 1, 2], people=[10, 10, 20]), 4)
    -0.875
    """
    mean, index = _bounded(access, need, people, (lowest, highest))
    return 4 * mean * index / (highest - lowest)


# Internals


def _curve(
    access: npt.ArrayLike, need: npt.ArrayLike, people: npt.ArrayLike
) -> tuple[FloatArray, FloatArray] | None:
    """People and their access added up, from the least need to the greatest; None where there is no answer."""
    gained, order, counts = (
        as_counts("tillgång", access),
        as_numbers("behov", need),
        as_counts("folkmängd", people),
    )
    require_same_length(tillgång=gained, behov=order, folkmängd=counts)
    lived = counts != 0
    gained, order, counts = gained[lived], order[lived], counts[lived]
    if np.isnan(gained).any() or np.isnan(order).any() or np.isnan(counts).any():
        return None
    levels, level = np.unique(order, return_inverse=True)
    if len(levels) < 2:
        return None
    reached, added = (np.bincount(level, weights=part) for part in (counts, counts * gained))
    return np.concatenate([[0.0], np.cumsum(reached)]), np.concatenate([[0.0], np.cumsum(added)])


def _bounded(
    access: npt.ArrayLike, need: npt.ArrayLike, people: npt.ArrayLike, bounds: tuple[float, float]
) -> tuple[float, float]:
    """Mean access and the concentration index of a figure between two bounds."""
    lowest, highest = bounds
    if not lowest < highest:
        raise ValueError(f"Det lägsta möjliga ({lowest:g}) ska vara lägre än det högsta ({highest:g}).")
    gained = as_numbers("tillgång", access)
    if (gained < lowest).any() or (gained > highest).any():
        raise ValueError(f"'tillgång' ska ligga mellan {lowest:g} och {highest:g}. Ange skalans ändar.")
    curve = _curve(gained, need, people)
    if curve is None:
        return NO_ANSWER, NO_ANSWER
    mean = float(curve[1][-1] / curve[0][-1])
    return mean, concentration_index(gained, need, people)
