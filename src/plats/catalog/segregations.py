"""Segregation definitions: which groups, over which figures, by which measures, as data.

Groups are said in the order they are measured: the first is the one that a two-group measure is about, and ordered
ones go from low to high. Nothing here has a direction: living apart is described, never judged.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from plats.catalog.base import Definition, Reviewed, Text
from plats.vocabulary.codes import Division
from plats.vocabulary.units import Unit

# Every measure stands in segregation_measures.yaml; a definition names the few it shows, the first one first.
MOST_MEASURES = 4


class Kind(StrEnum):
    """What the groups are to each other, which decides what may be measured."""

    TWO_GROUP = "two_group"
    SEVERAL = "several"
    ORDERED = "ordered"


class Measure(Definition):
    """One number for the whole municipality: what it is called, what its ends mean, where it is explained."""

    id: str
    symbol: str
    title: Text
    meaning: Text
    unit: Unit
    kinds: tuple[Kind, ...]
    method: str


class SegregationGroup(Definition):
    """One group: counts added up, a percent of a count, or what is left of a count when the others are taken away."""

    id: str
    title: Text
    # Lists of variables to add; the first list whose variables a source has is the one used.
    alternatives: tuple[tuple[str, ...], ...] = ()
    percent: str | None = None
    of: str | None = None
    rest_of: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> SegregationGroup:
        ways = [bool(self.alternatives), self.percent is not None, self.rest_of is not None]
        if sum(ways) != 1 or (self.percent is None) != (self.of is None):
            raise ValueError("ange alternatives, percent och of, eller rest_of: precis ett av dem")
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that it may read."""
        named = [name for several in self.alternatives for name in several]
        return (*named, *(name for name in (self.percent, self.of, self.rest_of) if name is not None))


class Break(Definition):
    """From this period on the groups cannot be compared with earlier ones."""

    period: str
    reason: Text


class SegregationDefinition(Reviewed):
    """Which groups' homes are compared, by which measures, and what that cannot say."""

    id: str
    order: int
    kind: Kind
    title: Text
    short_title: Text
    description: Text
    counted: Literal["persons", "dwellings"]
    groups: tuple[SegregationGroup, ...] = Field(min_length=2)
    measures: tuple[str, ...] = Field(min_length=1, max_length=MOST_MEASURES)
    divisions: tuple[Division, ...]
    sources: tuple[str, ...]
    suppression: str
    comparability_breaks: tuple[Break, ...] = ()
    # Why no interval is shown, where chance does not decide who is where.
    no_interval: Text | None = None
    needs: Text
    cannot_say: Text
    method: str

    @property
    def headline(self) -> str:
        """The measure that the page opens with, and that contributions and change are worked out for."""
        return self.measures[0]

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that any group may read."""
        return tuple(dict.fromkeys(name for group in self.groups for name in group.variables))
