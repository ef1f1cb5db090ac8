"""Likeness: which areas resemble a chosen one in the figures the reader picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plats.analysis.similarity import similar
from plats.derive.readings import Distribution


@dataclass(frozen=True)
class Likeness:
    """One area that resembles the chosen one: how far apart in standard deviations, over how many figures."""

    code: str
    distance: float
    figures: int


def alike(code: str, distributions: Sequence[Distribution], *, most: int = 5) -> list[Likeness]:
    """The areas most like `code`, nearest first; every figure weighs the same. An area that shares no figure with it
    is left out; empty when the area itself has none of the figures."""
    codes = sorted({fact.area.code for one in distributions for fact in one.facts})
    if code not in codes or not distributions:
        return []
    matrix = np.full((len(codes), len(distributions)), np.nan)
    for column, one in enumerate(distributions):
        for fact in one.shown:
            matrix[codes.index(fact.area.code), column] = fact.cell.number
    found = similar(matrix, codes.index(code), np.ones(len(distributions)))
    return [
        Likeness(codes[row], float(found.distances[row]), int(found.columns[row]))
        for row in found.order[:most]
    ]
