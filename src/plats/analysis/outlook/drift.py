"""Drift: each place's yearly change, drawn towards what is common to all places, and carried some years ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray

FEWEST_CHANGES = 1


@dataclass(frozen=True, slots=True)
class Drift:
    """Yearly changes by place, in the figure's unit."""

    common: float  # the mean over places
    own: FloatArray  # (places,) each place's own mean; NaN without any change
    weight: float  # how much of a place's own deviation is believed, 0-1
    pooled: FloatArray  # (places,) what is used: common + weight * (own - common)


def pooled_drift(panel: npt.ArrayLike) -> Drift:
    r"""How much each place changes in a year, when chance in a single place is not taken for a course of its own.

    .. math::

        \hat d_i = \bar d + B\,(\bar d_i - \bar d), \quad
        B = \max\left(0,\ 1 - \frac{s^2 / n}{\operatorname{Var}(\bar d_i)}\right)

    with :math:`s^2` the variance of yearly changes within places and :math:`n` the mean number of changes.

    Parameters
    ----------
    panel
        (places, years) figures in any unit, years without a gap, oldest first; NaN where hidden or missing.

    Returns
    -------
    `Drift`. A place without two years in a row has NaN as its own change and the common as pooled.

    Raises
    ------
    ValueError
        If the panel has not two dimensions, fewer than two years, or no change at all.

    Notes
    -----
    With one change per place, or one place, chance and course cannot be told apart: the weight is 0 and all
    places get the common change. Where all changes are alike the weight is 0 too, and nothing differs. Each
    place counts once, whatever its people. Scaling the figures scales every change; adding a constant changes
    none.

    References
    ----------
    Efron, B. & Morris, C. (1975). Data analysis using Stein's estimator and its generalizations. JASA 70,
    311-319. https://doi.org/10.1080/01621459.1975.10479864. The variances are plain moments.

    Examples
    --------
    >>> drift = pooled_drift([[50, 52, 54], [60, 60, 60]])
    >>> drift.common, drift.pooled
    (1.0, array([2., 0.]))
    """
    figures = as_panel(panel)
    changes = np.diff(figures, axis=1)
    count = np.isfinite(changes).sum(axis=1)
    if not count.any():
        raise ValueError("Ingen plats har två år i rad: då finns ingen förändring att räkna på.")
    known = count > 0
    own = np.full(len(figures), np.nan)
    own[known] = np.nansum(changes[known], axis=1) / count[known]
    common = float(own[known].mean())
    weight = _weight(changes[known], own[known], count[known])
    pooled = common + weight * (np.where(known, own, common) - common)
    return Drift(common, own, weight, pooled)


def carried(panel: npt.ArrayLike, horizon: int) -> FloatArray:
    r"""Where each place is after some years more of its pooled yearly change.

    .. math:: \hat x_{i,T+h} = x_{i,T} + h\,\hat d_i

    Parameters
    ----------
    panel
        (places, years) figures in any unit, years without a gap, oldest first; NaN where hidden or missing.
    horizon
        How many years ahead; at least 1.

    Returns
    -------
    (places,) figures; NaN for a place whose last year is missing.

    Raises
    ------
    ValueError
        If the horizon is below 1, or as `pooled_drift`.

    Notes
    -----
    Nothing keeps a share within 0-1: a result outside it says that the course cannot go on.

    References
    ----------
    As `pooled_drift`.

    Examples
    --------
    >>> carried([[50, 52, 54], [60, 60, 60]], horizon=2)
    array([58., 60.])
    """
    if horizon < 1:
        raise ValueError(f"Antal år framåt ska vara minst 1, inte {horizon}.")
    figures = as_panel(panel)
    return np.asarray(figures[:, -1] + horizon * pooled_drift(figures).pooled, dtype=np.float64)


def as_panel(panel: npt.ArrayLike) -> FloatArray:
    """Figures by place and year, with a sentence when they are not that.

    Parameters
    ----------
    panel
        (places, years) numbers; NaN is missing.

    Returns
    -------
    (places, years) float64.

    Raises
    ------
    ValueError
        If there are not two dimensions, fewer than two years, or an infinite number.

    Examples
    --------
    >>> as_panel([[1, 2]])
    array([[1., 2.]])
    """
    figures = np.asarray(panel, dtype=np.float64)
    if figures.ndim != 2 or figures.shape[0] < 1 or figures.shape[1] < 2:
        raise ValueError("Siffrorna ska stå i rader per plats och kolumner per år, med minst två år.")
    if np.isinf(figures).any():
        raise ValueError("Siffrorna innehåller ett oändligt tal.")
    return figures


# Internals


def _weight(changes: FloatArray, own: FloatArray, count: npt.NDArray[np.int64]) -> float:
    """How much of a place's deviation is course and not chance."""
    freedom = int((count - 1).sum())
    if freedom < 1 or len(own) < 2:
        return 0.0
    within = float(np.nansum((changes - own[:, None]) ** 2)) / freedom
    between = float(own.var(ddof=1))
    if between == 0:
        return 0.0
    return max(0.0, 1.0 - within / float(count.mean()) / between)
