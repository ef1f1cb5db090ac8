"""Drawing the same place anew: its people, a sample of them, or its areas. Each takes tables and redraws every one.

What is drawn from a drawn table has chance twice, which is how `bootstrap_interval` finds out what chance does.
"""

from __future__ import annotations

import numpy as np

from plats.analysis.arrays import IntArray
from plats.analysis.segregation.inference.stacks import Stack


def people_anew(tables: Stack, random: np.random.Generator) -> Stack:
    """Each area keeps its size, and its people are of each group by the area's own composition.

    Parameters
    ----------
    tables
        Persons; an area's size is rounded to whole people.
    random
        Where chance comes from.

    Returns
    -------
    As many tables, each redrawn once.

    Notes
    -----
    In each area a multinomial draw, made of binomial draws: the first group, then the second among the others, ...

    References
    ----------
    Allen et al. (2015), see `bootstrap_interval`, draw each group over areas instead; here sizes are held.

    Examples
    --------
    >>> tables = Stack(np.array([[[20, 0]], [[0, 30]]]))
    >>> people_anew(tables, np.random.default_rng(1)).counts.tolist()
    [[[20, 0]], [[0, 30]]]
    """
    # Draws along the last axis: those beside each other are then of the same law, which numpy prepares once.
    counts = np.asarray(tables.counts, dtype=np.float64).swapaxes(1, 2)
    left = counts.sum(axis=0)
    remaining: IntArray = np.rint(left).astype(np.int64)
    redrawn = np.empty(counts.shape, dtype=np.int64)
    for group in range(len(counts) - 1):
        chances = np.divide(counts[group], left, out=np.zeros_like(left), where=left > 0)
        redrawn[group] = random.binomial(remaining, np.minimum(chances, 1))
        remaining = remaining - redrawn[group]
        left = left - counts[group]
    redrawn[-1] = remaining
    return Stack(redrawn.swapaxes(1, 2))


def sample_anew(tables: Stack, random: np.random.Generator) -> Stack:
    """As many people as in all, each of an area and a group by the table: as a sample would come out if taken again.

    Parameters
    ----------
    tables
        Persons in the sample, unweighted; their number is rounded to whole people.
    random
        Where chance comes from.

    Returns
    -------
    As many tables, each redrawn once.

    Notes
    -----
    A multinomial draw over all cells: a simple random sample of a population much larger than it.

    References
    ----------
    Elbers (2023), see `local_mutual_information`, resamples so.

    Examples
    --------
    >>> tables = Stack(np.array([[[20, 10]], [[5, 30]]]))
    >>> sample_anew(tables, np.random.default_rng(1)).people
    array([65.])
    """
    groups, draws, areas = tables.counts.shape
    cells = np.asarray(tables.counts, dtype=np.float64).swapaxes(0, 1).reshape(draws, -1)
    people = cells.sum(axis=1, keepdims=True)
    redrawn = random.multinomial(np.rint(people[:, 0]).astype(np.int64), cells / people)
    return Stack(redrawn.reshape(draws, groups, areas).swapaxes(0, 1))


def areas_anew(tables: Stack, random: np.random.Generator) -> Stack:
    """As many areas as there are, each any of them, whole and with the same chance.

    Parameters
    ----------
    tables
        Persons.
    random
        Where chance comes from.

    Returns
    -------
    As many tables, each redrawn once; some areas stand there several times and others not at all.

    References
    ----------
    Efron & Tibshirani (1993), see `bootstrap_interval`, chapter 6.

    Examples
    --------
    >>> tables = Stack(np.array([[[20, 20]], [[5, 5]]]))
    >>> areas_anew(tables, np.random.default_rng(1)).counts.tolist()
    [[[20.0, 20.0]], [[5.0, 5.0]]]
    """
    _, draws, areas = tables.counts.shape
    chosen = random.integers(areas, size=(draws, areas))
    counts = np.asarray(tables.counts, dtype=np.float64)
    return Stack(np.take_along_axis(counts, chosen[None], axis=2))
