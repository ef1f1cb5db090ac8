"""Chance for one site at a time: its own value stays, the others' values are dealt out anew among its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.clusters.links import Links

Draws: TypeAlias = npt.NDArray[np.int32]

# Values are compared as whole numbers of this many steps, so that no sum depends on the order it was added in.
STEPS = 2**45


@dataclass(frozen=True, slots=True)
class Tails:
    """How many of the draws gave a site neighbours with at least, and at most, as high values as its own have."""

    at_least: IntArray  # (sites,)
    at_most: IntArray  # (sites,)
    permutations: int

    @property
    def p(self) -> FloatArray:
        """(sites,) the chance of neighbours as far out as these, in either direction: twice that of the nearer tail."""
        nearer = np.minimum(self.at_least, self.at_most)
        return np.minimum(2 * (nearer + 1) / (self.permutations + 1), 1.0)


def draw_neighbours(sites: int, most: int, *, permutations: int = 999, seed: int) -> Draws:
    """Which of the other sites are dealt out as neighbours, in each draw: one table that all sites share.

    Parameters
    ----------
    sites
        How many sites there are.
    most
        The most neighbours that any site has, less than `sites`.
    permutations
        How many draws.
    seed
        Start of the random numbers; the same seed gives the same draws with the same version of NumPy.

    Returns
    -------
    (permutations, most) numbers of sites, 0 to sites - 2, different within a row. For site i a number from i and up
    means the site after: its own value is never dealt out. A site with fewer neighbours uses the first ones.

    Raises
    ------
    ValueError
        If `permutations` is below 1, or `most` is not less than `sites`.

    Notes
    -----
    Each site's draws follow the exact law of dealing without putting back. That sites share them makes their p-values
    depend on each other, but none of them less true.

    References
    ----------
    Anselin, L. (1995). Local indicators of spatial association: LISA. Geographical Analysis 27(2), 93-115.
    https://doi.org/10.1111/j.1538-4632.1995.tb00338.x

    Examples
    --------
    >>> draw_neighbours(10, 3, permutations=2, seed=1).shape
    (2, 3)
    """
    if permutations < 1:
        raise ValueError(f"Antalet omkastningar ska vara minst 1, till exempel 999, men är {permutations}.")
    if not 0 <= most < max(sites, 1):
        raise ValueError(f"Ingen av {sites} platser kan ha {most} grannar bland de andra.")
    random = np.random.default_rng(seed)
    rows = (
        [random.choice(max(sites - 1, 0), most, replace=False) for _ in range(permutations)] if most else []
    )
    return np.array(rows, dtype=np.int32).reshape(permutations, most)


def conditional_tails(values: FloatArray, links: Links, draws: Draws) -> Tails:
    r"""How often chance gives a site neighbours with as high, and as low, values as it has.

    .. math:: \#\{ r : \sum_j w_{ij} x_{\pi_r(j)} \ge \sum_j w_{ij} x_j \}

    Parameters
    ----------
    values
        (sites,) known values.
    links
        The neighbours of each site.
    draws
        (permutations, most) from `draw_neighbours`.

    Returns
    -------
    For each site two numbers of draws, 0 to `permutations`; a draw that is equal is in both. A site without neighbours
    has all of them in both.

    Raises
    ------
    ValueError
        If the draws are fewer than the neighbours of some site.

    Notes
    -----
    The site's own value is the same in every draw, so this is the count for local Moran's I, Gi and Gi* alike. Sums
    of n values that differ by less than n times 1e-13 of their range are equal: rounding must not part them.

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> links, draws = links_from_lists([[1], [0], [0]]), np.array([[0], [1]], dtype=np.int32)
    >>> found = conditional_tails(np.array([5.0, 4, 1]), links, draws)
    >>> found.at_least, found.at_most
    (array([1, 1, 1]), array([2, 2, 2]))
    """
    if len(links.counts) and links.counts.max() > draws.shape[1]:
        raise ValueError(
            f"Dragningen har {draws.shape[1]} grannar, men någon plats har {links.counts.max()}."
        )
    return _direct(values, links, draws)


# Internals


def _in_steps(values: FloatArray) -> IntArray:
    """The values as whole numbers of steps from the middle of their range; sums of them are exact."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    if not high > low:
        return np.zeros(len(values), dtype=np.int64)
    middle, half = low / 2 + high / 2, high / 2 - low / 2
    steps: IntArray = np.rint((values / 2 - middle / 2) / half * STEPS).astype(np.int64)
    return steps


def _direct(values: FloatArray, links: Links, draws: Draws) -> Tails:
    """Each site's sums in every draw, one site at a time."""
    steps = _in_steps(values)
    even = links.even
    at_least, at_most = np.zeros((2, links.sites), dtype=np.int64)
    for site, (start, end) in enumerate(zip(links.indptr[:-1], links.indptr[1:], strict=True)):
        drawn = draws[:, : end - start]
        others = steps[drawn + (drawn >= site)]
        own = steps[links.indices[start:end]]
        if even:
            sums, observed, near = others.sum(axis=1), own.sum(), 2.0 * (end - start)
        else:
            weights = links.weights[start:end]
            sums, observed, near = others @ weights, own @ weights, 2.0 * weights.sum()
        at_least[site] = np.count_nonzero(sums >= observed - near)
        at_most[site] = np.count_nonzero(sums <= observed + near)
    return Tails(at_least, at_most, len(draws))
