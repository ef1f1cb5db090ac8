"""Chance for one site at a time: its own value stays, the others' values are dealt out anew among its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.clusters.links import Links

Draws: TypeAlias = npt.NDArray[np.int32]

# Values are compared as whole numbers of this many steps, so that no sum depends on the order it was added in.
STEPS = 2**45
MOST_NEIGHBOURS = 2**17  # so many of them fit in 64 bits
# Numbers looked up in all: that few are done in whole arrays before a kernel has been read from disk.
FEW = 5_000_000
# Sites that one core compares before it takes more. Not by how many cores there are: see kernels.compiled.
SITES_PER_PART = 4096
# Numbers in the draws that are held at once.
DRAWN_AT_ONCE = 2_000_000
# While the square of the neighbours is less than so many times the sites, a row without repeats is soon drawn.
SELDOM_TWICE = 8


@dataclass(frozen=True, slots=True)
class Tails:
    """How many of the draws gave a site neighbours with at least, and at most, as high values as its own have."""

    at_least: IntArray  # (sites,)
    at_most: IntArray  # (sites,)
    permutations: int

    def __add__(self, more: Tails) -> Tails:
        return Tails(
            self.at_least + more.at_least, self.at_most + more.at_most, self.permutations + more.permutations
        )

    @property
    def p(self) -> FloatArray:
        """(sites,) the chance of neighbours as far out as these, in either direction: twice that of the nearer tail."""
        nearer = np.minimum(self.at_least, self.at_most)
        return np.minimum(2 * (nearer + 1) / (self.permutations + 1), 1.0)


def draw_neighbours(
    sites: int, most: int, *, permutations: int = 999, seed: int | np.random.Generator
) -> Draws:
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
        Start of the random numbers, or where they come from; the same seed gives the same draws with the same version
        of NumPy.

    Returns
    -------
    (permutations, most) numbers of sites, 0 to sites - 2, different within a row. For site i a number from i and up
    means the site after: its own value is never dealt out. A site with fewer neighbours uses the first ones.

    Raises
    ------
    ValueError
        If `most` is not less than `sites`.

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
    if not 0 <= most < max(sites, 1):
        raise ValueError(f"Ingen av {sites} platser kan ha {most} grannar bland de andra.")
    random = np.random.default_rng(seed)
    if most**2 > SELDOM_TWICE * sites:
        rows = [random.choice(sites - 1, most, replace=False) for _ in range(permutations)]
        return np.array(rows, dtype=np.int32)
    draws = random.integers(0, max(sites - 1, 1), (permutations, most), dtype=np.int32)
    # A row that holds a site twice is drawn again, whole: what is left are all rows without repeats, equally likely.
    while len(again := _with_repeats(draws)):
        draws[again] = random.integers(0, sites - 1, (len(again), most), dtype=np.int32)
    return draws


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
    if links.counts.max(initial=0) > MOST_NEIGHBOURS:
        raise ValueError(
            f"En plats har {links.counts.max()} grannar, men högst {MOST_NEIGHBOURS} går att räkna exakt. "
            "Välj ett kortare avstånd eller färre grannar."
        )
    if len(links.indices) * len(draws) <= FEW:
        return _in_arrays(values, links, draws)
    return _by_running_sums(values, links, draws) if links.even else _by_weighted_sums(values, links, draws)


def chance_tails(
    values: FloatArray,
    links: Links,
    *,
    permutations: int = 999,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Tails:
    """As `conditional_tails`, with draws made as they are needed and never held all at once.

    Parameters
    ----------
    values
        (sites,) known values.
    links
        The neighbours of each site.
    permutations
        How many draws.
    seed
        Start of the random numbers; the same seed gives the same tails on any number of cores.
    progress
        Called with how many draws are done, and how many there are in all.

    Returns
    -------
    For each site two numbers of draws, 0 to `permutations`.

    Raises
    ------
    ValueError
        If `permutations` is below 1, or a site has more neighbours than can be summed exactly.

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> chance_tails(np.array([5.0, 4, 1]), links_from_lists([[1], [0], [0]]), permutations=99, seed=1).p
    array([1., 1., 1.])
    """
    if permutations < 1:
        raise ValueError(f"Antalet omkastningar ska vara minst 1, till exempel 999, men är {permutations}.")
    random, most = np.random.default_rng(seed), int(links.counts.max(initial=0))
    at_once = max(DRAWN_AT_ONCE // max(most, 1), 1)
    none = np.zeros(links.sites, dtype=np.int64)
    tails = Tails(none, none, 0)
    while tails.permutations < permutations:
        number = min(at_once, permutations - tails.permutations)
        draws = draw_neighbours(links.sites, most, permutations=number, seed=random)
        tails += conditional_tails(values, links, draws)
        if progress:
            progress(tails.permutations, permutations)
    return tails


# Internals


def _with_repeats(draws: Draws) -> IntArray:
    """The rows in which some site stands twice."""
    ordered = np.sort(draws, axis=1)
    return np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))


def _in_arrays(values: FloatArray, links: Links, draws: Draws) -> Tails:
    """One site at a time, all its draws at once."""
    steps = _in_steps(values)
    even = links.even
    limits = _limits(steps, links) if even else _weighted_limits(steps, links)
    at_least, at_most = np.zeros((2, links.sites), dtype=np.int64)
    for site, (start, end) in enumerate(zip(links.indptr[:-1], links.indptr[1:], strict=True)):
        drawn = draws[:, : end - start]
        dealt = steps[drawn + (drawn >= site)]
        sums = dealt.sum(axis=1) if even else (dealt * links.weights[start:end]).sum(axis=1)
        at_least[site] = np.count_nonzero(sums >= limits[site, 0])
        at_most[site] = np.count_nonzero(sums <= limits[site, 1])
    return Tails(at_least, at_most, len(draws))


def _by_running_sums(values: FloatArray, links: Links, draws: Draws) -> Tails:
    """All sites through the compiled kernel, for neighbours that weigh the same."""
    from plats.analysis.kernels.permutations import tails_of_even

    steps = _in_steps(values)
    order = np.argsort(links.counts, kind="stable")
    sites = np.column_stack([_limits(steps, links), links.counts, np.arange(links.sites)])[order]
    by_site = np.argsort(draws, axis=None, kind="stable")
    events = np.stack([draws.ravel()[by_site], *np.divmod(by_site, draws.shape[1])], axis=1).astype(np.int32)
    return Tails(*tails_of_even(steps, sites, _parts(sites[:, 2]), draws, events), len(draws))


def _by_weighted_sums(values: FloatArray, links: Links, draws: Draws) -> Tails:
    """All sites through the compiled kernel, for neighbours that weigh differently."""
    from plats.analysis.kernels.permutations import tails_of_weighted

    steps = _in_steps(values)
    limits = _weighted_limits(steps, links)
    found = tails_of_weighted(steps.astype(np.float64), limits, links.indptr, links.weights, draws)
    return Tails(*found, len(draws))


def _limits(steps: IntArray, links: Links) -> IntArray:
    """(sites, 2) the neighbours' sum less, and more, what rounding to steps can have moved two such sums apart."""
    # The running sum may go round the 64 bits; its differences come out right all the same.
    upto = np.concatenate([[0], np.cumsum(steps[links.indices])])
    own, near = upto[links.indptr[1:]] - upto[links.indptr[:-1]], 2 * links.counts
    return np.stack([own - near, own + near], axis=1)


def _weighted_limits(steps: IntArray, links: Links) -> FloatArray:
    """As `_limits`, of weighted sums."""
    own, near = links.sums(steps.astype(np.float64)), 2 * links.sums(np.ones(links.sites))
    return np.stack([own - near, own + near], axis=1)


def _parts(counts: IntArray) -> IntArray:
    """Where to cut sites in order of their number of neighbours, so that none is long and all of one have as many."""
    starts = np.flatnonzero(np.diff(counts, prepend=-1))
    ends = np.append(starts[1:], len(counts))
    cuts = [np.arange(start, end, SITES_PER_PART) for start, end in zip(starts, ends, strict=True)]
    return np.concatenate([*cuts, [len(counts)]])


def _in_steps(values: FloatArray) -> IntArray:
    """The values as whole numbers of steps from the middle of their range; sums of them are exact."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    if not high > low:
        return np.zeros(len(values), dtype=np.int64)
    middle, half = low / 2 + high / 2, high / 2 - low / 2
    # Values far from 0 that lie close together are not known to so many steps.
    finest = half / max(abs(low), abs(high)) / (4 * np.finfo(np.float64).eps)
    steps: IntArray = np.rint((values / 2 - middle / 2) / half * min(STEPS, finest)).astype(np.int64)
    return steps
