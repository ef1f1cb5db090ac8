"""Sweden's percentiles: where an area stands among all areas of the country, when all of them are imported."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from plats.analysis.quantiles import percentile_table
from plats.derive.figures import UNSTABLE
from plats.derive.tables import Block
from plats.facts.schema import PERCENTILES

# The whole country, or near it: fewer areas than this give no national percentiles.
WHOLE_COUNTRY = {"regso": 3000, "deso": 5500, "municipality": 280}
DERIVED = "plats_derive"
DECIMALS = 6


def percentile_rows(blocks: list[Block]) -> pa.Table:
    """Percentiles 0-100 for every indicator, division and period with (nearly) all of Sweden's areas."""
    parts = [PERCENTILES.empty_table()]
    for block in blocks:
        result = block.result
        values = result.values[result.states <= UNSTABLE]
        if len(values) >= WHOLE_COUNTRY.get(result.layer[0], len(values) + 1):
            parts.append(_rows(block, values))
    return pa.concat_tables(parts)


def merge_percentiles(stored: pa.Table, derived: pa.Table) -> pa.Table:
    """The newly derived percentiles, and the stored ones where none were derived."""
    names = ["indicator", "division", "period"]
    taken = set(zip(*(derived.column(name).to_pylist() for name in names), strict=True))
    keys = zip(*(stored.column(name).to_pylist() for name in names), strict=True)
    keep = [
        key not in taken and dataset != DERIVED
        for key, dataset in zip(keys, stored.column("dataset").to_pylist(), strict=True)
    ]
    return pa.concat_tables([stored.filter(pa.array(keep, pa.bool_())), derived])


# Internals


def _rows(block: Block, values: np.ndarray) -> pa.Table:
    # Rounded as the value that is looked up is, so that areas with the same percent stay equal after a division.
    table = np.round(percentile_table(values), DECIMALS)
    size = len(table)
    columns = {
        "indicator": pa.repeat(pa.scalar(block.indicator), size),
        "division": pa.repeat(pa.scalar(block.result.layer[0]), size),
        "period": pa.repeat(pa.scalar(block.result.period), size),
        "percent": pa.array(np.arange(size), pa.int32()),
        "value": pa.array(table, pa.float64()),
        "areas": pa.repeat(pa.scalar(len(values), pa.int32()), size),
        "dataset": pa.repeat(pa.scalar(DERIVED), size),
    }
    return pa.table(columns, schema=PERCENTILES)
