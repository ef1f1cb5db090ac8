"""What a change came from: other sizes of areas, another population, or people living in another pattern."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.fitting import fitted
from plats.analysis.segregation.multigroup import multigroup_mutual_information
from plats.analysis.segregation.tables import NO_ANSWER, as_groups

Measure = Callable[[FloatArray], float]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure at two times, and five causes that sum to the difference."""

    before: float
    after: float
    areas_gone: float  # areas where nobody lives any longer
    areas_new: float  # areas where nobody lived before
    area_sizes: float  # how people are spread over areas, whoever they are
    group_sizes: float  # how large each group is in the whole
    pattern: float  # how groups are drawn to areas, freed from both

    @property
    def causes(self) -> tuple[float, float, float, float, float]:
        """The five, in the order above."""
        return self.areas_gone, self.areas_new, self.area_sizes, self.group_sizes, self.pattern


def decompose_change(
    before: npt.ArrayLike, after: npt.ArrayLike, measure: Measure = multigroup_mutual_information
) -> Change:
    r"""How much of a change in segregation came from new areas, new sizes, a new population and a new pattern.

    .. math::

        \phi_c = \sum_{S \not\ni c} \frac{|S|!\,(2 - |S|)!}{3!} \left[ v(S \cup c) - v(S) \right]

    where :math:`v(S)` is the measure of a table in which the causes in S are as after and the others as before.

    Parameters
    ----------
    before, after
        (areas, groups) persons, the same areas and groups in the same order. An area that does not exist at one of
        the times has 0 there.
    measure
        Any function of an (areas, groups) table that does not depend on how many people there are in all.

    Returns
    -------
    The two values and the causes, in the unit of the measure; the causes sum to after minus before. All causes NaN
    when the measure has no answer for a table it needs.

    Raises
    ------
    ValueError
        If the tables differ in shape, are not two-dimensional or have fewer than two groups, a count is negative or
        infinite, or no table has the one time's pattern with the other time's sums (`fitted`).

    Notes
    -----
    The causes of the change in areas that exist at both times are averaged over every order in which they could
    have come, so none is first by choice. Pattern means odds ratios: what is left when both sums are the same.

    References
    ----------
    Elbers (2023), see `local_mutual_information`, section 4; Shapley, L. S. (1953). A value for n-person games.
    Contributions to the Theory of Games 2, 307-317.

    Examples
    --------
    >>> change = decompose_change([[30, 10], [10, 30]], [[60, 20], [10, 30]])
    >>> round(change.area_sizes, 4), round(change.group_sizes, 4)
    (-0.0146, 0.0007)
    """
    first, last = as_groups(before), as_groups(after)
    if first.shape != last.shape:
        raise ValueError(
            f"Tabellerna ska ha samma områden och grupper, men den första har {first.shape[0]} områden och "
            f"{first.shape[1]} grupper, den andra {last.shape[0]} och {last.shape[1]}."
        )
    common = (first.sum(axis=1) > 0) & (last.sum(axis=1) > 0)
    ends = measure(first), measure(last)
    shared = measure(first[common]), measure(last[common])
    if not np.isfinite([*ends, *shared]).all():
        return Change(*ends, *[NO_ANSWER] * 5)
    causes = shapley(_mixture(first[common], last[common], measure), ["sizes", "groups", "pattern"])
    return Change(
        *ends,
        areas_gone=shared[0] - ends[0],
        areas_new=ends[1] - shared[1],
        area_sizes=causes["sizes"],
        group_sizes=causes["groups"],
        pattern=causes["pattern"],
    )


def shapley(value: Callable[[frozenset[str]], float], causes: Sequence[str]) -> dict[str, float]:
    r"""What each cause adds to a result, averaged over every order in which they could have come.

    .. math:: \phi_c = \sum_{S \not\ni c} \frac{|S|!\,(n - |S| - 1)!}{n!} \left[ v(S \cup c) - v(S) \right]

    Parameters
    ----------
    value
        The result when the causes in a set have come and the others have not; asked once for each set.
    causes
        Their names, each once.

    Returns
    -------
    The part of each cause, by name; together the result with all causes minus the result with none.

    Raises
    ------
    ValueError
        If a name stands twice.

    Notes
    -----
    Every one of the 2 to the power of n sets is asked for, so this is for a handful of causes.

    References
    ----------
    Shapley (1953), see `decompose_change`.

    Examples
    --------
    >>> shapley(lambda have: 6.0 if have == {"bow", "arrow"} else 0.0, ["bow", "arrow"])
    {'bow': 3.0, 'arrow': 3.0}
    """
    number = len(causes)
    if len(set(causes)) != number:
        raise ValueError("Varje orsak ska stå en gång.")
    sets = [frozenset(some) for size in range(number + 1) for some in combinations(causes, size)]
    values = {some: value(some) for some in sets}
    return {
        cause: sum(
            factorial(len(some))
            * factorial(number - len(some) - 1)
            / factorial(number)
            * (values[some | {cause}] - values[some])
            for some in sets
            if cause not in some
        )
        for cause in causes
    }


# Internals


def _mixture(first: FloatArray, last: FloatArray, measure: Measure) -> Callable[[frozenset[str]], float]:
    """The measure of the table in which the causes in a set are as after and the others as before."""
    tables = first / first.sum(), last / last.sum()

    def value(later: frozenset[str]) -> float:
        pattern, sizes, groups = (tables[cause in later] for cause in ("pattern", "sizes", "groups"))
        if pattern is sizes and sizes is groups:
            return measure(pattern)
        return measure(fitted(pattern, sizes.sum(axis=1), groups.sum(axis=0)))

    return value
