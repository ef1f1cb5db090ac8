"""Join counts: whether sites with a property lie beside each other, when a site has it or has it not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_numbers
from plats.analysis.clusters.known import KnownSites
from plats.analysis.clusters.links import Links


@dataclass(frozen=True, slots=True)
class LocalJoinCounts:
    """For each site with the property, how many of its neighbours have it, and how often chance gives as many."""

    joins: FloatArray  # (sites,) NaN where the site lacks the property or has no answer
    p: FloatArray  # (sites,) 0-1, exact and one-sided; NaN as above


@dataclass(frozen=True, slots=True)
class JoinCounts:
    """Links by what they join, and how many chance gives on average. A link that holds one way only is a half."""

    both: float
    one: float
    neither: float
    both_by_chance: float
    one_by_chance: float
    neither_by_chance: float


def local_join_counts(values: npt.ArrayLike, links: Links) -> LocalJoinCounts:
    r"""For each site with the property: how many of its neighbours have it too, and how often chance gives as many.

    .. math:: B_i = x_i \sum_j x_j, \quad P(B \ge B_i) = \sum_{b \ge B_i} \binom{K-1}{b} \binom{n-K}{c_i-b} \Big/
        \binom{n-1}{c_i}

    Parameters
    ----------
    values
        (sites,) 1 with the property, 0 without, NaN missing.
    links
        The neighbours of each site, whatever they weigh.

    Returns
    -------
    Counts, 0 to the number of neighbours c, and the exact chance of as many or more when the K - 1 other sites with
    the property lie anywhere among the n - 1 others. NaN where the site lacks the property, its value is missing or no
    neighbour has a known one, and everywhere when all sites have the property.

    Raises
    ------
    ValueError
        If a value is neither 0 nor 1, or there is not one per site.

    Notes
    -----
    No random numbers: dealing the others' values out anew is drawing without putting back, so the law is the
    hypergeometric. A site with a missing value is left out with its links.

    References
    ----------
    Anselin, L. & Li, X. (2019). Operational local join count statistics for cluster detection. Journal of Geographical
    Systems 21(2), 189-210. https://doi.org/10.1007/s10109-019-00299-x

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> found = local_join_counts([1, 1, 0, 0], links_from_lists([[1], [0, 2], [1, 3], [2]]))
    >>> found.joins, found.p.round(4)
    (array([ 1.,  1., nan, nan]), array([0.3333, 0.6667,    nan,    nan]))
    """
    sites = _with_or_without(values, links)
    has = sites.values == 1
    beside = sites.links.totals(sites.values[sites.links.indices])
    others = int(has.sum()) - 1, int((~has).sum())
    p = np.full(len(has), np.nan)
    for card in np.unique(sites.links.counts[has]).tolist():
        alike = has & (sites.links.counts == card)
        p[alike] = _chances(card, *others)[beside[alike].astype(np.int64)]
    return LocalJoinCounts(sites.spread(np.where(has, beside, np.nan)), sites.spread(p))


def join_counts(values: npt.ArrayLike, links: Links) -> JoinCounts:
    r"""How many links join two sites with the property, one with and one without, and two without.

    .. math:: BB = \tfrac12 \sum_i \sum_j x_i x_j, \quad E(BB) = J \frac{K (K-1)}{n (n-1)}

    Parameters
    ----------
    values
        (sites,) 1 with the property, 0 without, NaN missing.
    links
        The neighbours of each site, whatever they weigh.

    Returns
    -------
    Three counts that sum to J, half the number of links between known sites, and what chance gives on average when
    the K sites with the property may be any of the n. All NaN when fewer than two values are known.

    Raises
    ------
    ValueError
        If a value is neither 0 nor 1, or there is not one per site.

    References
    ----------
    Cliff, A. D. & Ord, J. K. (1981). Spatial processes: models and applications. Pion, chapter 1.

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> found = join_counts([1, 1, 0, 0], links_from_lists([[1], [0, 2], [1, 3], [2]]))
    >>> found.both, found.one, found.neither, found.both_by_chance
    (1.0, 1.0, 1.0, 0.5)
    """
    sites = _with_or_without(values, links)
    has = sites.values == 1
    number, having = len(has), int(has.sum())
    if number < 2:
        return JoinCounts(*[float("nan")] * 6)
    ends = has[sites.links.rows].astype(np.int64) + has[sites.links.indices]
    neither, one, both = np.bincount(ends, minlength=3) / 2
    joins = len(ends) / 2
    pairs = number * (number - 1)
    lacking = number - having
    return JoinCounts(
        float(both),
        float(one),
        float(neither),
        both_by_chance=joins * having * (having - 1) / pairs,
        one_by_chance=joins * 2 * having * lacking / pairs,
        neither_by_chance=joins * lacking * (lacking - 1) / pairs,
    )


# Internals


def _chances(drawn: int, having: int, lacking: int) -> FloatArray:
    """(drawn + 1,) the chance that at least 0, 1, ... of those drawn without putting back have the property.

    Each number's chance is the one before times a ratio of four whole numbers, so no factorial is needed.
    """
    fewest, most = max(0, drawn - lacking), min(drawn, having)
    number = np.arange(fewest, most, dtype=np.float64)
    up = np.log(having - number) + np.log(drawn - number)
    down = np.log(number + 1) + np.log(lacking - drawn + number + 1)
    logs = np.concatenate([[0.0], np.cumsum(up - down)])
    at_least = np.exp(logs - logs.max())[::-1].cumsum()[::-1]
    chances = np.zeros(drawn + 1)
    chances[: fewest + 1] = 1.0
    chances[fewest : most + 1] = at_least / at_least[0]
    return chances


def _with_or_without(values: npt.ArrayLike, links: Links) -> KnownSites:
    numbers = as_numbers("värden", values)
    other = ~np.isnan(numbers) & (numbers != 0) & (numbers != 1)
    if other.any():
        where = int(np.flatnonzero(other)[0])
        raise ValueError(
            f"Varje värde ska vara 1 (har egenskapen) eller 0, men plats {where} (räknat från 0) har "
            f"{numbers[where]:g}."
        )
    return KnownSites.of(numbers, links)
