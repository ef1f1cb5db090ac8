"""Two places, or one place at two times: how much a measure differs, and whether chance could have done it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.bootstrap import (
    Evaluate,
    Measure,
    evaluator,
    limits_of,
    redrawn_twice,
)
from plats.analysis.segregation.inference.drawing import drawn
from plats.analysis.segregation.inference.resampling import people_anew
from plats.analysis.segregation.inference.stacks import Stack
from plats.analysis.segregation.tables import NO_ANSWER, as_groups


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure of two tables, and the first less the second: as counted, without what chance adds, and between."""

    first: float
    second: float
    value: float
    corrected: float
    low: float
    high: float
    level: float
    p_value: float
    draws: int


@dataclass(frozen=True, slots=True)
class Relabelled:
    """The first less the second as counted, and how often areas dealt out by chance differ as much."""

    value: float
    p_value: float
    draws: int


def difference_interval(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    measure: Measure = "dissimilarity",
    *,
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.95,
) -> Difference:
    r"""How much more segregated one place is than another, when chance in who lives where is taken away.

    .. math::

        \tilde\delta \pm z_{(1+\gamma)/2}\, s, \quad \tilde\delta = \tilde\theta_1 - \tilde\theta_2, \quad
        p = 2\,\Phi(-|\tilde\delta| / s)

    where the parts are as in `bootstrap_interval`: p is the chance of a difference so large when there is none.

    Parameters
    ----------
    first, second
        (areas, groups) persons; other areas, or the same at another time. The same groups in the same order.
    measure
        A name in `MEASURES` or `PAIR_MEASURES`, or any function of an (areas, groups) table.
    draws
        R, how many pairs of tables are drawn.
    seed
        The same gives the same result, on any machine.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    Both values as counted, their difference as counted and as corrected, the interval, and p for the difference being
    0. All but the values NaN when one of them has no answer, or a drawn table has none.

    Raises
    ------
    ValueError
        If the groups are not as many, or as `bootstrap_interval`.

    Notes
    -----
    What varies is the people in each area, drawn anew in each table by itself. The lasting pattern of each place
    stands for itself: the test asks whether the two patterns are equally uneven, not whether they are the same. Of
    one place at two times most people are the same, and chance that stays with them is counted twice: the interval is
    then too wide. Corrected values are compared, since chance adds more to the place with fewer people.

    References
    ----------
    As `bootstrap_interval`; the test is its interval turned round.

    Examples
    --------
    >>> found = difference_interval([[900, 100], [100, 900]], [[600, 400], [400, 600]], draws=100)
    >>> round(found.value, 2), found.low > 0, round(found.p_value, 2)
    (0.6, True, 0.0)
    """
    tables, evaluate = _both(first, second, measure)
    if not 0 < level < 1:
        raise ValueError(f"Nivån ska ligga mellan 0 och 1, till exempel 0,95, men är {level}.")
    mine, theirs = (float(evaluate(Stack.of_one(table))[0]) for table in tables)
    value = mine - theirs
    if np.isnan(value):
        return Difference(mine, theirs, NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, level, NO_ANSWER, draws)
    one, other = (
        redrawn_twice(table[table.sum(axis=1) > 0], evaluate, people_anew, draws, seed=2 * seed + number)
        for number, table in enumerate(tables)
    )
    corrected, low, high = limits_of(value, one - other, level)
    p_value = _chance_beyond(abs(corrected), (high - low) / 2, level)
    return Difference(mine, theirs, value, corrected, low, high, level, p_value, draws)


def relabelled_test(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    measure: Measure = "dissimilarity",
    *,
    paired: bool = False,
    draws: int = 1000,
    seed: int = 1,
) -> Relabelled:
    r"""How often two places with each other's areas, dealt out by chance, would differ as much as these do.

    .. math:: p = \frac{1 + \#\{|\delta^*| \ge |\hat\delta|\}}{1 + R}

    Parameters
    ----------
    first, second
        (areas, groups) persons, the same groups in the same order.
    measure
        A name in `MEASURES` or `PAIR_MEASURES`, or any function of an (areas, groups) table.
    paired
        Whether the rows are the same areas at two times: then each area keeps its two tables, and chance says
        which is first. Otherwise all areas are dealt out, as many to each place as it has.
    draws
        R, how many times they are dealt.
    seed
        The same gives the same result, on any machine.

    Returns
    -------
    The difference as counted and p, above 0 and up to 1; two-sided. NaN when a measure has no answer. Dealings without
    an answer count as differing as much.

    Raises
    ------
    ValueError
        If the groups are not as many, paired tables have not as many areas, the measure is not known, there are
        fewer than two draws, or a table is refused by `as_groups`.

    Notes
    -----
    What varies is which areas make up a place, so the test asks whether both are made of the same kind of areas;
    that the groups are larger in one place is a difference too. For whether one is more uneven than the other,
    whatever the groups' sizes, use `difference_interval`.

    References
    ----------
    Rey, S. & Sastré-Gutiérrez, M. (2010). Interregional inequality dynamics in Mexico. Spatial Economic Analysis
    5(3), 277-298 (random labels); Davison & Hinkley (1997), see `chance_test`.

    Examples
    --------
    >>> relabelled_test([[9, 1], [1, 9]], [[5, 5], [5, 5]], draws=99).value
    0.8
    """
    (one, other), evaluate = _both(first, second, measure)
    if paired and one.shape != other.shape:
        raise ValueError(
            f"Samma områden ska stå i båda tabellerna, men de har {len(one)} och {len(other)} områden."
        )
    if draws < 2:
        raise ValueError(f"Antalet dragningar ska vara minst 2, till exempel 1000, men är {draws}.")
    together, areas = np.concatenate([one, other]).T, len(one)

    def differences(order: npt.NDArray[np.int64]) -> FloatArray:
        dealt = together[:, order]
        return evaluate(Stack(dealt[:, :, :areas])) - evaluate(Stack(dealt[:, :, areas:]))

    def part(random: np.random.Generator, number: int) -> FloatArray:
        if paired:
            swapped = random.integers(2, size=(number, areas)).astype(bool)
            place = np.arange(areas)
            start, end = np.where(swapped, place + areas, place), np.where(swapped, place, place + areas)
            return differences(np.concatenate([start, end], axis=1))
        everybody = np.tile(np.arange(together.shape[1]), (number, 1))
        return differences(random.permuted(everybody, axis=1))

    value = float(differences(np.arange(together.shape[1])[None])[0])
    if np.isnan(value):
        return Relabelled(NO_ANSWER, NO_ANSWER, draws)
    dealt = drawn(part, cells=together.size, draws=draws, seed=seed)
    p_value = float(1 + np.count_nonzero(~(np.abs(dealt) < abs(value) - 1e-12))) / (1 + draws)
    return Relabelled(value, p_value, draws)


# Internals


def _chance_beyond(away: float, aside: float, level: float) -> float:
    """The chance of a corrected difference at least so far from 0, when an interval of that level reaches so far aside:
    below 1 - level exactly when 0 lies outside."""
    from scipy.special import ndtr, ndtri

    if np.isnan(away):
        return NO_ANSWER
    if aside <= 0:
        return 1.0 if away <= 1e-12 else 0.0
    return float(2 * ndtr(-away / aside * ndtri((1 + level) / 2)))


def _both(
    first: npt.ArrayLike, second: npt.ArrayLike, measure: Measure
) -> tuple[tuple[FloatArray, FloatArray], Evaluate]:
    one, other = as_groups(first), as_groups(second)
    if one.shape[1] != other.shape[1]:
        raise ValueError(
            f"Tabellerna ska ha samma grupper, men den första har {one.shape[1]} och den andra {other.shape[1]}."
        )
    return (one, other), evaluator(measure, one.shape[1])
