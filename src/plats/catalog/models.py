"""What the definition files say, as types.

A model checks the shape (which fields, which types); `check` judges the content (empty owner, unknown theme).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from plats.catalog.base import CatalogError, Change, Definition, Reviewed, Text, Texts
from plats.catalog.composites import IndexDefinition, IndexPart, IndexVector, Perturbation
from plats.catalog.dated import DatedValue, Parameter
from plats.catalog.formulas import Alternatives, Formula, SimpleFormula
from plats.vocabulary.codes import Division
from plats.vocabulary.periods import PeriodKind
from plats.vocabulary.units import Unit

__all__ = [
    "CatalogError",
    "Change",
    "ComparabilityBreak",
    "DatedValue",
    "Direction",
    "DivisionDefinition",
    "Edition",
    "IndexDefinition",
    "IndexPart",
    "IndexVector",
    "Indicator",
    "Parameter",
    "Perturbation",
    "Text",
    "Texts",
    "Theme",
    "Variable",
    "VariableGroup",
]


class Direction(StrEnum):
    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NONE = "none"


class Theme(Definition):
    """A subject that indicators are shown under."""

    id: str
    order: int
    title: Text


class VariableGroup(Definition):
    """Variables that come from the same kind of source table."""

    title: str
    # Birth region and background: may be shown, but is never a gap and never a part of a need index.
    never_need: bool = False


class Variable(Definition):
    """A figure as a source states it: what it is called, counts and means."""

    id: str
    group: str
    unit: Literal[
        "persons", "households", "dwellings", "percent", "tkr", "points", "score", "ratio", "reports", "class"
    ]
    term: str
    definition: str
    aggregates: str = Field(pattern=r"^(sum|none|weighted_by:[a-z0-9_]+)$")

    @property
    def sums(self) -> bool:
        """Whether areas may be added together."""
        return self.aggregates == "sum"

    @property
    def weight(self) -> str | None:
        """The variable that weights this one when areas are put together, if one does."""
        return self.aggregates.removeprefix("weighted_by:") if ":" in self.aggregates else None


class ComparabilityBreak(Definition):
    """From this period on the figure cannot be compared with earlier ones."""

    period: str
    reason: Text


class Indicator(Reviewed):
    """A figure we show: what it is, how it is made, what it can and cannot say."""

    id: str
    theme: str
    order: int
    headline: bool = False
    title: Text
    short_title: Text
    noun: Text
    description: Text
    why_it_matters: Texts
    numerator: Text
    denominator: Text
    formula: Formula
    unit: Unit
    range: tuple[float, float]
    direction: Direction
    gap: bool
    no_direction_until: Text | None = None
    class_labels: dict[int, Text] = Field(default_factory=dict)
    smallest_area: Division
    divisions: tuple[Division, ...]
    period_kind: PeriodKind
    age: Text
    sex: Literal["none", "available"]
    sex_note: Text = Text(sv="könsuppdelning saknas", en="no split by sex")
    sources: tuple[str, ...]
    processing: Text
    suppression: str
    comparability_breaks: tuple[ComparabilityBreak, ...] = ()
    cannot_say: Text
    method: str

    @model_validator(mode="before")
    @classmethod
    def _gap_follows_direction(cls, data: Any) -> Any:
        """Only what has a direction is a gap, unless the file says otherwise."""
        if isinstance(data, dict) and "gap" not in data:
            return {**data, "gap": data.get("direction") != "none" and not data.get("no_direction_until")}
        return data

    @property
    def formulas(self) -> tuple[SimpleFormula, ...]:
        """The formulas to try, in order; one for most indicators."""
        return self.formula.alternatives if isinstance(self.formula, Alternatives) else (self.formula,)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that any of its formulas reads."""
        return self.formula.variables

    @property
    def available(self) -> bool:
        """False when it is defined but cannot be computed from any figures at hand."""
        return self.formula.kind != "unavailable"


class Edition(Definition):
    """The borders of a division at one time; `equivalent_to` holds only in the municipalities named."""

    edition: str
    valid_from: date | None = None
    valid_to: date | None = None
    equivalent_to: str | None = None
    municipalities: tuple[str, ...] = ()
    source: str

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class DivisionDefinition(Definition):
    """A way of dividing the country or the municipality into areas."""

    id: Division
    order: int
    menu: bool
    title: Text
    plural: Text
    description: Text
    approximate: bool = False
    note: Text | None = None
    parents: tuple[Division, ...] = ()
    default_edition: str
    editions: tuple[Edition, ...]

    @property
    def parent(self) -> Division | None:
        """The division its areas are first added up to."""
        return self.parents[0] if self.parents else None

    def edition_on(self, day: date) -> Edition | None:
        """The edition whose borders held that day; None when none did."""
        return next((edition for edition in self.editions if edition.holds_on(day)), None)

    def equivalents(self, edition: str, municipality: str) -> tuple[str, ...]:
        """Other editions with the same borders and codes in this municipality, by a source's word."""
        declared = [
            e for e in self.editions if e.equivalent_to is not None and municipality in e.municipalities
        ]
        pairs = [(e.edition, e.equivalent_to) for e in declared] + [
            (e.equivalent_to, e.edition) for e in declared
        ]
        return tuple(other for one, other in pairs if one == edition and other is not None)
