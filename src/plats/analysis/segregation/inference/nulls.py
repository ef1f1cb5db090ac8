"""Places without any pattern: how the same people would live if only chance decided. Each is a way to draw tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.segregation.inference.stacks import Stack
from plats.analysis.segregation.tables import whole_people

Draw = Callable[[np.random.Generator, int], Stack]


def person_permutation(counts: FloatArray) -> Draw:
    """Everybody moves to the home of somebody chosen by chance: areas keep their sizes and groups theirs.

    Parameters
    ----------
    counts
        (areas, groups) whole persons.

    Returns
    -------
    What draws so many tables from a generator.

    Raises
    ------
    ValueError
        If the persons are not whole.

    Notes
    -----
    The exact law, without moving anybody: the first group is a multivariate hypergeometric draw over the areas'
    homes, the second one over the homes that are left, and so on.

    References
    ----------
    Carrington & Troske (1997), see `modified_dissimilarity`; Patefield, W. M. (1981). Algorithm AS 159: an
    efficient method of generating random r x c tables. Applied Statistics 30(1), 91-97.

    Examples
    --------
    >>> tables = person_permutation(np.array([[20.0, 5.0], [10.0, 30.0]]))(np.random.default_rng(1), 3)
    >>> tables.sizes.tolist(), tables.members.tolist()
    ([[25.0, 40.0], [25.0, 40.0], [25.0, 40.0]], [[30.0, 30.0, 30.0], [35.0, 35.0, 35.0]])
    """
    whole = whole_people(counts)
    homes, members = whole.sum(axis=1), whole.sum(axis=0)

    def draw(random: np.random.Generator, number: int) -> Stack:
        drawn = np.empty((len(members), number, len(homes)), dtype=np.int64)
        drawn[0] = random.multivariate_hypergeometric(homes, members[0], size=number, method="marginals")
        left = homes - drawn[0]
        for group in range(1, len(members) - 1):
            for number_, homes_left in enumerate(left):
                drawn[group, number_] = random.multivariate_hypergeometric(
                    homes_left, members[group], method="marginals"
                )
            left = left - drawn[group]
        drawn[-1] = left
        return Stack(drawn)

    return draw


def evenness(counts: FloatArray) -> Draw:
    """Each area keeps its size, and its people are of each group by the whole's composition.

    Parameters
    ----------
    counts
        (areas, groups) persons; an area's size is rounded to whole people.

    Returns
    -------
    What draws so many tables from a generator.

    Notes
    -----
    In each area a multinomial draw. The groups' sizes vary from draw to draw.

    References
    ----------
    Winship, C. (1977). A revaluation of indexes of residential segregation. Social Forces 55(4), 1058-1066.
    https://doi.org/10.2307/2577572

    Examples
    --------
    >>> tables = evenness(np.array([[20.0, 5.0], [10.0, 30.0]]))(np.random.default_rng(1), 2)
    >>> tables.sizes.tolist()
    [[25.0, 40.0], [25.0, 40.0]]
    """
    sizes: IntArray = np.rint(counts.sum(axis=1)).astype(np.int64)
    members = counts.sum(axis=0)
    left = np.cumsum(members[::-1])[::-1]
    chances = np.minimum(members / left, 1)

    def draw(random: np.random.Generator, number: int) -> Stack:
        drawn = np.empty((len(members), len(sizes), number), dtype=np.int64)
        remaining: IntArray = np.repeat(sizes[:, None], number, axis=1)
        for group in range(len(members) - 1):
            drawn[group] = random.binomial(remaining, chances[group])
            remaining = remaining - drawn[group]
        drawn[-1] = remaining
        return Stack(drawn.swapaxes(1, 2))

    return draw


def systematic(counts: FloatArray) -> Draw:
    """Each group keeps its size, and its people live in each area by the area's share of everybody.

    Parameters
    ----------
    counts
        (areas, groups) persons; a group's size is rounded to whole people.

    Returns
    -------
    What draws so many tables from a generator.

    Notes
    -----
    For each group a multinomial draw over areas. The areas' sizes vary from draw to draw.

    References
    ----------
    Allen et al. (2015), see `bootstrap_interval`.

    Examples
    --------
    >>> tables = systematic(np.array([[20.0, 5.0], [10.0, 30.0]]))(np.random.default_rng(1), 2)
    >>> tables.members.tolist()
    [[30.0, 30.0], [35.0, 35.0]]
    """
    members = np.rint(counts.sum(axis=0))
    chances = counts.sum(axis=1) / counts.sum()

    def draw(random: np.random.Generator, number: int) -> Stack:
        from plats.analysis.kernels.randoms import spread_over_areas, states

        drawn = np.zeros((len(members), number, len(chances)))
        spread_over_areas(states(random, 1)[0], members, chances, drawn)
        return Stack(drawn)

    return draw


def areas_moved(counts: FloatArray) -> Draw:
    """Each area keeps its people and takes another area's place on the map.

    Parameters
    ----------
    counts
        (areas, groups) persons.

    Returns
    -------
    What draws so many tables from a generator.

    Notes
    -----
    For measures that know where areas lie; the others are the same wherever they lie.

    References
    ----------
    PySAL segregation 2.5.4, geographic_permutation.

    Examples
    --------
    >>> tables = areas_moved(np.array([[20.0, 5.0], [10.0, 30.0]]))(np.random.default_rng(1), 2)
    >>> sorted(tables.counts[0, 0].tolist())
    [10.0, 20.0]
    """

    def draw(random: np.random.Generator, number: int) -> Stack:
        order = random.permuted(np.tile(np.arange(len(counts)), (number, 1)), axis=1)
        return Stack(counts.T[:, order])

    return draw
