"""Links: which sites count as each other's neighbours, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray
from plats.analysis.geometry.shapes import Polygons

# 12 bytes each: what fits beside the rest in 4 GiB.
MOST_LINKS = 200_000_000


@dataclass(frozen=True, slots=True)
class Links:
    """The neighbours of each site, one site after the other (compressed rows): those of site i stand in
    `indices[indptr[i]:indptr[i + 1]]`, increasing, with their weights in the same places."""

    indptr: IntArray  # (sites + 1,)
    indices: IntArray  # (links,)
    weights: FloatArray  # (links,) above 0

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return len(self.indptr) - 1

    @property
    def counts(self) -> IntArray:
        """(sites,) how many neighbours each has."""
        return np.diff(self.indptr)

    @property
    def islands(self) -> BoolArray:
        """(sites,) whether the site has no neighbour."""
        islands: BoolArray = self.counts == 0
        return islands

    @property
    def rows(self) -> IntArray:
        """(links,) the site that each link goes from."""
        return np.repeat(np.arange(self.sites), self.counts)

    @property
    def even(self) -> bool:
        """Whether all neighbours of a site weigh the same, so that only who they are matters."""
        if len(self.weights) == 0 or self.weights.min() == self.weights.max():
            return True
        return bool((self.weights == self.weights[self.indptr[:-1][self.rows]]).all())

    def sums(self, values: FloatArray) -> FloatArray:
        """(sites,) the neighbours' values times their weights, summed; 0 without neighbours."""
        return self.totals(self.weights * values[self.indices])

    def totals(self, terms: FloatArray) -> FloatArray:
        """(sites,) the sum of a number for each link (links,); 0 without neighbours."""
        # What is added at the end lets a last site without neighbours begin there.
        totals: FloatArray = np.add.reduceat(np.append(terms, 0.0), self.indptr[:-1])
        return np.where(self.islands, 0.0, totals)

    def among(self, kept: BoolArray) -> Links:
        """The links between the sites that are kept, which are numbered anew in the same order."""
        rows = self.rows
        both = kept[rows] & kept[self.indices]
        number = np.cumsum(kept) - 1
        return _packed(int(kept.sum()), number[rows[both]], number[self.indices[both]], self.weights[both])


def links_between(sites: int, pairs: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Links:
    """Neighbours as someone else has listed them, one pair of sites a row.

    Parameters
    ----------
    sites
        How many sites there are.
    pairs
        (links, 2) whole numbers from 0: the site, and the one that is its neighbour. One way only: a pair that holds
        both ways stands twice.
    weights
        (links,) how much each counts, above 0; 1 each when not given.

    Returns
    -------
    Links between the sites. A site in no row has no neighbours.

    Raises
    ------
    ValueError
        If a number is outside the sites, a site is its own neighbour, a pair stands twice, or a weight is not a number
        above 0.

    Examples
    --------
    >>> links_between(3, [[0, 1], [1, 0], [1, 2]]).counts
    array([1, 2, 0])
    """
    listed = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    weigh = np.ones(len(listed)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weigh.shape != (len(listed),):
        raise ValueError(
            f"Det ska finnas en vikt per länk, men det är {weigh.size} vikter och {len(listed)} länkar."
        )
    if not (np.isfinite(weigh) & (weigh > 0)).all():
        raise ValueError("Varje vikt ska vara ett tal större än 0. Ta bort länkar som inte ska räknas.")
    if len(listed) and not (listed.min() >= 0 and listed.max() < sites):
        raise ValueError(f"Länkarna ska gå mellan plats 0 och {sites - 1}, men någon går utanför.")
    if (listed[:, 0] == listed[:, 1]).any():
        raise ValueError("En plats kan inte vara granne till sig själv. Ta bort de raderna.")
    if len(np.unique(listed[:, 0] * max(sites, 1) + listed[:, 1])) < len(listed):
        raise ValueError("Samma länk finns flera gånger. Behåll en av dem.")
    return _packed(sites, listed[:, 0], listed[:, 1], weigh)


def links_from_lists(neighbours: Sequence[Sequence[int]]) -> Links:
    """Neighbours given as one list per site, each counting the same.

    Parameters
    ----------
    neighbours
        For each site the numbers of its neighbours, from 0; as `geometry.neighbours.neighbours` answers.

    Returns
    -------
    Links of weight 1.

    Raises
    ------
    ValueError
        As `links_between`.

    Examples
    --------
    >>> links_from_lists([(1,), (0, 2), (1,)]).indices
    array([1, 0, 2, 1])
    """
    pairs = [(site, other) for site, others in enumerate(neighbours) for other in others]
    return links_between(len(neighbours), pairs)


def bordering_links(polygons: Polygons, tolerance_m: float = 25.0, shortest_border_m: float = 50.0) -> Links:
    """Areas that have a border in common are neighbours, each counting the same.

    Parameters
    ----------
    polygons
        (areas,) shapely Polygon or MultiPolygon, in metres.
    tolerance_m, shortest_border_m
        How far apart two drawings of the same border may lie, and how much border is needed, in metres; see
        `geometry.neighbours.neighbours`.

    Returns
    -------
    Links of weight 1, always mutual. An area that borders on none has no neighbours.

    Raises
    ------
    ValueError
        If a polygon is empty or invalid, or the tolerance is not above 0.

    Examples
    --------
    >>> import shapely
    >>> bordering_links([shapely.box(x, 0, x + 500, 500) for x in (0, 500, 5000)]).counts
    array([1, 1, 0])
    """
    from plats.analysis.geometry.neighbours import neighbours

    return links_from_lists(neighbours(polygons, tolerance_m, shortest_border_m))


def nearest_links(points: npt.ArrayLike, neighbours: int = 8) -> Links:
    """The sites nearest to each one are its neighbours, as many for all, each counting the same.

    Parameters
    ----------
    points
        (sites, 2) east and north in metres.
    neighbours
        How many each is to have, 1 to one less than there are sites.

    Returns
    -------
    Links of weight 1. Not always mutual: the nearest of a lone site have others nearer to them.

    Raises
    ------
    ValueError
        If a coordinate is missing or infinite, or there are too few sites.

    Notes
    -----
    Among sites equally far away at the limit it is the search tree that chooses, the same each time. Sites at the
    same point are neighbours at 0 metres.

    Examples
    --------
    >>> nearest_links([[0, 0], [1, 0], [3, 0], [7, 0]], neighbours=1).indices
    array([1, 0, 1, 2])
    """
    from scipy.spatial import cKDTree

    placed = _as_points(points)
    sites = len(placed)
    if not 1 <= neighbours < sites:
        raise ValueError(
            f"Antalet grannar ska vara minst 1 och färre än platserna, men är {neighbours} av {sites} platser."
        )
    _, found = cKDTree(placed).query(placed, neighbours + 1)
    # Where many sites share a point, a site need not come first among its own nearest, or at all.
    itself = found == np.arange(sites)[:, None]
    itself[~itself.any(axis=1), -1] = True
    return _packed(
        sites, np.repeat(np.arange(sites), neighbours), found[~itself], np.ones(sites * neighbours)
    )


def links_within(points: npt.ArrayLike, metres: float) -> Links:
    """The sites within a distance are neighbours, each counting the same.

    Parameters
    ----------
    points
        (sites, 2) east and north in metres.
    metres
        The distance, above 0; a site exactly that far away is within.

    Returns
    -------
    Links of weight 1, always mutual. A site with no other within the distance has no neighbours.

    Raises
    ------
    ValueError
        If a coordinate is missing or infinite, the distance is not above 0, or the links would be more than 200
        million.

    Examples
    --------
    >>> links_within([[0, 0], [1, 0], [3, 0], [7, 0]], 2).counts
    array([1, 2, 1, 0])
    """
    from scipy.spatial import cKDTree

    placed = _as_points(points)
    if not 0 < metres < np.inf:
        raise ValueError(f"Avståndet ska vara ett antal meter större än 0 men är {metres}.")
    tree = cKDTree(placed)
    number = int(tree.count_neighbors(tree, metres)) - len(placed)
    if number > MOST_LINKS:
        raise ValueError(
            f"Inom {metres:g} meter finns {number} länkar, fler än {MOST_LINKS} som får plats i minnet. "
            "Välj ett kortare avstånd eller ett antal närmaste grannar."
        )
    pairs = tree.query_pairs(metres, output_type="ndarray")
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return _packed(len(placed), both[:, 0], both[:, 1], np.ones(len(both)))


# Internals


def _as_points(points: npt.ArrayLike) -> FloatArray:
    placed = np.asarray(points, dtype=np.float64)
    if placed.ndim != 2 or placed.shape[1] != 2:
        raise ValueError(f"Punkterna ska ha två koordinater per plats, men formen är {placed.shape}.")
    lacking = ~np.isfinite(placed).all(axis=1)
    if lacking.any():
        raise ValueError(
            f"Koordinater saknas för {int(lacking.sum())} platser, först plats {int(np.flatnonzero(lacking)[0])} "
            "(räknat från 0). Ange dem eller ta bort platserna."
        )
    return placed


def _packed(sites: int, rows: IntArray, columns: IntArray, weights: FloatArray) -> Links:
    order = np.lexsort((columns, rows))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=sites))]).astype(np.int64)
    return Links(indptr, columns[order].astype(np.int64), weights[order])
