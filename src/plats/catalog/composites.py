"""Index definitions: how several figures are put together into one, as data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plats.catalog.base import Definition, Reviewed, Text


class IndexPart(Definition):
    """One part of an index; `reverse` when a high value means less of what the index measures."""

    id: str
    title: Text
    definition: Text
    indicator: str | None = None
    weight: float = Field(ge=0)
    reverse: bool = False


class IndexVector(Definition):
    """A published example: the parts' values, the index they give, and the area type."""

    parts: dict[str, float]
    index: float
    area_type: int | None = None


class Perturbation(Definition):
    """How the weights are shaken to see how sure the order is: each weight times 1 ± spread, drawn anew."""

    spread: float = Field(gt=0, lt=1)
    draws: int = Field(gt=0)
    level: float = Field(gt=0, lt=1)
    seed: int


class IndexDefinition(Reviewed):
    """How several figures are put together into one."""

    id: str
    kind: Literal["published", "need", "rule"]
    title: Text
    description: Text
    publisher: str
    higher_means: Text
    scaling: Literal["none", "z"]
    combination: Literal["mean", "weighted_mean", "rule"]
    rule: Text | None = None
    parts: tuple[IndexPart, ...]
    test_vectors: tuple[IndexVector, ...] = ()
    tolerance: float = 0.0
    perturbation: Perturbation | None = None
    unavailable: Text | None = None
    cannot_say: Text
    sources: tuple[str, ...]
    method: str
