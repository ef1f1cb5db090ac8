"""Which of the municipality's areas stand out together with their neighbours, in the figures that describe need.

Worked out over all areas of a division at once, so that what chance would find among so many is counted in. Only
figures that may be shown are used; divisions without borders, or with few areas, get no answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from plats.analysis.clusters.finding import findings
from plats.analysis.clusters.links import Links, bordering_links
from plats.analysis.clusters.local import local_statistics
from plats.catalog.load import Catalog
from plats.catalog.models import DatedValue
from plats.derive.figures import UNSTABLE, Layer
from plats.derive.tables import Block, lineage_key_of
from plats.facts.schema import STANDING_OUT


def standing_out(
    blocks: Sequence[Block], areas: pa.Table, definitions: Catalog, decided: DatedValue, home: str
) -> pa.Table:
    """A row for each of the municipality's areas and each part of the need index, at its latest period."""
    wanted = {
        part.indicator
        for index in definitions.indices.values()
        if index.kind == "need"
        for part in index.parts
        if part.indicator is not None
    }
    latest: dict[tuple[str, Layer], Block] = {}
    for block in blocks:
        if block.indicator in wanted and block.result.sex == "total":
            key = (block.indicator, block.result.layer)
            if key not in latest or block.result.period > latest[key].result.period:
                latest[key] = block
    ours = areas.filter(pc.equal(areas.column("municipality"), home))
    borders = {layer: _borders(ours, layer) for layer in {layer for _, layer in latest}}
    parts = [STANDING_OUT.empty_table()]
    for (_, layer), block in sorted(latest.items(), key=lambda pair: pair[0]):
        codes, links = borders[layer]
        if links is not None and len(codes) >= decided.whole("fewest_areas"):
            parts.append(_rows(block, codes, links, decided, home))
    return pa.concat_tables(parts)


# Internals


def _borders(areas: pa.Table, layer: Layer) -> tuple[list[str], Links | None]:
    """The codes of the areas whose borders are loaded, in order, and which are next to which."""
    rows = [
        (row["code"], row["geometry"])
        for row in areas.select(["division", "edition", "code", "geometry"]).to_pylist()
        if (row["division"], row["edition"]) == layer and row["geometry"]
    ]
    rows.sort()
    if len(rows) < 2:
        return [], None
    return [code for code, _ in rows], bordering_links([shapely.from_wkb(shape) for _, shape in rows])


def _rows(block: Block, codes: list[str], links: Links, decided: DatedValue, home: str) -> pa.Table:
    result = block.result
    shown = np.where(block.extra.shown <= UNSTABLE, result.values, np.nan)
    value_of = dict(zip(block.codes.tolist(), shown.tolist(), strict=True))
    values = np.array([value_of.get(code, np.nan) for code in codes])
    found = local_statistics(
        values, links, permutations=decided.whole("permutations"), seed=decided.whole("seed")
    )
    told = findings(found, decided.number("false_rate"))
    size = len(codes)
    columns = {
        "indicator": [block.indicator] * size,
        "division": [result.layer[0]] * size,
        "edition": [result.layer[1]] * size,
        "area": codes,
        "period": [result.period] * size,
        "municipality": [home] * size,
        "finding": [str(one) for one in told],
        "moran": [float(one) if np.isfinite(one) else None for one in found.moran],
        "p": [float(one) if np.isfinite(one) else None for one in found.p],
        "neighbours": links.counts.tolist(),
        "permutations": [found.permutations] * size,
        "lineage": [lineage_key_of(block.notes)] * size,
    }
    return pa.table(columns, schema=STANDING_OUT)
