"""The shape of everything the store holds: one Arrow schema per table.

A version of the store is these tables and a manifest. `observations` are figures as a source states them;
`indicators` are what `derive` makes of them by the catalog's definitions; the others say where, and how figures
travel between divisions.
"""

from __future__ import annotations

import pyarrow as pa

OBSERVATIONS = pa.schema(
    [
        ("variable", pa.string()),  # tidy English name, e.g. employed
        ("division", pa.string()),
        ("edition", pa.string()),
        ("area", pa.string()),
        ("period", pa.string()),
        ("sex", pa.string()),  # total, women, men
        ("age", pa.string()),  # total, 25-64
        ("state", pa.string()),  # vocabulary.cells.State
        ("value", pa.float64()),  # null exactly when the state shows no number
        ("reason", pa.string()),  # why the state is not value, in Swedish
        ("dataset", pa.string()),  # id of the mapping that read it
        ("snapshot", pa.string()),  # sha256 of the frozen file it was read from
    ]
)

INDICATORS = pa.schema(
    [
        ("indicator", pa.string()),
        ("division", pa.string()),
        ("edition", pa.string()),
        ("area", pa.string()),
        ("municipality", pa.string()),
        ("period", pa.string()),
        ("sex", pa.string()),
        ("age", pa.string()),
        ("state", pa.string()),  # the state inside the house
        ("shown", pa.string()),  # the state at the exit, after the source's disclosure rule
        ("value", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("low", pa.float64()),  # interval for small numbers, where it can be had
        ("high", pa.float64()),
        ("rank_low", pa.int32()),  # 1 is the highest value
        ("rank_high", pa.int32()),
        ("rank_of", pa.int32()),  # how many areas were ranked
        ("coverage", pa.float64()),  # share of the area's people that the figure stands on
        ("reason", pa.string()),
        ("method", pa.string()),  # method and version, e.g. share/1
        ("lineage", pa.string()),  # key into the lineage table
    ]
)

LINEAGE = pa.schema(
    [
        ("lineage", pa.string()),
        ("step", pa.int32()),
        ("kind", pa.string()),  # source, crosswalk, method
        ("dataset", pa.string()),
        ("snapshot", pa.string()),
        ("note", pa.string()),
    ]
)

AREAS = pa.schema(
    [
        ("division", pa.string()),
        ("edition", pa.string()),
        ("code", pa.string()),
        ("name", pa.string()),
        ("municipality", pa.string()),
        ("valid_from", pa.string()),  # ISO date
        ("valid_to", pa.string()),  # ISO date or null: still valid
        ("geometry", pa.binary()),  # WKB in SWEREF 99 TM (EPSG:3006), or null: boundary not loaded
        ("geometry_hash", pa.string()),
        ("x", pa.float64()),  # representative point, EPSG:3006
        ("y", pa.float64()),
        ("approximate", pa.bool_()),
        ("dataset", pa.string()),
        ("snapshot", pa.string()),
    ]
)

SITES = pa.schema(
    [
        ("site", pa.string()),  # stable id within its dataset
        ("kind", pa.string()),  # school, library, sports, culture, station
        ("name", pa.string()),
        ("detail", pa.string()),  # e.g. Kommunal
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("municipality", pa.string()),
        ("dataset", pa.string()),
        ("snapshot", pa.string()),
    ]
)

CROSSWALKS = pa.schema(
    [
        ("from_division", pa.string()),
        ("from_edition", pa.string()),
        ("from_code", pa.string()),
        ("to_division", pa.string()),
        ("to_edition", pa.string()),
        ("to_code", pa.string()),
        (
            "ppm",
            pa.int64(),
        ),  # millionths of the from-area that lie in the to-area; whole numbers, so counts stay exact
        ("method", pa.string()),  # key, population, area
        ("dataset", pa.string()),
        ("snapshot", pa.string()),
    ]
)

PERCENTILES = pa.schema(
    [
        ("indicator", pa.string()),
        ("division", pa.string()),
        ("period", pa.string()),
        ("percent", pa.int32()),  # 0-100
        ("value", pa.float64()),
        ("areas", pa.int32()),
        ("dataset", pa.string()),
    ]
)

# What `derive` makes of a segregation definition (catalog/segregations): the measure of the whole municipality ...
SEGREGATION = pa.schema(
    [
        ("segregation", pa.string()),
        ("measure", pa.string()),
        ("division", pa.string()),
        ("edition", pa.string()),
        ("period", pa.string()),
        ("municipality", pa.string()),
        ("state", pa.string()),
        ("value", pa.float64()),
        ("corrected", pa.float64()),  # without what chance adds, where an interval is fair
        ("low", pa.float64()),  # the interval around that
        ("high", pa.float64()),
        ("level", pa.float64()),  # the interval's level
        ("no_interval", pa.string()),  # why there is none, in Swedish
        ("areas", pa.int32()),  # how many areas it stands on
        ("excluded", pa.int32()),  # how many were left out: missing, hidden or protected
        ("counted", pa.float64()),  # people or dwellings in the areas it stands on
        ("coverage", pa.float64()),  # share of the municipality's people who live in those areas
        ("reason", pa.string()),
        ("method", pa.string()),
        ("lineage", pa.string()),
    ]
)

# ... what it is put together of, levels or causes of a change, which sum to it ...
SEGREGATION_PARTS = pa.schema(
    [
        ("segregation", pa.string()),
        ("measure", pa.string()),
        ("kind", pa.string()),  # level, change
        ("part", pa.string()),  # a division, or a cause
        ("step", pa.int32()),
        ("division", pa.string()),
        ("edition", pa.string()),
        ("period", pa.string()),
        ("since", pa.string()),  # the earlier period of a change
        ("municipality", pa.string()),
        ("state", pa.string()),
        ("value", pa.float64()),
        ("reason", pa.string()),
        ("method", pa.string()),
        ("lineage", pa.string()),
    ]
)

# ... and what each area adds to it.
SEGREGATION_LOCAL = pa.schema(
    [
        ("segregation", pa.string()),
        ("measure", pa.string()),
        ("division", pa.string()),
        ("edition", pa.string()),
        ("area", pa.string()),
        ("period", pa.string()),
        ("municipality", pa.string()),
        ("state", pa.string()),
        ("score", pa.float64()),  # how far the area's composition is from the municipality's
        ("weight", pa.float64()),  # the area's share of everybody
        ("contribution", pa.float64()),  # score times weight; they sum to the measure
        ("reason", pa.string()),
        ("lineage", pa.string()),
    ]
)

# Whether an area stands out together with its neighbours, among all the municipality's areas.
STANDING_OUT = pa.schema(
    [
        ("indicator", pa.string()),
        ("division", pa.string()),
        ("edition", pa.string()),
        ("area", pa.string()),
        ("period", pa.string()),
        ("municipality", pa.string()),
        ("finding", pa.string()),  # analysis.clusters.finding.Finding
        ("moran", pa.float64()),
        ("p", pa.float64()),
        ("neighbours", pa.int32()),
        ("permutations", pa.int32()),
        ("lineage", pa.string()),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "observations": OBSERVATIONS,
    "indicators": INDICATORS,
    "lineage": LINEAGE,
    "areas": AREAS,
    "sites": SITES,
    "crosswalks": CROSSWALKS,
    "percentiles": PERCENTILES,
    "segregation": SEGREGATION,
    "segregation_parts": SEGREGATION_PARTS,
    "segregation_local": SEGREGATION_LOCAL,
    "standing_out": STANDING_OUT,
}

# The order rows are stored in: what is asked for together lies together.
SORT_KEYS: dict[str, list[str]] = {
    "observations": ["dataset", "variable", "division", "edition", "period", "area", "sex", "age"],
    "indicators": ["municipality", "division", "edition", "area", "indicator", "period", "sex", "age"],
    "lineage": ["lineage", "step"],
    "areas": ["municipality", "division", "edition", "code"],
    "sites": ["municipality", "kind", "site"],
    "crosswalks": ["from_division", "from_edition", "to_division", "to_edition", "from_code", "to_code"],
    "percentiles": ["indicator", "division", "period", "percent"],
    "segregation": ["municipality", "segregation", "division", "edition", "period", "measure"],
    "segregation_parts": ["municipality", "segregation", "kind", "division", "edition", "period", "step"],
    "segregation_local": ["municipality", "segregation", "division", "edition", "period", "area"],
    "standing_out": ["municipality", "division", "edition", "area", "indicator"],
}
