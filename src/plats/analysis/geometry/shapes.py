"""Reading polygons: an array of shapely geometries, with a sentence when one cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Polygons: TypeAlias = Sequence[Any] | npt.NDArray[np.object_]


def as_polygons(name: str, polygons: Polygons) -> npt.NDArray[np.object_]:
    """Polygons as an array, each of them valid and with an area.

    Parameters
    ----------
    name
        What the caller calls them; it stands in the error.
    polygons
        (areas,) shapely Polygon or MultiPolygon, in metres.

    Returns
    -------
    (areas,) array of the same geometries.

    Raises
    ------
    ValueError
        If one is missing, empty, not a polygon, or crosses itself; nothing is repaired.

    Examples
    --------
    >>> import shapely
    >>> len(as_polygons("områden", [shapely.box(0, 0, 1, 1)]))
    1
    """
    import shapely

    shapes = np.empty(len(polygons), dtype=np.object_)
    shapes[:] = list(polygons)
    kinds = shapely.get_type_id(shapes)
    for index in np.flatnonzero(~np.isin(kinds, (3, 6)) | shapely.is_empty(shapes)):
        raise ValueError(f"'{name}' saknar yta i område {index} (räknat från 0). Läs in gränsen på nytt.")
    for index in np.flatnonzero(~shapely.is_valid(shapes)):
        reason = shapely.is_valid_reason(shapes[index])
        raise ValueError(
            f"'{name}' har en ogiltig gräns i område {index} (räknat från 0): {reason}. "
            "Rätta den i kartprogrammet (till exempel QGIS, Fixa geometrier) och läs in den igen."
        )
    return shapes
