"""Sites, crosswalks and percentiles: the smaller tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from plats.facts.schema import CROSSWALKS, PERCENTILES, SITES
from plats.sources.files.figures import read_figures
from plats.sources.files.mapping import Mapping
from plats.sources.files.raw import RawTable, as_text
from plats.sources.files.rows import Faults, TableRows, assemble, codes_of, constant, text_of
from plats.sources.files.sweref import to_sweref
from plats.vocabulary.codes import Division

MILLION = 1_000_000
SITE_KINDS = ("school", "library", "sports", "culture", "station")


def sites(raw: RawTable, mapping: Mapping) -> TableRows:
    """The sites of the file, with positions in SWEREF 99 TM."""
    one = mapping.sites
    assert one is not None  # noqa: S101 - the mapping's model has checked it
    faults = Faults()
    identity = _identity(raw, one.id)
    kind = text_of(raw, one.site_kind, faults)
    for row, said in enumerate(kind.to_pylist()):
        if said not in SITE_KINDS:
            faults.add(row, f"slaget '{said}' finns inte; välj ett av {', '.join(SITE_KINDS)}")
    x, y = _positions(raw, mapping, faults)
    columns: dict[str, Any] = {
        "site": identity,
        "kind": kind,
        "name": text_of(raw, one.name, faults),
        "detail": constant("", raw.rows) if one.detail is None else text_of(raw, one.detail, faults),
        "x": x,
        "y": y,
        "municipality": text_of(raw, one.municipality, faults),
        "dataset": mapping.id,
        "snapshot": "",
    }
    return TableRows("sites", assemble(SITES, columns, raw.rows), _each(raw), raw, faults, identity)


def crosswalks(raw: RawTable, mapping: Mapping) -> TableRows:
    """How much of one area lies in another, in whole millionths; no area gives away more than itself."""
    import pyarrow.compute as pc

    one = mapping.crosswalk
    assert one is not None  # noqa: S101 - the mapping's model has checked it
    faults = Faults()
    origin, target = codes_of(raw, one.from_area, faults), codes_of(raw, one.to_area, faults)
    ppm = np.full(raw.rows, MILLION) if one.ppm is None else _millionths(raw, one.ppm, mapping, faults)
    _refuse_more_than_all(origin, ppm, faults)
    columns: dict[str, Any] = {
        "from_division": one.from_area.division.value,
        "from_edition": one.from_area.edition,
        "from_code": origin,
        "to_division": one.to_area.division.value,
        "to_edition": one.to_area.edition,
        "to_code": target,
        "ppm": ppm,
        "method": one.method,
        "dataset": mapping.id,
        "snapshot": "",
    }
    keys = pc.binary_join_element_wise(origin, target, " → ")
    return TableRows("crosswalks", assemble(CROSSWALKS, columns, raw.rows), _each(raw), raw, faults, keys)


def percentiles(raw: RawTable, mapping: Mapping) -> TableRows:
    """National percentiles of indicators."""
    names = mapping.percentiles
    assert names is not None  # noqa: S101 - the mapping's model has checked it
    faults = Faults()
    division = as_text(raw.column(names.division))
    for row, said in enumerate(division.to_pylist()):
        if said not in set(Division):
            faults.add(row, f"okänd indelning '{said}'; välj en av {', '.join(Division)}")
    columns: dict[str, Any] = {
        "indicator": as_text(raw.column(names.indicator)),
        "division": division,
        "period": as_text(raw.column(names.period)),
        "percent": _whole(raw, names.percent, mapping, faults),
        "value": _numbers(raw, names.value, mapping, faults),
        "areas": _whole(raw, names.areas, mapping, faults),
        "dataset": mapping.id,
    }
    table = assemble(PERCENTILES, columns, raw.rows)
    return TableRows("percentiles", table, _each(raw), raw, faults, columns["indicator"])


# Internals


def _each(raw: RawTable) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.arange(raw.rows, dtype=np.int64)


def _identity(raw: RawTable, columns: list[str]) -> pa.Array:
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*[as_text(raw.column(name)) for name in columns], "|")


def _numbers(raw: RawTable, name: str, mapping: Mapping, faults: Faults) -> list[float | None]:
    figures = read_figures(raw.column(name), mapping)
    faults.add_all(figures.errors, name)
    values: list[float | None] = figures.value.to_pylist()
    return values


def _whole(raw: RawTable, name: str, mapping: Mapping, faults: Faults) -> list[int]:
    whole = []
    for row, number in enumerate(_numbers(raw, name, mapping, faults)):
        if number is None or number != int(number):
            faults.add(row, f"kolumn {name}: skriv ett heltal")
        whole.append(int(number or 0))
    return whole


def _millionths(
    raw: RawTable, name: str, mapping: Mapping, faults: Faults
) -> np.ndarray[Any, np.dtype[np.int64]]:
    found = np.array(_whole(raw, name, mapping, faults), dtype=np.int64)
    for row in np.flatnonzero((found < 0) | (found > MILLION)):
        faults.add(row, f"kolumn {name}: {found[row]} miljondelar; skriv ett heltal från 0 till 1000000")
    return found


def _refuse_more_than_all(origin: pa.Array, ppm: np.ndarray[Any, np.dtype[np.int64]], faults: Faults) -> None:
    encoded = origin.dictionary_encode()
    indices = encoded.indices.to_numpy()
    totals = np.bincount(indices, weights=ppm.astype(float), minlength=len(encoded.dictionary))
    for place in np.flatnonzero(totals > MILLION):
        code, total = encoded.dictionary[int(place)].as_py(), int(totals[place])
        for row in np.flatnonzero(indices == place):
            faults.add(row, f"{code} delas ut {total} miljondelar av 1000000; rätta raderna för {code}")


def _positions(raw: RawTable, mapping: Mapping, faults: Faults) -> tuple[list[Any], list[Any]]:
    one = mapping.sites
    assert one is not None  # noqa: S101
    if one.latitude is None or one.longitude is None:
        return _numbers(raw, str(one.x), mapping, faults), _numbers(raw, str(one.y), mapping, faults)
    x: list[Any] = [None] * raw.rows
    y: list[Any] = [None] * raw.rows
    latitudes = _numbers(raw, one.latitude, mapping, faults)
    longitudes = _numbers(raw, one.longitude, mapping, faults)
    for row, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True)):
        if latitude is None or longitude is None:
            continue
        try:
            east, north = to_sweref(latitude, longitude)
        except ValueError as error:
            faults.add(row, str(error))
            continue
        x[row], y[row] = round(east, 1), round(north, 1)
    return x, y
