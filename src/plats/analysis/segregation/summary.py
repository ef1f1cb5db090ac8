"""All two-group measures of the same people at once, with the figures checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy.typing as npt

from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.tables import NO_ANSWER


@dataclass(frozen=True, slots=True)
class TwoGroupIndices:
    """Nine measures of one group against the rest, each as the function of its name gives it."""

    dissimilarity: float = NO_ANSWER
    gini: float = NO_ANSWER
    entropy_index: float = NO_ANSWER
    atkinson: float = NO_ANSWER
    isolation: float = NO_ANSWER
    interaction: float = NO_ANSWER
    correlation_ratio: float = NO_ANSWER
    min_max: float = NO_ANSWER
    concentration: float = NO_ANSWER


def two_group_indices(group: npt.ArrayLike, total: npt.ArrayLike, b: float = 0.5) -> TwoGroupIndices:
    """How one group lives in relation to the rest, by nine measures.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    b
        Of `atkinson`, above 0 and below 1.

    Returns
    -------
    Each measure as the function of its name gives it. All NaN when the group or the rest is empty, any area lacks
    a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If `b` is not between 0 and 1, a count is negative or infinite, a group is larger than its total, or the
        lengths differ.

    References
    ----------
    See each function.

    Examples
    --------
    >>> found = two_group_indices(group=[10, 10, 10], total=[40, 20, 60])
    >>> round(found.dissimilarity, 4), round(found.gini, 4)
    (0.2222, 0.2963)
    """
    if not 0 < b < 1:
        raise ValueError(f"b ska ligga mellan 0 och 1, till exempel 0,5, men är {b}.")
    pair = TwoGroups.of(group, total)
    if pair is None:
        return TwoGroupIndices()
    return TwoGroupIndices(
        dissimilarity=pair.dissimilarity(),
        gini=pair.gini(),
        entropy_index=pair.entropy_index(),
        atkinson=pair.atkinson(b),
        isolation=pair.isolation(),
        interaction=pair.interaction(),
        correlation_ratio=pair.correlation_ratio(),
        min_max=pair.min_max(),
        concentration=pair.concentration(),
    )
