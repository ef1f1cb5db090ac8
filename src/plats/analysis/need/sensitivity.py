"""Sensitivity: which of the choices behind an index the places of the areas depend on most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.need.drawn import Choices
from plats.analysis.need.uncertainty import shifts


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """How much of the variance of each output is due to each factor."""

    first: FloatArray  # (outputs, factors) by the factor alone; they add up to 1 when no factors act together
    total: (
        FloatArray  # (outputs, factors) by the factor in any way: what would be left if all others were known
    )


@dataclass(frozen=True, slots=True)
class RankSensitivity:
    """What the places depend on. The factors are the weight of each column, the method and the errors."""

    factors: tuple[str, ...]
    first: (
        FloatArray  # (areas, factors) shares of the variance of each area's place; NaN where it never moves
    )
    total: FloatArray  # (areas, factors)
    alone: FloatArray  # (factors,) places an area moves on average when only this is drawn and the others are as chosen


def rank_sensitivity(choices: Choices, *, draws: int = 1000, seed: int) -> RankSensitivity:
    r"""How much of the uncertainty of each area's place comes from each choice behind the index.

    .. math::

        S_f = \frac{V(E(r | f))}{V(r)}, \quad T_f = \frac{E(V(r | \text{all but } f))}{V(r)}

    Parameters
    ----------
    choices
        The index as it is and what could have been otherwise in it, from `drawn.choices_of`.
    draws
        Number of draws; the index is made draws times the number of factors and two more.
    seed
        Start of the random numbers.

    Returns
    -------
    `RankSensitivity`: shares by factor for each area, and how far each factor moves the areas by itself. NaN for areas
    that lack a part and for those whose place never moves.

    Raises
    ------
    ValueError
        If nothing is uncertain, or there are fewer than two draws.

    Notes
    -----
    A factor is the weight of one column before all are made to add up to 1, so that the factors are independent; the
    method; and the errors of all figures together. With a thousand draws a share is sure to about 0.1. In `alone` the
    factors that are not drawn are as in the index: the chosen weights, the first method and no errors.

    References
    ----------
    As `variance_shares`; on ranks, Saisana, Saltelli & Tarantola (2005), see `uncertainty.rank_uncertainty`.

    Examples
    --------
    >>> from plats.analysis.need.drawn import choices_of
    >>> told = rank_sensitivity(choices_of([[9, 9], [5, 1], [1, 5]], [1, 1], [1, 1], spread=0.2), draws=500, seed=1)
    >>> told.factors, np.isnan(told.first[0]).all()
    (('weight 0', 'weight 1'), np.True_)
    """
    factors = choices.factors
    if not factors:
        raise ValueError("Inget är osäkert: ange en spridning över 0, flera metoder eller fel i siffrorna.")
    shape = (len(choices.figures), len(factors))
    first, total = np.full(shape, np.nan), np.full(shape, np.nan)
    if not choices.complete.any():
        return RankSensitivity(factors, first, total, np.full(len(factors), np.nan))
    shares = variance_shares(choices.places, len(factors), draws=draws, seed=seed)
    first[choices.complete], total[choices.complete] = shares.first, shares.total
    return RankSensitivity(factors, first, total, _alone(choices, draws, seed))


def variance_shares(
    model: Callable[[FloatArray], npt.NDArray[np.generic]], factors: int, *, draws: int, seed: int
) -> VarianceShares:
    r"""How much of what a model gives varies with each of its factors: Sobol' shares.

    .. math::

        S_f = \frac{\sum_d y(B_d) \left( y(A_d^{B,f}) - y(A_d) \right)}{N V}, \quad
        T_f = \frac{\sum_d \left( y(A_d) - y(A_d^{B,f}) \right)^2}{2 N V}

    A and B are two independent samples; :math:`A^{B,f}` is A with the factor f taken from B.

    Parameters
    ----------
    model
        Takes (draws, factors) numbers from 0 to 1 and gives (draws, outputs).
    factors
        How many factors there are, each independent of the others.
    draws
        N, at least 2; the model is asked N times the number of factors and two more.
    seed
        Start of the random numbers.

    Returns
    -------
    `VarianceShares`, about 0 to 1 and outside it by chance. NaN for an output that never varies.

    Raises
    ------
    ValueError
        If there are fewer than two draws.

    Notes
    -----
    The outputs are taken about their mean, which leaves the formula as it is and lessens the chance in it.

    References
    ----------
    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics Communications
    181(2), 259-270. https://doi.org/10.1016/j.cpc.2009.09.018 (table 2: b for S, f, by Jansen, for T).

    Examples
    --------
    >>> shares = variance_shares(lambda numbers: numbers @ [[1.0], [2.0]], 2, draws=20000, seed=1)
    >>> shares.first.round(1), shares.total.round(1)
    (array([[0.2, 0.8]]), array([[0.2, 0.8]]))
    """
    if draws < 2:
        raise ValueError(f"Antalet dragningar ska vara minst 2 men är {draws}.")
    random = np.random.default_rng(seed)
    one, other = random.random((draws, factors)), random.random((draws, factors))
    of_one, of_other = (np.asarray(model(sample), dtype=np.float64) for sample in (one, other))
    mean = (of_one.mean(axis=0) + of_other.mean(axis=0)) / 2
    variance = (((of_one - mean) ** 2).mean(axis=0) + ((of_other - mean) ** 2).mean(axis=0)) / 2
    first, total = np.empty((len(variance), factors)), np.empty((len(variance), factors))
    for factor in range(factors):
        mixed = one.copy()
        mixed[:, factor] = other[:, factor]
        change = np.asarray(model(mixed), dtype=np.float64) - of_one
        first[:, factor] = np.einsum("do,do->o", of_other - mean, change) / draws
        total[:, factor] = np.einsum("do,do->o", change, change) / (2 * draws)
    varies = (variance > 0)[:, np.newaxis]
    spread = np.where(varies, variance[:, np.newaxis], 1.0)
    return VarianceShares(np.where(varies, first / spread, np.nan), np.where(varies, total / spread, np.nan))


# Internals


def _alone(choices: Choices, draws: int, seed: int) -> FloatArray:
    """(factors,) how far the areas move on average from their places when only one factor is drawn."""
    here, random = choices.chosen_places()[choices.complete], np.random.default_rng(seed)
    base, without_errors = choices.as_it_is(), replace(choices, errors=None)
    moved = []
    for factor, name in enumerate(choices.factors):
        numbers = np.tile(base, (draws, 1))
        if name == "errors":
            drawn = choices.places(np.column_stack([numbers, random.random(draws)]))
        else:
            numbers[:, factor] = random.random(draws)
            drawn = without_errors.places(numbers)
        moved.append(shifts(drawn, here).mean())
    return np.array(moved)
