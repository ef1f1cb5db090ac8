"""Moran's I: whether near sites have like values, at each site and over all."""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.clusters.known import KnownSites
from plats.analysis.clusters.links import Links


def local_moran(values: npt.ArrayLike, links: Links) -> FloatArray:
    r"""How alike each site and its neighbours are: both above the mean or both below, or one of each.

    .. math:: I_i = \frac{(n-1)\, z_i}{\sum_k z_k^2} \sum_j \tilde w_{ij} z_j, \quad z_i = x_i - \bar x,\;
        \tilde w_{ij} = w_{ij} / \sum_j w_{ij}

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site; their weights are taken as parts of the site's own sum.

    Returns
    -------
    (sites,) unitless: above 0 when the site and its neighbours' mean lie on the same side of the mean of all, below 0
    when on different sides. NaN where the value is missing, where no neighbour has a known value, and everywhere when
    all known values are equal.

    Raises
    ------
    ValueError
        If there is not one value per site, or one is infinite.

    Notes
    -----
    A site with a missing value is left out with its links; n is the number of known values, sites without neighbours
    among them. The terms sum to n - 1 times the share of sites that have neighbours times `moran`. Does not change when
    all values are multiplied, moved or negated.

    References
    ----------
    Anselin (1995), see `draw_neighbours`, with n - 1 as in Sokal, Oden & Thomson (1998), Geographical Analysis 30(4).

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> local_moran([1, 2, 6], links_from_lists([[1], [0, 2], [1]])).round(4)
    array([ 0.2857, -0.0714, -0.4286])
    """
    sites = KnownSites.of(values, links)
    return sites.spread(sites.moran())


def moran(values: npt.ArrayLike, links: Links) -> float:
    r"""How alike near sites are over all: the correlation between sites and their neighbours.

    .. math:: I = \frac{n}{S} \frac{\sum_i \sum_j \tilde w_{ij} z_i z_j}{\sum_k z_k^2}

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site; their weights are taken as parts of the site's own sum.

    Returns
    -------
    Unitless; -1/(n - 1) is what chance gives on average, above it near sites are alike, below it unlike. NaN when all
    known values are equal, or no known site has a known neighbour.

    Raises
    ------
    ValueError
        If there is not one value per site, or one is infinite.

    Notes
    -----
    S is the number of sites that have neighbours.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37(1/2), 17-23.
    https://doi.org/10.2307/2332142

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> round(moran([1, 2, 6], links_from_lists([[1], [0, 2], [1]])), 4)
    -0.1071
    """
    sites = KnownSites.of(values, links)
    linked = ~sites.links.islands
    if not (sites.deviations.any() and linked.any()):
        return float("nan")
    return float(sites.moran()[linked].mean() * len(linked) / (len(linked) - 1))
