"""Write Sweden's percentiles for the embedded municipality from the folder of collected public files.

    python scripts/embed_percentiles.py SHARED_DATA_DIR

Imports the national files into a store of its own, derives, and writes the newest period of each indicator
and division to src/plats/data/huddinge/national_percentiles.csv, with `expected` in the yaml beside it.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from plats.catalog.load import catalog
from plats.derive.run import derive
from plats.facts.versions import FactStore
from plats.sources.files.library import guess
from plats.sources.files.load import load_many
from plats.vocabulary.units import Unit

TARGET = Path(__file__).parents[1] / "src" / "plats" / "data" / "huddinge" / "national_percentiles.csv"
HOME = "0126"
DIVISIONS = ("deso", "regso")
FILES = (
    "deso2018_2022.parquet",
    "regso_2020_2023.parquet",
    "koppling_deso2018_regso2020.csv",
    "regso_omradestyp_2022.csv",
)
# Shares to hundredths of a percent, other figures to tenths: finer than a percentile can be read.
DECIMALS = {Unit.SHARE: 4, Unit.INDEX: 4}
# A class is no amount; areas are drawn to have about as many people each; unknown education is a gap in a
# register.
NO_PLACE_IN_AN_ORDER = (Unit.AREA_CLASS, Unit.COUNT)
LEFT_OUT = ("education_unknown_share",)


def main(shared: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="plats-percentiles-") as home:
        store = FactStore(Path(home))
        paths = [shared / "sverige" / name for name in FILES]
        load_many(store, [(path, mapping) for path in paths for mapping in guess(path)])
        derive(store, HOME, on=date(2026, 11, 23))
        rows = newest(store.current().table("percentiles").to_pylist())
    write(rows)
    refresh_expected(len(rows))
    print(f"{TARGET.name}: {len(rows)} rader, {TARGET.stat().st_size / 1000:.0f} kB")


def newest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest period of each indicator and division: the one an area's latest figure is read against."""
    indicators = catalog().indicators
    kept = [
        row
        for row in rows
        if row["division"] in DIVISIONS
        and row["indicator"] not in LEFT_OUT
        and indicators[row["indicator"]].unit not in NO_PLACE_IN_AN_ORDER
    ]
    last: dict[tuple[str, str], str] = {}
    for row in kept:
        key = row["indicator"], row["division"]
        last[key] = max(last.get(key, ""), row["period"])
    return [row for row in kept if row["period"] == last[row["indicator"], row["division"]]]


def write(rows: list[dict[str, Any]]) -> None:
    columns = ["indicator", "division", "period", "percent", "value", "areas"]
    with TARGET.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([plain(row) if name == "value" else row[name] for name in columns])


def plain(row: dict[str, Any]) -> str:
    """The value with the decimals its unit can bear, without trailing zeros."""
    decimals = DECIMALS.get(catalog().indicators[row["indicator"]].unit, 1)
    return f"{row['value']:.{decimals}f}".rstrip("0").rstrip(".") or "0"


def refresh_expected(rows: int) -> None:
    path = TARGET.with_suffix(".yaml")
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    kept = re.split(r"^expected:", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[0].rstrip()
    path.write_text(f"{kept}\nexpected:\n  sha256: {digest}\n  rows: {rows}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
