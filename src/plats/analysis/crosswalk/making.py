"""Making a crosswalk from borders: how many of each area's people live in each area of another division."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, as_counts
from plats.analysis.crosswalk.moving import MILLION, Crosswalk
from plats.analysis.geometry.overlay import overlay
from plats.analysis.geometry.shapes import Polygons, as_polygons

# SCB's simplified DeSO overlap so much that up to 11 percent of a small district's people would count twice.
# More than this is areas that truly lie on each other.
_MOST_OVERLAP = 0.20


def ppm_from_weights(weights: npt.ArrayLike) -> IntArray:
    """Whole millionths in proportion to weights, adding up to exactly 1,000,000.

    Parameters
    ----------
    weights
        (parts,) weights, at least 0, of one from-area's parts.

    Returns
    -------
    (parts,) whole millionths, each within one of its exact proportion.

    Raises
    ------
    ValueError
        If a weight is missing or negative, or all are 0.

    Notes
    -----
    What rounding down leaves over goes to the parts with the largest remainders; of equal remainders to the
    first part.

    References
    ----------
    The method of largest remainders (Hamilton).

    Examples
    --------
    >>> ppm_from_weights([1, 1, 1])
    array([333334, 333333, 333333])
    """
    weight = as_counts("vikter", weights)
    total = weight.sum()
    if not total > 0:  # also when a weight is NaN
        raise ValueError(
            "Vikterna ska vara kända och minst en större än 0, annars går området inte att dela."
        )
    exact = weight / total * MILLION
    shares: IntArray = np.floor(exact).astype(np.int64)
    left = MILLION - int(shares.sum())
    remainders = exact - shares
    # `left` can be -1 when a quotient was rounded up to a whole number; then the smallest remainder gives one
    # back.
    if left >= 0:
        shares[np.argsort(-remainders, kind="stable")[:left]] += 1
    else:
        shares[np.flatnonzero(shares > 0)[np.argsort(remainders[shares > 0], kind="stable")[:-left]]] -= 1
    return shares


def people_crosswalk(
    from_geoms: Polygons,
    to_geoms: Polygons,
    block_geoms: Polygons,
    block_people: npt.ArrayLike,
    *,
    rest_tolerance: float = 0.02,
    sliver_share: float = 0.005,
) -> Crosswalk:
    r"""How large a part of each area's people live in each area of another division.

    The people of small blocks, most often DeSO, are taken to live evenly inside each block.

    .. math:: w_{ft} = \sum_b P_b \frac{|f \cap b \cap t|}{|b|}

    Parameters
    ----------
    from_geoms, to_geoms
        (from-areas,) and (to-areas,) shapely Polygon or MultiPolygon, in metres.
    block_geoms
        (blocks,) polygons of the blocks.
    block_people
        (blocks,) persons, none missing.
    rest_tolerance
        Share, 0-1. When the to-areas hold all but this share of a from-area's people, the rest is taken as
        borders drawn differently and divided among them in proportion. A larger rest lives outside and is not
        moved.
    sliver_share
        Share, 0-1. A part smaller than this is taken as borders drawn differently and left out.

    Returns
    -------
    `Crosswalk` ordered by from-area and to-area. The millionths of a from-area add up to exactly 1,000,000
    when it lies in the to-areas, and to less when part of it lies outside.

    Raises
    ------
    ValueError
        If a polygon is empty or invalid, a block's people are missing or negative, or the to-areas overlap so
        much that a from-area's people would count more than once.

    Notes
    -----
    A from-area in which nobody lives is divided by its land, so that its zeros still add up. Water and woods
    count as land: where people live unevenly inside a block the result is wrong by as much. Where
    to-areas overlap by up to a fifth, as simplified borders can, the people there are divided in proportion.

    References
    ----------
    Goodchild & Lam (1980), see `move_counts`; with blocks as control zones: Goodchild, M. F., Anselin, L. &
    Deichmann, U. (1993). A framework for the areal interpolation of socioeconomic data. Environment and
    Planning A 25, 383-397. https://doi.org/10.1068/a250383. The two tolerances are our own.

    Examples
    --------
    >>> import shapely
    >>> west, east = shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100)
    >>> people_crosswalk([shapely.box(0, 0, 100, 100)], [west, east], [west, east], [300, 100]).ppm
    array([750000, 250000])
    """
    people = as_counts("folkmängd", block_people)
    blocks = as_polygons("byggstenar", block_geoms)
    sources, targets = as_polygons("från-områden", from_geoms), as_polygons("till-områden", to_geoms)
    if len(people) != len(blocks) or np.isnan(people).any():
        raise ValueError("Varje byggsten ska ha en känd folkmängd.")
    inside = overlay(sources, blocks)
    dwellers = people[inside.second_index] * inside.area_m2 / _areas(blocks)[inside.second_index]
    parts = overlay(inside.shapes, targets)
    moved = dwellers[parts.first_index] * parts.area_m2 / inside.area_m2[parts.first_index]
    size = (len(sources), len(targets))
    weights = _table(inside.first_index[parts.first_index], parts.second_index, moved, size=size)
    totals = np.bincount(inside.first_index, weights=dwellers, minlength=size[0]).astype(np.float64)
    empty = totals == 0
    if empty.any():
        land, land_totals = _land(sources, targets)
        weights[empty], totals[empty] = land[empty], land_totals[empty]
    return _divided(weights, totals, rest_tolerance=rest_tolerance, sliver_share=sliver_share)


def area_crosswalk(
    from_geoms: Polygons,
    to_geoms: Polygons,
    *,
    rest_tolerance: float = 0.02,
    sliver_share: float = 0.005,
) -> Crosswalk:
    r"""How large a part of each area's land lies in each other area; only when people are not known.

    .. math:: w_{ft} = |f \cap t|

    Parameters
    ----------
    from_geoms, to_geoms
        As for `people_crosswalk`.
    rest_tolerance, sliver_share
        As for `people_crosswalk`, of land in place of people.

    Returns
    -------
    `Crosswalk`, as `people_crosswalk`.

    Raises
    ------
    ValueError
        If a polygon is empty or invalid, or the to-areas overlap much.

    Notes
    -----
    Lakes and woods count as much as blocks of flats, so figures moved this way must carry a warning.

    References
    ----------
    Goodchild & Lam (1980), see `move_counts`.

    Examples
    --------
    >>> import shapely
    >>> west, east = shapely.box(0, 0, 25, 100), shapely.box(25, 0, 100, 100)
    >>> area_crosswalk([shapely.box(0, 0, 100, 100)], [west, east]).ppm
    array([250000, 750000])
    """
    weights, totals = _land(as_polygons("från-områden", from_geoms), as_polygons("till-områden", to_geoms))
    return _divided(weights, totals, rest_tolerance=rest_tolerance, sliver_share=sliver_share)


# Internals


def _areas(shapes: Polygons) -> FloatArray:
    import shapely

    areas: FloatArray = np.asarray(shapely.area(shapes), dtype=np.float64)
    return areas


def _land(from_geoms: Polygons, to_geoms: Polygons) -> tuple[FloatArray, FloatArray]:
    pieces = overlay(from_geoms, to_geoms)
    size = (len(from_geoms), len(to_geoms))
    return _table(pieces.first_index, pieces.second_index, pieces.area_m2, size=size), _areas(from_geoms)


def _table(rows: IntArray, columns: IntArray, amounts: FloatArray, *, size: tuple[int, int]) -> FloatArray:
    flat = np.bincount(rows * size[1] + columns, weights=amounts, minlength=size[0] * size[1])
    return flat.astype(np.float64).reshape(size)


def _divided(
    weights: FloatArray, totals: FloatArray, *, rest_tolerance: float, sliver_share: float
) -> Crosswalk:
    """Millionths of each from-area from the weight of its parts and its weight in all."""
    rows: list[tuple[int, int, int]] = []
    for area, (parts, total) in enumerate(zip(weights, totals, strict=True)):
        _refuse_overlap(area, parts.sum() / total)
        kept = np.flatnonzero(parts >= sliver_share * total)
        if len(kept) == 0:
            continue
        outside = total - parts.sum()
        rest = [outside] if outside > rest_tolerance * total else []
        ppm = ppm_from_weights([*parts[kept], *rest])[: len(kept)]
        rows += [
            (area, target, part) for target, part in zip(kept.tolist(), ppm.tolist(), strict=True) if part
        ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Crosswalk(table[:, 0], table[:, 1], table[:, 2])


def _refuse_overlap(area: int, share: float) -> None:
    if share > 1 + _MOST_OVERLAP:
        raise ValueError(
            f"Till-områdena överlappar varandra i från-område {area} (räknat från 0): "
            f"{100 * (share - 1):.0f} procent skulle räknas två gånger. "
            "Rätta gränserna eller räkna områdena var för sig."
        )
