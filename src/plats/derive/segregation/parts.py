"""What a municipality's segregation is put together of: levels of areas, and causes of a change. Both sum exactly.

And what it is in wider and wider surroundings, which sum to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plats.analysis.segregation.change import decompose_change
from plats.analysis.segregation.nested import nested_entropy_index
from plats.analysis.segregation.spatial.surroundings import spatial_multigroup_dissimilarity
from plats.derive.figures import Floats, Layer
from plats.derive.routes import Integers, Routes
from plats.derive.segregation.measures import Measured

# How far surroundings reach, in metres; at 0 they are the area itself. With fewer areas the nearest are too far away.
SCALES_M = (0, 1000, 2000, 4000, 8000)
FEWEST_FOR_SCALES = 20
CAUSES = ("areas_gone", "areas_new", "area_sizes", "group_sizes", "pattern")


@dataclass(frozen=True)
class Parts:
    """Named parts of a measure or of a difference; none, with the reason, when it has no answer."""

    names: tuple[str, ...]
    values: tuple[float, ...]
    reason: str = ""


def levels(table: Floats, at: Integers, layer: Layer, routes: Routes) -> Parts | None:
    """How much of the entropy index lies between the largest areas, between the next inside those, and so on down to
    the areas themselves; None where they lie whole in no larger ones."""
    ladder: list[tuple[str, Integers]] = []
    home, here = at, layer
    while (larger := routes.up(here)) is not None:
        here, inside = larger
        home = inside[home]
        if (home < 0).any():
            break
        ladder.append((here[0], home))
    if not ladder:
        return None
    nested = [nested_entropy_index(table, regions) for _, regions in ladder]
    # From the largest areas down: each step adds what lies between its areas beyond what lay between the larger.
    reached = [0.0, *(one.between for one in reversed(nested)), nested[0].total]
    names = (*(name for name, _ in reversed(ladder)), layer[0])
    return Parts(names, tuple(float(value) for value in np.diff(reached)))


def scales(table: Floats, points: Floats) -> Parts | None:
    """The dissimilarity of everybody's surroundings, as they reach farther; None for a municipality of few areas.

    Everybody in an area is taken to live at its point, and surroundings end where the municipality does.
    """
    if len(table) < FEWEST_FOR_SCALES:
        return None
    lacking = int(np.isnan(points).any(axis=1).sum())
    if lacking:
        return Parts((), (), "Läget saknas för något av områdena.")
    values = spatial_multigroup_dissimilarity(table, points, SCALES_M, "uniform")
    return Parts(tuple(map(str, SCALES_M)), tuple(float(value) for value in values))


def change(before: Floats, after: Floats, measure: Measured) -> Parts:
    """Five causes that sum to the measure's difference between two years."""
    try:
        found = decompose_change(before, after, measure)
    except ValueError as error:
        return Parts((), (), str(error))
    if not np.isfinite(found.causes).all():
        return Parts((), (), "Måttet går inte att räkna för något av åren.")
    return Parts(CAUSES, found.causes)
