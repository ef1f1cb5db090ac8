"""Is a measure more than chance alone gives? Tables without pattern, measured, beside the table as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.bootstrap import Measure, evaluator
from plats.analysis.segregation.inference.drawing import NEAR, drawn
from plats.analysis.segregation.inference.nulls import (
    areas_moved,
    evenness,
    person_permutation,
    systematic,
)
from plats.analysis.segregation.inference.stacks import Stack
from plats.analysis.segregation.tables import NO_ANSWER, as_groups


class Null(StrEnum):
    """What the tables without pattern keep of the table as it is."""

    PERSON_PERMUTATION = "person_permutation"  # the areas' sizes and the groups' sizes
    EVENNESS = "evenness"  # the areas' sizes; the groups' sizes vary
    SYSTEMATIC = "systematic"  # the groups' sizes; the areas' sizes vary
    GEOGRAPHIC = "geographic_permutation"  # every area's people, not its place on the map


@dataclass(frozen=True, slots=True)
class ChanceTest:
    """A measure as counted, what chance alone gives, and how often chance gives as much."""

    value: float
    expected: float
    deviation: float
    p_value: float
    draws: int
    null: Null


def chance_test(
    groups: npt.ArrayLike,
    measure: Measure = "dissimilarity",
    *,
    null: Null = Null.PERSON_PERMUTATION,
    draws: int = 1000,
    seed: int = 1,
) -> ChanceTest:
    r"""How often chance alone would give a place at least as segregated as this one.

    .. math:: p = \frac{1 + \#\{\theta^* \ge \hat\theta\}}{1 + R}

    Parameters
    ----------
    groups
        (areas, groups) persons. For a measure of one group against the rest: two columns, the group first.
    measure
        A name in `MEASURES` or `PAIR_MEASURES`, or any function of an (areas, groups) table that grows with
        segregation.
    null
        What tables without pattern keep. GEOGRAPHIC is only for a function that knows where the areas lie.
    draws
        R, how many tables are drawn.
    seed
        The same gives the same test, on any machine.

    Returns
    -------
    The measure as counted, the mean and the deviation of the drawn, and p, above 0 and up to 1. All NaN when the
    measure has no answer. Drawn tables without an answer count as at least as segregated, and leave the mean NaN.

    Raises
    ------
    ValueError
        If the measure is unknown, needs two groups and there are more, or by name is asked of GEOGRAPHIC; if there
        are fewer than two draws; if people who change places are not whole; or the table is refused by `as_groups`.

    Notes
    -----
    One-sided: a place more even than chance has p near 1. For `interaction`, which falls with segregation, the
    tables with at most as much are counted. With many people p is small for differences that mean nothing: look at
    the value less the expected. The lowest p that R draws can give is 1 / (1 + R).

    References
    ----------
    Davison, A. C. & Hinkley, D. V. (1997). Bootstrap methods and their application. Cambridge University Press,
    chapter 4.

    Examples
    --------
    >>> found = chance_test([[10, 0], [0, 10]], draws=99)
    >>> found.value, found.p_value
    (1.0, 0.01)
    """
    counts = as_groups(groups)
    evaluate = evaluator(measure, counts.shape[1])
    value = float(evaluate(Stack.of_one(counts))[0])
    values = chance_values(counts, measure, null=null, draws=draws, seed=seed)
    if np.isnan(value):
        return ChanceTest(NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, draws, null)
    sign = -1 if measure == "interaction" else 1
    # Tables of the same measure may differ in the last bit, as their areas are added up in another order.
    less = sign * values < sign * value - 1e-12
    p_value = float(1 + np.count_nonzero(~less)) / (1 + draws)
    return ChanceTest(value, float(values.mean()), float(values.std(ddof=1)), p_value, draws, null)


def chance_values(
    groups: npt.ArrayLike,
    measure: Measure = "dissimilarity",
    *,
    null: Null = Null.PERSON_PERMUTATION,
    draws: int = 1000,
    seed: int = 1,
) -> FloatArray:
    """The measures that a place without pattern would have, drawn many times.

    Parameters
    ----------
    groups, measure, null, draws, seed
        As for `chance_test`.

    Returns
    -------
    (draws,) the measure of each drawn table; all NaN when the table itself has no answer.

    Raises
    ------
    ValueError
        As `chance_test`.

    Examples
    --------
    >>> chance_values([[10, 5], [5, 10]], draws=3).shape
    (3,)
    """
    counts = as_groups(groups)
    evaluate = evaluator(measure, counts.shape[1])
    if draws < 2:
        raise ValueError(f"Antalet dragningar ska vara minst 2, till exempel 1000, men är {draws}.")
    if null is Null.GEOGRAPHIC and not callable(measure):
        raise ValueError(f"Måttet {measure} är lika var områdena än ligger. Välj en annan nollmodell.")
    if not Stack.of_one(counts).answered[0]:
        return np.full(draws, NO_ANSWER)
    sizes = counts.sum(axis=1)
    if not callable(measure):
        # Areas of the same size beside each other are drawn by the same law, which is then prepared once.
        counts = counts[np.argsort(sizes)][np.count_nonzero(sizes == 0) :]
    draw = _NULLS[null](counts)

    def part(random: np.random.Generator, number: int) -> FloatArray:
        return evaluate(draw(random, number))

    at_once = _FAR if null is Null.SYSTEMATIC else NEAR
    return drawn(part, cells=counts.size, draws=draws, seed=seed, at_once=at_once)


# Internals

# So many cells that preparing the law of each area costs little beside drawing by it; 32 MB.
_FAR = 2**22
_NULLS = {
    Null.PERSON_PERMUTATION: person_permutation,
    Null.EVENNESS: evenness,
    Null.SYSTEMATIC: systematic,
    Null.GEOGRAPHIC: areas_moved,
}
