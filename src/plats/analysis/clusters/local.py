"""Each site among its neighbours: all local statistics at once, and how often chance does as much.

About places, never people, and not a ranking: a high figure beside other high figures is no judgement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray
from plats.analysis.clusters.conditional import chance_tails
from plats.analysis.clusters.discovery import benjamini_hochberg
from plats.analysis.clusters.known import KnownSites, Reason
from plats.analysis.clusters.links import Links


class Quadrant(IntEnum):
    """The site's own value and its neighbours' mean, each above (high) or below (low) the mean of all sites."""

    NEITHER = 0  # one of them is the mean itself, or there is no answer
    HIGH_AMONG_HIGH = 1
    LOW_AMONG_HIGH = 2
    LOW_AMONG_LOW = 3
    HIGH_AMONG_LOW = 4


@dataclass(frozen=True, slots=True)
class LocalStatistics:
    """The local statistics of every site, in the order given; NaN where `reason` says why."""

    moran: FloatArray  # (sites,) I_i
    getis_ord: FloatArray  # (sites,) z of Gi, the site's own value left out
    getis_ord_star: FloatArray  # (sites,) z of Gi*, the site's own value counted
    p: FloatArray  # (sites,) two-sided, the same for all three
    quadrant: IntArray  # (sites,) a Quadrant each
    neighbours_higher: (
        BoolArray  # (sites,) it is as high neighbours, rather than as low, that chance seldom gives
    )
    reason: IntArray  # (sites,) a Reason each
    permutations: int

    @property
    def rates(self) -> FloatArray:
        """(sites,) the rate of false discoveries at which each site is found (`benjamini_hochberg`)."""
        return benjamini_hochberg(self.p)

    @property
    def excluded(self) -> int:
        """How many sites were left out because their value is missing."""
        return int((self.reason == Reason.VALUE_MISSING).sum())

    @property
    def islands(self) -> int:
        """How many sites have no neighbour with a known value."""
        return int((self.reason == Reason.NO_NEIGHBOURS).sum())


def local_statistics(
    values: npt.ArrayLike,
    links: Links,
    *,
    permutations: int = 999,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> LocalStatistics:
    """Which sites have neighbours with higher, or lower, values than chance would give them.

    Parameters
    ----------
    values
        (sites,) numbers; NaN is missing.
    links
        The neighbours of each site.
    permutations
        How many times the others' values are dealt out anew; see `permutations_needed`.
    seed
        Start of the random numbers; the same seed gives the same p-values on any number of cores.
    progress
        Called with how many of the permutations are done, and how many there are in all.

    Returns
    -------
    Local Moran's I, the z of Gi and Gi*, one two-sided p-value and the quadrant, for each site.

    Raises
    ------
    ValueError
        If there is not one value per site, a value is infinite, `permutations` is below 1, or a site has more
        neighbours than can be summed exactly.

    Notes
    -----
    A site whose value is missing is left out with its links, and counted; to refuse instead, call
    `segregation.missing.require_known` first. A site without neighbours has no answer, but its value is dealt out to
    others. The site's own value is held in each draw, so what is tested is its neighbours' values, and the three
    statistics have the same p-value. A draw that is equal counts as being as far out.

    References
    ----------
    Anselin (1995), see `draw_neighbours`; Ord & Getis (1995), see `getis_ord`.

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> ring = links_from_lists([[(site - 1) % 8, (site + 1) % 8] for site in range(8)])
    >>> found = local_statistics([9, 9, 9, 1, 1, 1, 1, 1], ring, seed=1)
    >>> found.quadrant.tolist(), found.moran[:3].round(2)
    ([1, 1, 1, 2, 3, 3, 3, 2], array([0.29, 1.46, 0.29]))
    """
    sites = KnownSites.of(values, links)
    tails = chance_tails(sites.values, sites.links, permutations=permutations, seed=seed, progress=progress)
    return LocalStatistics(
        sites.spread(sites.moran()),
        sites.spread(sites.getis_ord()),
        sites.spread(sites.getis_ord_star(1.0)),
        p=sites.spread(tails.p),
        quadrant=_quadrants(sites),
        neighbours_higher=sites.spread((tails.at_least - tails.at_most).astype(np.float64)) < 0,
        reason=sites.reasons,
        permutations=tails.permutations,
    )


# Internals


def _quadrants(sites: KnownSites) -> IntArray:
    own, around = (
        sites.spread(np.where(np.abs(z) <= sites.rounding, 0.0, np.sign(z)))
        for z in (sites.deviations, sites.means_around())
    )
    quadrants = np.full(len(own), Quadrant.NEITHER, dtype=np.int64)
    for quadrant, high, among in (
        (Quadrant.HIGH_AMONG_HIGH, 1, 1),
        (Quadrant.LOW_AMONG_HIGH, -1, 1),
        (Quadrant.LOW_AMONG_LOW, -1, -1),
        (Quadrant.HIGH_AMONG_LOW, 1, -1),
    ):
        quadrants[(own == high) & (around == among)] = quadrant
    return quadrants
