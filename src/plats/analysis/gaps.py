"""Gaps: how far apart a municipality's areas are in one figure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import as_counts, as_numbers, require_same_length
from plats.analysis.quantiles import weighted_quantile
from plats.analysis.shares import weighted_mean


@dataclass(frozen=True, slots=True)
class Gaps:
    """Distances between areas in one figure, in the figure's unit. NaN where there is nothing to measure."""

    areas: int  # with a value and people
    lowest: int  # index of the area with the lowest value, -1 when there is none; the first of equals
    highest: int
    highest_minus_lowest: float
    p10: float  # a tenth of the people live in areas at or below this value
    p90: float
    p90_minus_p10: float
    p90_over_p10: float  # NaN when P10 is 0 or below
    mean: float  # weighted by people
    mean_distance: float  # how far from the mean the value is where the average person lives


def gaps(values: npt.ArrayLike, people: npt.ArrayLike) -> Gaps:
    r"""How far apart the areas are: between the ends, between one and nine tenths of the people, on average.

    .. math::

        x_{max} - x_{min}, \quad P_{90} - P_{10}, \quad \frac{P_{90}}{P_{10}}, \quad
        \frac{\sum_i w_i |x_i - \bar x|}{\sum_i w_i} \text{ with } \bar x = \frac{\sum_i w_i x_i}{\sum_i w_i}

    Parameters
    ----------
    values
        (areas,) the figure of each area, in any unit.
    people
        (areas,) the persons that each area counts by.

    Returns
    -------
    `Gaps`; distances are at least 0, in the unit of `values`, and the ratio at least 1.

    Raises
    ------
    ValueError
        If a number of people is negative or the lengths differ.

    Notes
    -----
    Areas without a value, without people or with unknown people are left out, and `areas` says how many are
    left: a gap over other areas than last year is another gap. The distance between the ends grows with the
    number of areas and with chance in the smallest, so P90 minus P10 is the one to follow over time.

    References
    ----------
    Percentiles as `weighted_quantile`; the mean distance is the mean absolute deviation weighted by people.

    Examples
    --------
    >>> told = gaps([10.0, 20.0, 40.0], people=[100, 100, 200])
    >>> told.highest_minus_lowest, told.p90_over_p10, told.mean, told.mean_distance
    (30.0, 4.0, 27.5, 12.5)
    """
    number, weight = as_numbers("värden", values), as_counts("folkmängd", people)
    require_same_length(värden=number, folkmängd=weight)
    counted = np.flatnonzero(~np.isnan(number) & (weight > 0))
    if len(counted) == 0:
        nothing = math.nan
        return Gaps(0, -1, -1, nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    number, weight = number[counted], weight[counted]
    mean = weighted_mean(number, weight)
    p10, p90 = weighted_quantile(number, weight, 0.10), weighted_quantile(number, weight, 0.90)
    return Gaps(
        areas=len(counted),
        lowest=int(counted[np.argmin(number)]),
        highest=int(counted[np.argmax(number)]),
        highest_minus_lowest=float(number.max() - number.min()),
        p10=p10,
        p90=p90,
        p90_minus_p10=p90 - p10,
        p90_over_p10=p90 / p10 if p10 > 0 else math.nan,
        mean=mean,
        mean_distance=weighted_mean(np.abs(number - mean), weight),
    )
