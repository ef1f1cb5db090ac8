"""What a file holds once its format is gone: columns of text or numbers, and the line each row stands on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.sources.files.errors import ReadError
from plats.sources.files.mapping import Column, Mapping, Text

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that cannot be used: its line, its key as far as it is known, and why."""

    line: int
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of a file as they stand. `geometry` holds WKB per row where the format has shapes."""

    columns: dict[str, pa.Array]
    lines: Lines
    word: str = "rad"
    geometry: npt.NDArray[np.object_] | None = None
    crs: str = ""
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0

    @property
    def rows(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> pa.Array:
        return self.columns[name]

    def take(self, keep: npt.NDArray[np.bool_]) -> RawTable:
        """The rows where `keep` is true; the others count as skipped."""
        mask = pa.array(keep)
        return RawTable(
            columns={name: array.filter(mask) for name, array in self.columns.items()},
            lines=self.lines[keep],
            word=self.word,
            geometry=None if self.geometry is None else self.geometry[keep],
            crs=self.crs,
            problems=self.problems,
            skipped=self.skipped + int((~keep).sum()),
        )


def needed_columns(mapping: Mapping) -> list[str]:
    """Every source column that the mapping mentions, once each."""
    names: list[str | None] = [mapping.end_column, *mapping.require, *mapping.filter]
    texts: list[Text | None] = [mapping.area, mapping.period]
    for column in mapping.columns:
        names += _of_column(column)
    if mapping.areas:
        texts.append(mapping.areas.name)
        names += [mapping.areas.x, mapping.areas.y]
    if mapping.sites:
        one = mapping.sites
        texts += [one.site_kind, one.name, one.detail, one.municipality]
        names += [*one.id, one.latitude, one.longitude, one.x, one.y]
    if mapping.crosswalk:
        texts += [mapping.crosswalk.from_area, mapping.crosswalk.to_area]
        names.append(mapping.crosswalk.ppm)
    if mapping.percentiles:
        names += list(mapping.percentiles.model_dump().values())
    names += [text.column for text in texts if text is not None]
    return list(dict.fromkeys(name for name in names if name is not None))


def require_columns(file: str, have: Sequence[str], mapping: Mapping) -> list[str]:
    """The needed columns, or an error that lists those the file has."""
    needed = needed_columns(mapping)
    absent = [name for name in needed if name not in have]
    if absent:
        raise ReadError(
            f"{file}: kolumnen {', '.join(repr(name) for name in absent)} finns inte. "
            f"Kolumnerna i filen är: {', '.join(str(name) for name in have)}. "
            f"Rätta kopplingsfilen {mapping.id}."
        )
    return needed


def as_text(array: pa.Array) -> pa.Array:
    """A column as trimmed text; nothing is the empty text. Whole numbers lose the '.0' of a float column."""
    import pyarrow.compute as pc

    if pa.types.is_floating(array.type):
        numbers: list[Any] = array.to_pylist()
        array = pa.array([_number_text(number) for number in numbers], pa.string())
    text = pc.fill_null(array.cast(pa.string()), "")
    return pc.utf8_trim_whitespace(text)


# Internals


def _of_column(column: Column) -> list[str | None]:
    return [column.column, column.period_column]


def _number_text(number: float | None) -> str:
    if number is None or math.isnan(number):
        return ""
    return str(int(number)) if number == int(number) else repr(number)
