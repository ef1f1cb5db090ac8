"""Intervals: how much a share of a small number of people can vary by chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, as_parts_of


def jeffreys_interval(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, level: float = 0.90
) -> tuple[FloatArray, FloatArray]:
    r"""Between which shares the area's level most likely lies, if this year's persons were a draw from it.

    .. math::

        [ B_{\alpha/2},\; B_{1-\alpha/2} ] \text{ of } \mathrm{Beta}(n + \tfrac12,\; N - n + \tfrac12)

    with the lower limit set to 0 when :math:`n = 0` and the upper to 1 when :math:`n = N`.

    Parameters
    ----------
    numerator
        (areas,) persons with the property.
    denominator
        (areas,) persons in all.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    Two (areas,) arrays of shares, 0-1: low and high. NaN where a count is missing or nobody is in the
    denominator.

    Raises
    ------
    ValueError
        If `level` is not between 0 and 1, a count is negative, a numerator exceeds its denominator, or
        lengths differ.

    Notes
    -----
    The figures count everybody, so the interval is not a sampling error: it says how much the share could
    differ from year to year although nothing lasting had changed. Errors in the register are not in it.

    References
    ----------
    Brown, L. D., Cai, T. T. & DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical
    Science 16(2), 101-133, section 4.1.2. https://doi.org/10.1214/ss/1009213286

    Examples
    --------
    >>> low, high = jeffreys_interval([50], [100])
    >>> low.round(3), high.round(3)
    (array([0.419]), array([0.581]))
    """
    from scipy.special import betaincinv

    if not 0 < level < 1:
        raise ValueError(f"Nivån ska ligga mellan 0 och 1, till exempel 0,90, men är {level}.")
    part, whole = as_parts_of(numerator, denominator)
    whole = np.where(whole > 0, whole, np.nan)
    tail = (1 - level) / 2
    low = betaincinv(part + 0.5, whole - part + 0.5, tail)
    high = betaincinv(part + 0.5, whole - part + 0.5, 1 - tail)
    known = ~np.isnan(part) & ~np.isnan(whole)
    low = np.where(known & (part == 0), 0.0, low)
    high = np.where(known & (part == whole), 1.0, high)
    return low, high


def is_small(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    *,
    smallest_denominator: int,
    widest: float,
    level: float = 0.90,
) -> BoolArray:
    """Whether a share stands on so few people that it should be marked as unstable.

    A share is small when fewer than `smallest_denominator` persons are behind it, or when its interval is
    wider than `widest`.

    Parameters
    ----------
    numerator
        (areas,) persons with the property.
    denominator
        (areas,) persons in all.
    smallest_denominator
        Persons; a denominator below it is small.
    widest
        Share, 0-1: the widest interval (high minus low) that still counts as stable.
    level
        Probability inside the interval.

    Returns
    -------
    (areas,) bool. False where a count is missing or nobody is in the denominator: there is no share to mark.

    Raises
    ------
    ValueError
        As `jeffreys_interval`.

    Notes
    -----
    The two limits are choices, not laws; they stand in the catalog.

    References
    ----------
    Our own rule.

    Examples
    --------
    >>> is_small([3, 300], [10, 1000], smallest_denominator=50, widest=0.10)
    array([ True, False])
    """
    low, high = jeffreys_interval(numerator, denominator, level)
    whole = np.asarray(denominator, dtype=np.float64)
    exists = ~np.isnan(low)
    wide = np.where(exists, high - low, 0.0) > widest
    return exists & ((whole < smallest_denominator) | wide)
