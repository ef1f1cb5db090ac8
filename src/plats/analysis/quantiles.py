"""Quantiles: where in an order of areas, or of people, a value lies."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_counts, as_numbers, require_same_length


def percentile_table(values: npt.ArrayLike, percents: Iterable[int] = range(101)) -> FloatArray:
    """The value below which each percent of the country's areas lie.

    Parameters
    ----------
    values
        (areas,) numbers; missing ones are left out.
    percents
        Whole percents, 0-100, increasing.

    Returns
    -------
    (percents,) values in the unit of `values`, never decreasing. All NaN when no value is known.

    Raises
    ------
    ValueError
        If a percent is outside 0-100, or `values` has not one dimension.

    Notes
    -----
    Each area counts once, whatever its people: the table orders areas. Between two areas the value is
    interpolated on a straight line (NumPy's default, type 7 of Hyndman and Fan).

    References
    ----------
    Hyndman, R. J. & Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician
    50(4), 361-365. https://doi.org/10.1080/00031305.1996.10473566

    Examples
    --------
    >>> percentile_table([10, 20, 30, 40, 50], percents=[0, 50, 100])
    array([10., 30., 50.])
    """
    number = as_numbers("värden", values)
    wanted = np.fromiter(percents, dtype=np.float64)
    known = number[~np.isnan(number)]
    if len(known) == 0:
        return np.full(len(wanted), np.nan)
    return np.asarray(np.percentile(known, wanted), dtype=np.float64)


def percentile_of(value: float, table: npt.ArrayLike) -> int:
    """About how many percent of the country's areas have a lower value.

    Parameters
    ----------
    value
        The area's value.
    table
        (101,) values for percent 0 to 100, from `percentile_table`.

    Returns
    -------
    Whole percent, 0-100. A value shared by many areas gets the middle of the percents that have it.

    Raises
    ------
    ValueError
        If the value or the table is missing, or the table has not 101 values.

    Notes
    -----
    A value below all areas gets 0, one above all gets 100.

    References
    ----------
    Our own rule for ties, so that an area is not said to be above those with the same value.

    Examples
    --------
    >>> percentile_of(25.0, range(101))
    25
    """
    limits = as_numbers("percentiltabellen", table)
    if len(limits) != 101 or np.isnan(limits).any():
        raise ValueError("Percentiltabellen ska ha 101 kända värden, för 0 till 100 procent.")
    if math.isnan(value):
        raise ValueError("Ett värde som saknas har ingen plats bland landets områden.")
    below, at_most = (
        np.searchsorted(limits, value, side="left"),
        np.searchsorted(limits, value, side="right") - 1,
    )
    first = min(below, at_most)
    return int(np.clip((first + at_most) // 2, 0, 100))


def weighted_quantile(values: npt.ArrayLike, weights: npt.ArrayLike, q: float) -> float:
    r"""The value that a share `q` of the people live at or below.

    .. math:: Q(q) = \min \left\{ x_i : \sum_{j: x_j \le x_i} w_j \ge q \sum_j w_j \right\}

    Parameters
    ----------
    values
        (areas,) numbers in any unit.
    weights
        (areas,) weights, at least 0: most often people.
    q
        Share, 0-1.

    Returns
    -------
    One of `values`, in their unit. NaN when an area with weight lacks a value, a weight is missing, or all
    weights are 0.

    Raises
    ------
    ValueError
        If `q` is outside 0-1, a weight is negative, or the lengths differ.

    Notes
    -----
    Always the value of an area that exists, never a number between two areas. Areas with weight 0 do not
    count.

    References
    ----------
    Hyndman & Fan (1996), type 1, with weights in place of equal steps.

    Examples
    --------
    >>> weighted_quantile([10.0, 20.0, 30.0], weights=[100, 100, 800], q=0.5)
    30.0
    """
    if not 0 <= q <= 1:
        raise ValueError(f"q är en andel mellan 0 och 1, men är {q}.")
    number, weight = as_numbers("värden", values), as_counts("vikter", weights)
    require_same_length(värden=number, vikter=weight)
    counted = weight != 0
    number, weight = number[counted], weight[counted]
    if len(number) == 0 or np.isnan(number).any() or np.isnan(weight).any():
        return math.nan
    order = np.argsort(number, kind="stable")
    reached = np.cumsum(weight[order])
    # 0.07 * 100 is 7.000000000000001: without the margin the next area would be taken.
    place = int(np.searchsorted(reached, q * reached[-1] * (1 - 1e-12), side="left"))
    return float(number[order][min(place, len(number) - 1)])
