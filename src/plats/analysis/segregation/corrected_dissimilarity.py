"""Dissimilarity of one group against the rest, corrected for how uncertain each area's people make it.

Two corrections of the same authors: by drawing the groups anew, and by judging each area's difference by itself.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.tables import NO_ANSWER


def bias_corrected_dissimilarity(
    group: npt.ArrayLike, total: npt.ArrayLike, draws: int = 1000, seed: int = 1
) -> float:
    r"""Dissimilarity less what drawing the two groups anew adds to it.

    .. math:: D_{bc} = 2 D - \overline{D^*}

    where in :math:`D^*` each group keeps its size and its people live in each area by where the group lives.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    draws
        How many tables are drawn.
    seed
        The same gives the same value.

    Returns
    -------
    Unitless, up to 1; below 0 where chance is all there is. NaN as for `dissimilarity`.

    Raises
    ------
    ValueError
        As `dissimilarity`, or if there are no draws.

    Notes
    -----
    Here the areas' sizes vary and the groups' do not; in `bootstrap_interval` it is the other way round, and the
    corrected values differ little. Drawn tables in which everybody lives in one area are left out.

    References
    ----------
    Allen et al. (2015), see `bootstrap_interval`, section 3.

    Examples
    --------
    >>> bias_corrected_dissimilarity(group=[10, 0], total=[10, 10])
    1.0
    """
    from plats.analysis.segregation.inference.drawing import drawn
    from plats.analysis.segregation.inference.stacks import MEASURES, Stack, measured_stack

    pair = TwoGroups.of(group, total)
    if pair is None:
        return NO_ANSWER
    groups = (pair.group, pair.rest)

    def part(random: np.random.Generator, number: int) -> FloatArray:
        spread = [random.multinomial(int(np.rint(one.sum())), one / one.sum(), size=number) for one in groups]
        return measured_stack(Stack(np.stack(spread)), MEASURES["dissimilarity"])

    again = drawn(part, cells=2 * len(pair.total), draws=draws, seed=seed)
    return 2 * pair.dissimilarity() - float(again[~np.isnan(again)].mean())


def density_corrected_dissimilarity(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""Dissimilarity of the differences that most likely lie behind the counts.

    .. math::

        D_{dc} = \tfrac12 \sum_i \sigma_i\, n(\theta_i), \quad
        \theta_i = \frac{|a_i / A - b_i / B|}{\sigma_i}, \quad
        n(\theta) = \arg\max_x \left[ \varphi(\theta - x) + \varphi(\theta + x) \right]

    where :math:`\sigma_i^2 = \frac{a_i}{A}(1 - \frac{a_i}{A})/A + \frac{b_i}{B}(1 - \frac{b_i}{B})/B`.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 to 1. NaN as for `dissimilarity`.

    Raises
    ------
    ValueError
        As `dissimilarity`.

    Notes
    -----
    A difference smaller than its own deviation counts as none; n solves x = theta tanh(theta x), here by Newton's
    method for all areas at once.

    References
    ----------
    Allen et al. (2015), see `bootstrap_interval`, section 4.

    Examples
    --------
    >>> density_corrected_dissimilarity(group=[5, 6], total=[10, 10])
    0.0
    """
    pair = TwoGroups.of(group, total)
    if pair is None:
        return NO_ANSWER
    mine, theirs = pair.where_group_lives, pair.where_rest_lives
    deviation = np.sqrt(mine * (1 - mine) / pair.group.sum() + theirs * (1 - theirs) / pair.rest.sum())
    apart = np.abs(mine - theirs)
    likely = apart.copy()
    uncertain = deviation > 0
    likely[uncertain] = deviation[uncertain] * _most_likely(apart[uncertain] / deviation[uncertain])
    return float(likely.sum() / 2)


# Internals


def _most_likely(distances: FloatArray) -> FloatArray:
    """The positive solution of x = d tanh(d x); 0 where d is at most 1."""
    found = np.where(distances > 1, distances, 0.0)
    d, x = distances[distances > 1], distances[distances > 1]
    for _ in range(60):
        bent = np.tanh(d * x)
        x = x - (x - d * bent) / (1 - d**2 * (1 - bent**2))
    found[distances > 1] = x
    return found
