"""Getis and Ord's Gi and Gi*: whether high values, or low ones, are gathered around a site."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.clusters.known import KnownSites
from plats.analysis.clusters.links import Links


def getis_ord(values: npt.ArrayLike, links: Links) -> FloatArray:
    r"""How much higher, or lower, the values around each site are than those of all other sites; its own left out.

    .. math:: G_i = \frac{\sum_j w_{ij} x_j - W_i \bar x_{(i)}}
        {s_{(i)} \sqrt{\left[(n-1) S_i - W_i^2\right] / (n-2)}}, \quad W_i = \sum_j w_{ij},\; S_i = \sum_j w_{ij}^2

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site.

    Returns
    -------
    (sites,) standard deviations from what chance gives: above 0 where the neighbours' values are high, below 0 where
    they are low. NaN where the value is missing, where no neighbour has a known value, where all other sites are
    neighbours or have the same value, and everywhere when all known values are equal.

    Raises
    ------
    ValueError
        If there is not one value per site, or one is infinite.

    Notes
    -----
    Mean and standard deviation (divided by n - 1) are those of the other sites. Does not change when all values are
    multiplied by a number above 0 or moved, nor when a site's weights are multiplied; negated values change its sign.
    With few neighbours the law is far from normal, so take the p-value from `local_statistics`.

    References
    ----------
    Ord, J. K. & Getis, A. (1995). Local spatial autocorrelation statistics: distributional issues and an application.
    Geographical Analysis 27(4), 286-306. https://doi.org/10.1111/j.1538-4632.1995.tb00912.x

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> getis_ord([1, 2, 6], links_from_lists([[1], [0, 2], [1]])).round(4)
    array([-1., nan,  1.])
    """
    sites = KnownSites.of(values, links)
    return sites.spread(sites.getis_ord())


def getis_ord_star(values: npt.ArrayLike, links: Links, own_weight: float = 1.0) -> FloatArray:
    r"""How much higher, or lower, the values at and around each site are than those of all; its own counted.

    .. math:: G_i^* = \frac{\sum_j w_{ij} x_j - W_i \bar x}{s \sqrt{\left[n S_i - W_i^2\right] / (n-1)}}, \quad
        W_i = \sum_j w_{ij},\; S_i = \sum_j w_{ij}^2

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site, without the site itself.
    own_weight
        What the site itself weighs beside its neighbours, above 0.

    Returns
    -------
    (sites,) standard deviations from what chance gives: above 0 where values are high, below 0 where they are low. NaN
    where the value is missing, where no neighbour has a known value, where all sites are neighbours with the same
    weight, and everywhere when all known values are equal.

    Raises
    ------
    ValueError
        If there is not one value per site, one is infinite, or `own_weight` is not above 0.

    Notes
    -----
    Mean and standard deviation (divided by n) are those of all sites. Esda takes the sum of the weights for that of
    their squares, so its z at row-standardised weights is another number; at weights of 1 it is this one.

    References
    ----------
    Ord & Getis (1995), see `getis_ord`.

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> getis_ord_star([1, 2, 6], links_from_lists([[1], [0, 2], [1]])).round(4)
    array([-1.3887,     nan,  0.9258])
    """
    if not 0 < own_weight < np.inf:
        raise ValueError(f"Platsens egen vikt ska vara större än 0, till exempel 1, men är {own_weight}.")
    sites = KnownSites.of(values, links)
    return sites.spread(sites.getis_ord_star(own_weight))
