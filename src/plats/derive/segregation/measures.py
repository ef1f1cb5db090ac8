"""What each measure named in the catalog is worked out by, on a table of (areas, groups)."""

from __future__ import annotations

from collections.abc import Callable

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.exposure import isolation
from plats.analysis.segregation.inequality import inequality_index
from plats.analysis.segregation.multigroup import (
    multigroup_dissimilarity,
    multigroup_entropy_index,
    multigroup_mutual_information,
)
from plats.analysis.segregation.ordinal import ordinal_entropy_index, rank_order_entropy_index

Measured = Callable[[FloatArray], float]


def measured_by(name: str) -> Measured:
    """The function behind a measure's id. With two groups those of several groups give the same."""
    return _MEASURES[name]


# Internals


def _isolation(counts: FloatArray) -> float:
    return isolation(counts[:, 0], counts.sum(axis=1))


def _inequality(counts: FloatArray) -> float:
    """Of the first class against the last, as a share."""
    return inequality_index(counts[:, 0], counts[:, -1]) / 100


_MEASURES: dict[str, Measured] = {
    "dissimilarity": multigroup_dissimilarity,
    "isolation": _isolation,
    "entropy_index": multigroup_entropy_index,
    "mutual_information": multigroup_mutual_information,
    "ordinal_entropy_index": ordinal_entropy_index,
    "rank_order_entropy_index": rank_order_entropy_index,
    "inequality_index": _inequality,
}
