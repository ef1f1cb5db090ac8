"""Shapes in: GeoJSON and GeoPackage read, checked and turned into areas in SWEREF 99 TM."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.facts.schema import AREAS
from plats.sources.files.errors import ReadError
from plats.sources.files.figures import read_figures
from plats.sources.files.mapping import Areas, Edition, Mapping
from plats.sources.files.raw import RawTable, require_columns
from plats.sources.files.rows import Faults, TableRows, assemble, codes_of, constant, text_of
from plats.sources.files.sweref import to_sweref
from plats.vocabulary.codes import municipality_of

Objects = npt.NDArray[np.object_]


def read_shapes(path: Path, mapping: Mapping) -> RawTable:
    """The objects of a GeoJSON file or of one layer of a GeoPackage; an object's number is its line."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        with warnings.catch_warnings():
            # GDAL's remarks on how a file was written are noise; what cannot be read is an error.
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = [str(name) for name, _ in pyogrio.list_layers(path)]
            layer = _layer(path, layers, mapping)
            meta, _, geometry, values = pyogrio.raw.read(path, layer=layer)
    except (DataSourceError, DataLayerError) as error:
        raise ReadError(
            f"{path.name}: filen går inte att läsa som {mapping.format_of(path)} ({error}). Hämta den igen."
        ) from None
    have = [str(name) for name in meta["fields"]]
    needed = require_columns(path.name, have, mapping)
    columns = {name: pa.array(values[have.index(name)], from_pandas=True) for name in needed}
    lines = np.arange(1, len(geometry) + 1, dtype=np.int64)
    return RawTable(columns, lines, word="objekt", geometry=geometry, crs=str(meta["crs"] or ""))


def areas(raw: RawTable, mapping: Mapping, file: str) -> TableRows:
    """The areas of the file, one row per declared edition.

    An invalid polygon is a fault, or mended when the mapping says `repair: true`. Height is dropped. A point
    inside each area is computed from its polygon, else read from the x and y columns; else it is unknown.
    """
    settings, area = mapping.areas, mapping.area
    assert settings is not None  # noqa: S101 - the mapping's model has checked it
    assert area is not None  # noqa: S101
    faults = Faults()
    codes = codes_of(raw, area, faults)
    name = constant("", raw.rows) if settings.name is None else text_of(raw, settings.name, faults)
    shapes = _polygons(raw, settings, file, faults)
    wkb, hashes, x, y = _described(shapes)
    if settings.x is not None and settings.y is not None:
        x, y = _column(raw, settings.x, mapping, faults), _column(raw, settings.y, mapping, faults)
    shared: dict[str, Any] = {
        "division": area.division.value,
        "code": codes,
        "name": name,
        "municipality": [municipality_of(area.division, code) for code in codes.to_pylist()],
        "geometry": wkb,
        "geometry_hash": hashes,
        "x": x,
        "y": y,
        "approximate": [settings.approximate] * raw.rows,
        "dataset": mapping.id,
        "snapshot": "",
    }
    parts = [assemble(AREAS, shared | _validity(edition), raw.rows) for edition in settings.editions]
    source = np.tile(np.arange(raw.rows, dtype=np.int64), len(parts))
    return TableRows("areas", pa.concat_tables(parts).combine_chunks(), source, raw, faults, codes)


# Internals


def _layer(path: Path, layers: list[str], mapping: Mapping) -> str | None:
    if not layers:
        raise ReadError(f"{path.name}: filen har inget lager med områden. Exportera lagret igen.")
    if mapping.layer is not None and mapping.layer not in layers:
        raise ReadError(f"{path.name}: lagret '{mapping.layer}' finns inte. Lagren är: {', '.join(layers)}.")
    if mapping.layer is None and len(layers) > 1:
        raise ReadError(
            f"{path.name}: filen har flera lager. Skriv layer: i kopplingsfilen, ett av: {', '.join(layers)}."
        )
    return mapping.layer or layers[0]


def _validity(edition: Edition) -> dict[str, Any]:
    return {"edition": edition.edition, "valid_from": edition.valid_from, "valid_to": edition.valid_to}


def _polygons(raw: RawTable, settings: Areas, file: str, faults: Faults) -> Objects:
    """The shapes as valid flat polygons in SWEREF 99 TM; None where there is none or it cannot be used."""
    import shapely

    if raw.geometry is None:
        return np.full(raw.rows, None, dtype=object)
    if raw.crs and raw.crs != settings.crs:
        raise ReadError(
            f"{file}: filens koordinatsystem är {raw.crs} men kopplingsfilen säger {settings.crs}. "
            "Skriv crs: EPSG:3006 (SWEREF 99 TM) eller EPSG:4326 (WGS 84), eller exportera om filen."
        )
    shapes = shapely.force_2d(shapely.from_wkb(raw.geometry))
    if settings.crs == "EPSG:4326":
        shapes = shapely.transform(shapes, _to_sweref)
    valid = shapely.is_valid(shapes)
    for row in np.flatnonzero(~valid & ~shapely.is_missing(shapes)):
        if settings.repair:
            shapes[row] = shapely.make_valid(shapes[row], method="structure", keep_collapsed=False)
        else:
            reason = shapely.is_valid_reason(shapes[row])
            faults.add(
                row, f"ogiltig polygon ({reason}); rätta den i källan eller skriv repair: true under areas"
            )
            shapes[row] = None
    _refuse_empty(shapes, faults)
    return np.asarray(shapes, dtype=object)


def _refuse_empty(shapes: Objects, faults: Faults) -> None:
    import shapely

    for row, kind in enumerate(shapely.get_dimensions(shapes)):
        said = row in faults.said
        if not said and (shapes[row] is None or shapely.is_empty(shapes[row]) or kind != 2):
            faults.add(row, "objektet har ingen yta; ta bort det eller ge området en polygon")


def _to_sweref(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    try:
        return np.array([to_sweref(latitude, longitude) for longitude, latitude in points])
    except ValueError as error:
        raise ReadError(f"{error}. Kontrollera crs i kopplingsfilen.") from None


def _described(shapes: Objects) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """WKB, hash and a point inside, per shape. Same border, same hash: the shape is normalised first."""
    import shapely

    wkb: list[Any] = []
    hashes: list[Any] = []
    for shape in shapes:
        wkb.append(None if shape is None else shapely.to_wkb(shape))
        normal = None if shape is None else shapely.to_wkb(shapely.normalize(shape))
        hashes.append(None if normal is None else hashlib.sha256(normal).hexdigest())
    points = shapely.point_on_surface(shapes)
    x = [None if np.isnan(value) else round(float(value), 1) for value in shapely.get_x(points)]
    y = [None if np.isnan(value) else round(float(value), 1) for value in shapely.get_y(points)]
    return wkb, hashes, x, y


def _column(raw: RawTable, name: str, mapping: Mapping, faults: Faults) -> list[float | None]:
    figures = read_figures(raw.column(name), mapping)
    faults.add_all(figures.errors, name)
    values: list[float | None] = figures.value.to_pylist()
    return values
