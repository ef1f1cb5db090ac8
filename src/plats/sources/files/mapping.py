"""Mappings: a YAML file that says which column of a source file is what.

The mapping's id is the dataset id in the store. Raw Swedish column names live here and nowhere else.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from plats.sources.files.errors import MappingError
from plats.vocabulary.cells import State
from plats.vocabulary.codes import Division
from plats.vocabulary.periods import parse_period


class Kind(StrEnum):
    """Which table of the store the rows go to."""

    OBSERVATIONS = "observations"
    AREAS = "areas"
    SITES = "sites"
    CROSSWALK = "crosswalk"
    PERCENTILES = "percentiles"


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    PARQUET = "parquet"


DEFAULT_STATES: dict[str, State] = {
    "..": State.HIDDEN,
    ".": State.NOT_APPLICABLE,
    "": State.MISSING,
    "saknas": State.MISSING,
}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """Where a text comes from: a column, or one value for all rows.

    `pad` restores leading zeros that a spreadsheet has eaten; `codes` translates what stands in the column.
    """

    column: str | None = None
    value: str | None = None
    pad: int | None = None
    codes: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.column is None) == (self.value is None):
            raise ValueError("ange antingen column eller value, inte båda och inte ingen")
        return self


class AreaText(Text):
    """An area code: its column or value, and the division and edition it belongs to."""

    division: Division
    edition: str = ""


class Column(Strict):
    """One column of figures: the variable it holds, for whom and when.

    `state` instead of `column` states that the source has no such figure at all, with the reason.
    """

    column: str | None = None
    variable: str
    sex: str = "total"
    age: str = "total"
    period: str | None = None
    period_column: str | None = None
    scale: float = 1.0
    state: State | None = None
    reason: str = ""

    @field_validator("period")
    @classmethod
    def _readable(cls, text: str | None) -> str | None:
        return None if text is None else str(parse_period(text))

    @model_validator(mode="after")
    def _has_origin(self) -> Self:
        if (self.column is None) == (self.state is None):
            raise ValueError("ange column, eller state och reason när källan inte har uppgiften")
        if self.state in (State.VALUE, State.UNSTABLE):
            raise ValueError("state kan bara vara hidden, missing eller not_applicable")
        return self


class Edition(Strict):
    """One edition that the file's areas are valid in."""

    edition: str = ""
    valid_from: str
    valid_to: str | None = None


class Areas(Strict):
    """How a row becomes an area."""

    name: Text | None = None
    editions: list[Edition] = Field(min_length=1)
    x: str | None = None
    y: str | None = None
    crs: Literal["EPSG:3006", "EPSG:4326"] = "EPSG:3006"
    approximate: bool = False
    repair: bool = False


class Sites(Strict):
    """How a row becomes a site: a school, a library, a sports hall, a station."""

    id: list[str] = Field(min_length=1)
    site_kind: Text
    name: Text
    detail: Text | None = None
    municipality: Text
    latitude: str | None = None
    longitude: str | None = None
    x: str | None = None
    y: str | None = None

    @model_validator(mode="after")
    def _one_position(self) -> Self:
        if (self.latitude is None) == (self.x is None) or (self.longitude is None) == (self.y is None):
            raise ValueError("ange antingen latitude och longitude (WGS 84) eller x och y (SWEREF 99 TM)")
        return self


class Crosswalk(Strict):
    """How a row says how much of one area lies in another: `ppm` column, or a key where all of it does."""

    from_area: AreaText
    to_area: AreaText
    ppm: str | None = None
    method: Literal["key", "population", "area"]

    @model_validator(mode="after")
    def _weight(self) -> Self:
        if (self.ppm is None) != (self.method == "key"):
            raise ValueError("en nyckel (method: key) har ingen ppm-kolumn; andra metoder måste ha en")
        return self


class Percentiles(Strict):
    """Names of the columns in a table of percentiles."""

    indicator: str = "indicator"
    division: str = "division"
    period: str = "period"
    percent: str = "percent"
    value: str = "value"
    areas: str = "areas"


class Origin(Strict):
    """Where the figures come from, as a reader may check it."""

    agency: str
    title: str
    table: str = ""
    address: str
    licence: str
    retrieved: str
    note: str = ""


class Expected(Strict):
    """What the embedded file must hold, checked by `plats check`. Sums are decimal texts, to be exact."""

    sha256: str
    rows: int
    sums: dict[str, str] = {}


class Mapping(Strict):
    """A whole mapping file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Kind
    matches: list[str] = []
    format: Format | None = None
    encoding: str = "utf-8-sig"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    decimal: Literal[".", ","] = "."
    header_row: int = Field(default=1, ge=1)
    end_column: str | None = None
    sheet: str | None = None
    layer: str | None = None
    require: list[str] = []
    filter: dict[str, str | list[str]] = {}
    on_conflict: Literal["replace", "keep"] = "replace"
    states: dict[str, State] = DEFAULT_STATES
    approximate_prefixes: list[str] = ["~", "cirka "]
    suppression: Literal["none", "scb_integration"] = "none"
    area: AreaText | None = None
    period: Text | None = None
    columns: list[Column] = []
    areas: Areas | None = None
    sites: Sites | None = None
    crosswalk: Crosswalk | None = None
    percentiles: Percentiles | None = None
    provenance: Origin
    expected: Expected | None = None

    @field_validator("states")
    @classmethod
    def _with_defaults(cls, states: dict[str, State]) -> dict[str, State]:
        if {State.VALUE, State.UNSTABLE} & set(states.values()):
            raise ValueError("ett tecken kan bara betyda hidden, missing eller not_applicable")
        return {**DEFAULT_STATES, **states}

    @model_validator(mode="after")
    def _parts_of_its_kind(self) -> Self:
        for field in _NEEDS[self.kind]:
            if not getattr(self, field):
                raise ValueError(f"en kopplingsfil av slaget {self.kind} behöver fältet {field}")
        return self

    def format_of(self, path: Path) -> Format:
        """The declared format, else the one the file's ending says."""
        if self.format is not None:
            return self.format
        ending = path.suffix.lower().removeprefix(".")
        try:
            return Format({"json": "geojson", "txt": "csv"}.get(ending, ending))
        except ValueError:
            raise MappingError(
                f"{path.name}: filändelsen '{path.suffix}' säger inte vilket format filen har. "
                f"Skriv format: med ett av {', '.join(Format)} i kopplingsfilen {self.id}."
            ) from None


# Internals

_NEEDS: dict[Kind, tuple[str, ...]] = {
    Kind.OBSERVATIONS: ("area", "columns"),
    Kind.AREAS: ("area", "areas"),
    Kind.SITES: ("sites",),
    Kind.CROSSWALK: ("crosswalk",),
    Kind.PERCENTILES: ("percentiles",),
}
