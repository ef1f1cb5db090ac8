"""The process that is killed: imports Huddinge's tables with one figure changed, and derives.

    python -m bench.kill_child HOME PEOPLE [DATASET ...]

PEOPLE is the population written for one DeSO, so that every run has something to import. With datasets
named, only those are imported.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from datetime import date
from pathlib import Path

from plats.data import embedded
from plats.derive.run import derive
from plats.facts.versions import FactStore
from plats.sources.files.load import load, load_many
from plats.sources.files.mapping import Mapping

HOME_MUNICIPALITY = "0126"
CHANGED = "scb_deso_2022_population"
CHANGED_AREA = "0126C1010"


def main(home: Path, people: str, datasets: list[str]) -> None:
    sources = [one for one in embedded(HOME_MUNICIPALITY) if not datasets or one[1].id in datasets]
    path, mapping = next(one for one in sources if one[1].id == CHANGED)
    with tempfile.TemporaryDirectory() as folder:
        changed = changed_copy(path, Path(folder), people)
        print("ready", flush=True)
        run(FactStore(home), sources, (changed, mapping))


def run(store: FactStore, sources: list[tuple[Path, Mapping]], changed: tuple[Path, Mapping]) -> None:
    if not store.has_data():
        load_many(store, sources)
    load(store, *changed)
    derive(store, HOME_MUNICIPALITY, on=date(2026, 11, 23))


def changed_copy(path: Path, folder: Path, people: str) -> Path:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    next(row for row in rows if row["area"] == CHANGED_AREA)["population"] = people
    target = folder / path.name
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
