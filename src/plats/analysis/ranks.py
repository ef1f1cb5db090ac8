"""Ranks: which place in the order an area's figure gives it, and how sure that place is."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, as_numbers, as_parts_of

# Random numbers held at a time; bounds the memory of a ranking of the whole country.
_NUMBERS_PER_BLOCK = 2_000_000


def ranks_of(values: npt.ArrayLike) -> IntArray:
    r"""The place of each area when the highest value is number 1.

    .. math:: r_i = 1 + \#\{ j : x_j > x_i \}

    Parameters
    ----------
    values
        (areas,) numbers.

    Returns
    -------
    (areas,) whole numbers, 1 to the number of known values. Equal values share the better place. 0 where the
    value is missing.

    Raises
    ------
    ValueError
        If `values` has not one dimension or holds an infinite number.

    Notes
    -----
    A rank says nothing about how far apart two areas are.

    References
    ----------
    Standard competition ranking ("1224").

    Examples
    --------
    >>> ranks_of([0.2, 0.5, 0.5, 0.1])
    array([3, 1, 1, 4])
    """
    number = as_numbers("värden", values)
    known = ~np.isnan(number)
    descending = np.sort(-number[known])
    ranks = np.zeros(len(number), dtype=np.int64)
    ranks[known] = np.searchsorted(descending, -number[known], side="left") + 1
    return ranks


def rank_intervals(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    *,
    draws: int = 3000,
    level: float = 0.90,
    seed: int,
) -> tuple[IntArray, IntArray]:
    r"""Between which places in the order an area most likely lies, given the chance in small numbers.

    Each area's share is drawn `draws` times and the areas are ordered in each draw; the interval holds the
    middle `level` of an area's places.

    .. math::

        p_i \sim \mathrm{Beta}(n_i + \tfrac12,\; N_i - n_i + \tfrac12), \quad r_i = 1 + \#\{ j : p_j > p_i \}

    Parameters
    ----------
    numerator
        (areas,) persons with the property.
    denominator
        (areas,) persons in all.
    draws
        Number of draws.
    level
        Probability inside, between 0 and 1.
    seed
        Start of the random numbers; the same seed gives the same intervals with the same version of NumPy.

    Returns
    -------
    Two (areas,) arrays of whole numbers: the best and the worst place, 1 being the highest share. Both are 0
    where a count is missing or nobody is in the denominator; such areas are not ranked.

    Raises
    ------
    ValueError
        If `draws` is below 1, `level` is not between 0 and 1, a numerator exceeds its denominator, or lengths
        differ.

    Notes
    -----
    Areas with the same counts get the same interval (the widest of theirs), so that chance in the draws never
    parts them. Each interval is for its area alone; all of them need not hold at once. Memory is about 2
    bytes times draws times areas.

    References
    ----------
    Goldstein, H. & Spiegelhalter, D. J. (1996). League tables and their limitations. Journal of the Royal
    Statistical Society A 159(3), 385-443. https://doi.org/10.2307/2983325. The prior is Jeffreys', as in
    `jeffreys_interval`.

    Examples
    --------
    >>> rank_intervals([900, 500, 505, 100], [1000, 1000, 1000, 1000], seed=1)
    (array([1, 2, 2, 4]), array([1, 3, 3, 4]))
    """
    part, whole = as_parts_of(numerator, denominator)
    ranked = np.flatnonzero(~np.isnan(part) & (whole > 0))
    low, high = np.zeros(len(part), dtype=np.int64), np.zeros(len(part), dtype=np.int64)
    if len(ranked):
        counts = np.column_stack([part[ranked], whole[ranked]])
        places = _places_in_draws(counts, draws=draws, seed=seed)
        low[ranked], high[ranked] = middle_of_places(places, counts, level=level)
    return low, high


def middle_of_places(
    places: npt.NDArray[np.integer], same_as: FloatArray, *, level: float
) -> tuple[IntArray, IntArray]:
    """The best and the worst place of each area in the middle `level` of the draws.

    Parameters
    ----------
    places
        (areas, draws) place of each area in each draw, 1 first.
    same_as
        (areas, columns) what the draws were made from; areas with equal rows get one interval, the widest of
        theirs.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    Two (areas,) arrays of whole numbers: best and worst place.

    Raises
    ------
    ValueError
        If `level` is not between 0 and 1.

    Examples
    --------
    >>> places = np.array([[1, 1, 1, 2], [2, 2, 2, 1]])
    >>> middle_of_places(places, np.array([[5.0], [4.0]]), level=0.5)
    (array([1, 2]), array([1, 2]))
    """
    if not 0 < level < 1:
        raise ValueError(f"Nivån ska ligga mellan 0 och 1, till exempel 0,90, men är {level}.")
    draws = places.shape[1]
    # Rounded before floor and ceil, so that 3000 * 0.05 is 150 and not 150.00000000000003.
    first = math.floor(round(draws * (1 - level) / 2, 6))
    ordered = np.sort(places, axis=1)
    low, high = ordered[:, first].astype(np.int64), ordered[:, draws - 1 - first].astype(np.int64)
    _, kind = np.unique(same_as, axis=0, return_inverse=True)
    best, worst = np.full(kind.max() + 1, np.iinfo(np.int64).max), np.zeros(kind.max() + 1, dtype=np.int64)
    np.minimum.at(best, kind, low)
    np.maximum.at(worst, kind, high)
    return best[kind], worst[kind]


# Internals


def _places_in_draws(counts: FloatArray, *, draws: int, seed: int) -> npt.NDArray[np.integer]:
    """(areas, draws) place of each area in each draw."""
    if draws < 1:
        raise ValueError(f"Antalet dragningar ska vara minst 1 men är {draws}.")
    areas = len(counts)
    random = np.random.default_rng(seed)
    places = np.empty((areas, draws), dtype=np.int16 if areas < np.iinfo(np.int16).max else np.int32)
    per_block = max(1, _NUMBERS_PER_BLOCK // areas)
    a = (counts[:, 0] + 0.5).astype(np.float32)
    b = (counts[:, 1] - counts[:, 0] + 0.5).astype(np.float32)
    order_numbers = np.arange(1, areas + 1, dtype=places.dtype)
    for start in range(0, draws, per_block):
        size = (min(per_block, draws - start), areas)
        # A Beta draw is x / (x + y) of two Gamma draws; y / x puts the areas in the same order, highest share
        # first.
        x = random.standard_gamma(a, size=size, dtype=np.float32)
        y = random.standard_gamma(b, size=size, dtype=np.float32)
        order = np.argsort(y / np.maximum(x, np.finfo(np.float32).tiny), axis=1)
        block = np.empty(size, dtype=places.dtype)
        np.put_along_axis(block, order, order_numbers[np.newaxis, :], axis=1)
        places[:, start : start + size[0]] = block.T
    return places
