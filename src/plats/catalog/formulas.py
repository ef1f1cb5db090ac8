"""Formulas: how an indicator is made from variables, said as data.

`derive` carries them out; here they only say which variables go where. Shares are 0-1, percents 0-100.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from plats.catalog.base import Definition
from plats.vocabulary.codes import Division

Variables = Annotated[tuple[str, ...], Field(min_length=1)]


class Share(Definition):
    """(sum of numerator - sum of subtract) / sum of denominator, 0-1; areas are added before dividing."""

    kind: Literal["share"]
    numerator: Variables
    denominator: Variables
    subtract: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        return _once(self.numerator + self.subtract + self.denominator)


class Count(Definition):
    """The sum of the variables: a number of people, homes or reports."""

    kind: Literal["count"]
    variables: Variables


class WeightedPercent(Definition):
    """sum(percent * weight) / sum(weight) / 100: a share put together from published percents; derived."""

    kind: Literal["weighted_percent"]
    percent: str
    weight: str

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.percent, self.weight)


class WeightedMean(Definition):
    """sum(value * weight) / sum(weight): a mean over the people of several areas."""

    kind: Literal["weighted_mean"]
    value: str
    weight: str

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.value, self.weight)


class Published(Definition):
    """The source's own figure times `scale`; shown only where the source states it, never added together."""

    kind: Literal["published"]
    variable: str
    scale: float = 1.0

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.variable,)


class Rate(Definition):
    """sum of numerator / sum of denominator * per."""

    kind: Literal["rate"]
    numerator: Variables
    denominator: Variables
    per: int

    @property
    def variables(self) -> tuple[str, ...]:
        return _once(self.numerator + self.denominator)


class Relative(Definition):
    """An area's indicator divided by the same indicator of a larger area: 1 means as the whole."""

    kind: Literal["relative"]
    indicator: str
    to: Division

    @property
    def variables(self) -> tuple[str, ...]:
        return ()


class Index(Definition):
    """The value of an index that is defined in indices/."""

    kind: Literal["index"]
    index: str

    @property
    def variables(self) -> tuple[str, ...]:
        return ()


class Unavailable(Definition):
    """Cannot be computed from the figures at hand; every cell is `missing` with this reason (Swedish)."""

    kind: Literal["unavailable"]
    reason: str

    @property
    def variables(self) -> tuple[str, ...]:
        return ()


SimpleFormula = Annotated[
    Share | Count | WeightedPercent | WeightedMean | Published | Rate | Relative | Index | Unavailable,
    Field(discriminator="kind"),
]


class Alternatives(Definition):
    """Several ways to the same figure: the first whose variables all exist for area and period is used."""

    kind: Literal["alternatives"]
    alternatives: Annotated[tuple[SimpleFormula, ...], Field(min_length=2)]

    @property
    def variables(self) -> tuple[str, ...]:
        return _once(tuple(name for formula in self.alternatives for name in formula.variables))


Formula = Annotated[
    Share
    | Count
    | WeightedPercent
    | WeightedMean
    | Published
    | Rate
    | Relative
    | Index
    | Unavailable
    | Alternatives,
    Field(discriminator="kind"),
]


# Internals


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
