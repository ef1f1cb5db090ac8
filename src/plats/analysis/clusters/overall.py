"""Over all sites at once: whether near sites have like values, and how often chance makes them so alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.clusters.known import KnownSites
from plats.analysis.clusters.links import Links

# Relative: sums of the same terms in another order are equal.
CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class OverallStatistics:
    """Moran's I and Geary's C, each with a two-sided p-value; NaN when there is nothing to compare."""

    moran: float
    moran_p: float
    geary: float
    geary_p: float
    permutations: int


def geary(values: npt.ArrayLike, links: Links) -> float:
    r"""How much neighbours differ from each other, against how much any two sites do.

    .. math:: C = \frac{n-1}{2 S} \frac{\sum_i \sum_j \tilde w_{ij} (x_i - x_j)^2}{\sum_k z_k^2}

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site; their weights are taken as parts of the site's own sum.

    Returns
    -------
    Unitless, 0 and up: 1 is what chance gives on average, below it neighbours are alike, above it unlike. NaN when all
    known values are equal, or no known site has a known neighbour.

    Raises
    ------
    ValueError
        If there is not one value per site, or one is infinite.

    Notes
    -----
    S is the number of sites that have neighbours. Asks more of small differences between neighbours than `moran`,
    which asks on which side of the mean they lie.

    References
    ----------
    Geary, R. C. (1954). The contiguity ratio and statistical mapping. The Incorporated Statistician 5(3), 115-146.
    https://doi.org/10.2307/2986645

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> round(geary([1, 2, 6], links_from_lists([[1], [0, 2], [1]])), 4)
    0.6071
    """
    sites = KnownSites.of(values, links)
    return _Whole(sites).geary(sites.deviations)


def overall_statistics(
    values: npt.ArrayLike, links: Links, *, permutations: int = 999, seed: int
) -> OverallStatistics:
    """Whether near sites are more alike, or more unlike, than chance makes them, over all sites.

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site; their weights are taken as parts of the site's own sum.
    permutations
        How many times all known values are dealt out anew.
    seed
        Start of the random numbers; the same seed gives the same p-values with the same version of NumPy.

    Returns
    -------
    `moran` and `geary`, each with the chance of a value as far out, in either direction: twice that of the nearer tail.

    Raises
    ------
    ValueError
        If there is not one value per site, one is infinite, or `permutations` is below 1.

    Notes
    -----
    The p-value is for all sites together: it does not say where.

    References
    ----------
    Moran (1950), see `moran`; Geary (1954), see `geary`.

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> row = links_from_lists([[j for j in (i - 1, i + 1) if 0 <= j < 20] for i in range(20)])
    >>> overall_statistics(range(20), row, seed=1).moran_p
    0.002
    """
    if permutations < 1:
        raise ValueError(f"Antalet omkastningar ska vara minst 1, till exempel 999, men är {permutations}.")
    sites = KnownSites.of(values, links)
    whole, z = _Whole(sites), sites.deviations
    own = np.array([whole.moran(z), whole.geary(z)])
    if np.isnan(own).any():
        none = float("nan")
        return OverallStatistics(none, none, none, none, permutations)
    random = np.random.default_rng(seed)
    dealt = (random.permutation(z) for _ in range(permutations))
    drawn = np.array([[whole.moran(others), whole.geary(others)] for others in dealt])
    near = CLOSE * np.abs(own)
    nearer = np.minimum((drawn >= own - near).sum(axis=0), (drawn <= own + near).sum(axis=0))
    moran_p, geary_p = np.minimum(2 * (nearer + 1) / (permutations + 1), 1.0).tolist()
    return OverallStatistics(float(own[0]), moran_p, float(own[1]), geary_p, permutations)


# Internals


class _Whole:
    """What does not change when values are dealt out anew: the links, and each site's part in them."""

    def __init__(self, sites: KnownSites) -> None:
        self.links = sites.links
        self.weight = np.where(self.links.islands, 1.0, sites.weight)
        self.linked = int((~self.links.islands).sum())
        parts = self.links.weights / self.weight[self.links.rows]
        named = np.bincount(self.links.indices, parts, minlength=self.links.sites)
        self.ends = named + ~self.links.islands

    def moran(self, z: FloatArray) -> float:
        total = float((z**2).sum())
        if not (total and self.linked):
            return float("nan")
        return len(z) * self._products(z) / (self.linked * total)

    def geary(self, z: FloatArray) -> float:
        """The squared differences multiplied out: each site's square as often as it is an end, less the products."""
        total = float((z**2).sum())
        if not (total and self.linked):
            return float("nan")
        apart = float((self.ends * z**2).sum()) - 2 * self._products(z)
        return (len(z) - 1) * apart / (2 * self.linked * total)

    def _products(self, z: FloatArray) -> float:
        return float((z * self.links.sums(z) / self.weight).sum())
