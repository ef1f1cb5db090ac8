"""Shares and means of a whole made of areas: each area counts by its people."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import as_counts, as_numbers, require_same_length


def pooled_share(numerator: npt.ArrayLike, denominator: npt.ArrayLike | None = None) -> float:
    r"""The share of a whole (a municipality, a kommundel) from the counts of its areas.

    .. math:: p = \frac{\sum_i n_i}{\sum_i N_i}

    Parameters
    ----------
    numerator
        (areas,) persons with the property. May hold areas with nobody in the denominator, such as the
        collection district of an election: its votes belong to the municipality's turnout.
    denominator
        (areas,) persons in all.

    Returns
    -------
    Share, 0-1. NaN when any area lacks a figure or nobody is in the denominator.

    Raises
    ------
    ValueError
        If no denominators are given: a mean of areas' shares is not the share of the whole. Also if a count
        is negative, the lengths differ, or the numerators together exceed the denominators.

    Notes
    -----
    A hidden or missing area makes the result NaN; it is not treated as 0 and not filled in.

    References
    ----------
    Valmyndigheten counts turnout this way, with the collection district (uppsamlingsdistrikt) in the
    numerator.

    Examples
    --------
    >>> pooled_share(numerator=[50, 90, 5], denominator=[100, 100, 0])
    0.725
    """
    if denominator is None or np.size(denominator) == 0:
        raise ValueError(
            "Andelen för helheten går inte att räkna utan områdenas nämnare: "
            "ett medelvärde av områdenas andelar är en annan siffra. "
            "Ange både täljare och nämnare för varje område."
        )
    part, whole = as_counts("täljare", numerator), as_counts("nämnare", denominator)
    require_same_length(täljare=part, nämnare=whole)
    parts, wholes = math.fsum(part), math.fsum(whole)
    if parts > wholes * (1 + 1e-9) and wholes > 0:
        raise ValueError(
            f"Täljarna är tillsammans {parts:g} men nämnarna bara {wholes:g}. "
            "Kontrollera att kolumnerna hör ihop."
        )
    if not wholes > 0:
        return math.nan
    return min(1.0, parts / wholes) if not math.isnan(parts) else math.nan


def weighted_mean(values: npt.ArrayLike, weights: npt.ArrayLike) -> float:
    r"""The mean in which each area counts by its weight, most often its people.

    .. math:: \bar x = \frac{\sum_i w_i x_i}{\sum_i w_i}

    Parameters
    ----------
    values
        (areas,) numbers in any unit.
    weights
        (areas,) weights, at least 0: the denominator that the values were computed on.

    Returns
    -------
    In the unit of `values`, between the lowest and the highest of them. NaN when an area with weight lacks a
    value, a weight is missing, or all weights are 0.

    Raises
    ------
    ValueError
        If a weight is negative or the lengths differ.

    Notes
    -----
    An area with weight 0 does not count, whether its value is known or not. Medians cannot be averaged this
    way.

    References
    ----------
    Elementary; no published definition is followed.

    Examples
    --------
    >>> weighted_mean([10.0, 20.0], weights=[300, 100])
    12.5
    """
    number, weight = as_numbers("värden", values), as_counts("vikter", weights)
    require_same_length(värden=number, vikter=weight)
    counted = weight != 0
    total = math.fsum(weight)
    if not total > 0:
        return math.nan
    return math.fsum(number[counted] * weight[counted]) / total
