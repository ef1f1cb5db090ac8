"""Uncertainty: between which places an area lies when weights, method and figures could all have been others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.need.drawn import Choices, Places
from plats.analysis.ranks import middle_of_places


@dataclass(frozen=True, slots=True)
class RankUncertainty:
    """The place of each area by the chosen index and under other choices, 1 being the most need; 0 where none."""

    places: IntArray  # (areas,) by the index as it is
    best: IntArray  # (areas,) the middle `level` of the draws, widened to the place by the index as it is
    worst: IntArray
    mean_shift: float  # how many places an area moves on average, over areas and draws


def rank_uncertainty(
    choices: Choices, *, draws: int = 3000, seed: int, level: float = 0.90
) -> RankUncertainty:
    r"""Between which places an area lies when the index could have been made otherwise.

    In each draw the weights are shaken, one of the methods is taken and each figure gets an error, all at once.

    .. math:: w^* \sim \mathrm{Dirichlet}\left((s^{-2} - 1) w\right), \quad m^* \sim \mathrm{Uniform}(M), \quad
        x^*_{ik} \sim \mathrm{Normal}(x_{ik}, e_{ik})

    Parameters
    ----------
    choices
        The index as it is and what could have been otherwise in it, from `drawn.choices_of`: s the spread of the
        weights, M the methods and e the errors of the figures.
    draws
        Number of draws.
    seed
        Start of the random numbers; the same seed gives the same intervals with the same version of NumPy.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    `RankUncertainty`. The interval always holds the place by the chosen index. Areas that lack a part have 0
    everywhere.

    Raises
    ------
    ValueError
        If `draws` is below 1, `level` is not between 0 and 1, or a figure that errors make negative has no such mean.

    Notes
    -----
    An interval says how far the place depends on these choices, and nothing of figures that were never thought of.
    Areas that are alike in everything share one interval, from the best to the worst place that they take together.
    With errors the figures are scaled anew in each draw, which takes a millisecond or so for some thousand areas.
    Memory is about 4 bytes times areas times draws.

    References
    ----------
    Saisana, M., Saltelli, A. & Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for the
    quality assessment of composite indicators. Journal of the Royal Statistical Society A 168(2), 307-323.
    https://doi.org/10.1111/j.1467-985X.2005.00350.x (the mean shift is theirs). That the interval is widened to
    the place itself is ours.

    Examples
    --------
    >>> from plats.analysis.need.drawn import choices_of
    >>> told = rank_uncertainty(choices_of([[9, 9], [5, 1], [1, 5]], [1, 1], [1, 1], spread=0.2), seed=1)
    >>> told.places, told.best, told.worst
    (array([1, 2, 2]), array([1, 2, 2]), array([1, 3, 3]))
    """
    if draws < 1:
        raise ValueError(f"Antalet dragningar ska vara minst 1 men är {draws}.")
    chosen = choices.chosen_places()
    best, worst = np.zeros_like(chosen), np.zeros_like(chosen)
    if not choices.complete.any():
        return RankUncertainty(chosen, best, worst, float("nan"))
    drawn = choices.places(np.random.default_rng(seed).random((draws, len(choices.factors))))
    low, high = middle_of_places(drawn.T, choices.kinds[:, np.newaxis].astype(np.float64), level=level)
    here, beside = chosen[choices.complete], choices.counts[choices.kinds] - 1
    best[choices.complete] = np.minimum(low, here)
    # Errors part those that are alike, so there their places are drawn already.
    worst[choices.complete] = np.maximum(high + (beside if choices.errors is None else 0), here + beside)
    return RankUncertainty(chosen, best, worst, float(shifts(drawn, here).mean()))


def shifts(drawn: Places, places: IntArray) -> FloatArray:
    """How many places the areas move on average in each draw.

    Parameters
    ----------
    drawn
        (draws, areas) places.
    places
        (areas,) places they are compared with.

    Returns
    -------
    (draws,) at least 0.

    Examples
    --------
    >>> shifts(np.array([[1, 2, 3], [3, 2, 1]], dtype=np.int32), np.array([1, 2, 3])).round(2)
    array([0.  , 1.33])
    """
    moved: FloatArray = np.abs(drawn - places.astype(np.int32)).mean(axis=1)
    return moved
