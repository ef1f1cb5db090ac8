"""What a report holds, before anything is written: readings, findings and places, still typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from plats.catalog.missing import MissingTheme
from plats.catalog.models import DivisionDefinition, Indicator, Theme
from plats.derive.distances import GapFinding
from plats.derive.geography import PoliceOverlap
from plats.derive.readings import Distribution, Reading
from plats.facts.query import Area, Fact, Site
from plats.facts.snapshots import Provenance
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.messages import Message


@dataclass(frozen=True)
class Stamp:
    """Which report this is: whose, from which day and which version of the store and the definitions."""

    municipality: str
    code: str
    on: date
    version: str
    definitions: str  # hash over every definition


@dataclass(frozen=True)
class Difference:
    """How far apart the areas (or, in school, the schools) are in one indicator."""

    theme: Theme
    distribution: Distribution
    names: Mapping[str, str]  # name by code, for the areas that show no number
    finding: GapFinding | None
    sentences: tuple[Message, ...]
    without_number: tuple[Fact, ...]


@dataclass(frozen=True)
class School:
    """A school and its own results: never its neighbourhood's."""

    site: Site
    facts: Mapping[str, Fact]
    area_name: str


@dataclass(frozen=True)
class AreaTable:
    """All areas of a division in geographic order, with the headline indicators as columns."""

    division: DivisionDefinition
    indicators: tuple[Indicator, ...]
    codes: tuple[str, ...]
    names: Mapping[str, str]
    distributions: Mapping[str, Distribution]

    def fact(self, indicator: str, code: str) -> Fact | None:
        """The area's figure; None where the indicator has no row for the area."""
        facts = self.distributions[indicator].facts
        return next((fact for fact in facts if fact.area.code == code), None)


@dataclass(frozen=True)
class Surroundings:
    """Where a place lies: its border, its neighbours' and what stands in and around it."""

    shape: BaseGeometry | None
    neighbours: tuple[tuple[str, str, BaseGeometry], ...]  # code, name, border
    around: tuple[Site, ...]  # every site of the municipality; the map keeps those in view
    scene: tuple[tuple[str, str, BaseGeometry], ...]  # every other area of the division


@dataclass(frozen=True)
class PlacePage:
    """One place: what is there, every indicator, and how others have judged it."""

    key: AreaKey
    name: str
    division: DivisionDefinition
    parent: str  # the larger area it belongs to, by name; "" when it has none
    parts: tuple[str, ...]  # the smaller areas in it, by name
    opening: tuple[Message, ...]
    sites: tuple[Site, ...]
    schools: tuple[School, ...]
    surroundings: Surroundings
    headline: tuple[Reading, ...]
    others: tuple[tuple[Theme, tuple[Reading, ...]], ...]
    area_types: tuple[Fact, ...]  # by year, oldest first
    area_type: Indicator | None
    police: tuple[PoliceOverlap, ...]
    descriptive: frozenset[
        str
    ]  # indicators that are never ranked or set against the municipality: birth and background


@dataclass(frozen=True)
class SourceRow:
    """One frozen file behind the report's figures."""

    sha256: str
    provenance: Provenance
    datasets: tuple[str, ...]


@dataclass(frozen=True)
class MethodRow:
    """One method page, the formula versions that were used, and for which indicators."""

    id: str
    title: str
    versions: tuple[str, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class FigureRow:
    """One figure of the long table."""

    fact: Fact
    indicator: Indicator
    area_name: str
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Report:
    """The whole report."""

    stamp: Stamp
    opening: tuple[Message, Message]
    headline: Distribution
    headline_message: Message
    outlines: tuple[tuple[str, str, BaseGeometry], ...]
    stations: tuple[Site, ...]
    whole: tuple[Reading, ...]  # the municipality's own readings
    differences: tuple[Difference, ...]
    tables: tuple[AreaTable, ...]
    kommundelar: tuple[PlacePage, ...]
    areas: tuple[PlacePage, ...]
    schools: tuple[School, ...]
    school_indicators: tuple[Indicator, ...]
    police: tuple[Area, ...]
    police_division: DivisionDefinition
    divisions: Mapping[Division, DivisionDefinition]
    missing: tuple[MissingTheme, ...]
    sources: tuple[SourceRow, ...]
    methods: tuple[MethodRow, ...]
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True)
class PlaceReport:
    """One place as a document of its own."""

    stamp: Stamp
    place: PlacePage
    sources: tuple[SourceRow, ...]
