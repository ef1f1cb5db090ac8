"""Checks of the embedded tables: hashes, rows, sums, and that tables agree with each other."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping as Dictionary
from decimal import Decimal
from pathlib import Path

from plats.sources.files.mapping import Mapping

# Published figures that the tables must add up to: (dataset, column), the sum.
PUBLISHED: dict[str, dict[tuple[str, str], int]] = {
    "0126": {
        ("scb_deso_2022_population", "population"): 114_504,
        ("val_riksdag_2018", "voters"): 61_869,
        ("val_riksdag_2018", "electors"): 72_839,
    },
}


def problems_of(path: Path, mapping: Mapping) -> list[str]:
    """Whether one file is the file its mapping expects."""
    expected = mapping.expected
    if expected is None:
        return [f"{mapping.id}: kopplingsfilen saknar expected. Kör scripts/embed_huddinge.py."]
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected.sha256:
        said = "innehållet är inte det som står i kopplingsfilen (sha256)"
        return [f"{path.name}: {said}. Hämta filen ur versionshanteringen igen."]
    if path.suffix != ".csv":
        count = len(json.loads(path.read_text(encoding="utf-8"))["features"])
        return [] if count == expected.rows else [f"{path.name}: {count} områden, väntade {expected.rows}."]
    rows = _rows(path)
    found = (
        [] if len(rows) == expected.rows else [f"{path.name}: {len(rows)} rader, väntade {expected.rows}."]
    )
    for column, said in expected.sums.items():
        total = sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0))
        if total != Decimal(said):
            found.append(f"{path.name}: kolumnen {column} summerar till {total}, väntat {said}.")
    return found


def problems_of_sums(municipality: str, files: Dictionary[str, Path]) -> list[str]:
    """Whether the tables agree: DeSO 2022 by the key equals RegSO 2022, and the published sums hold."""
    found = []
    for (dataset, column), published in PUBLISHED.get(municipality, {}).items():
        total = sum(int(row[column]) for row in _rows(files[dataset]))
        if total != published:
            found.append(f"{dataset}: {column} summerar till {total}, publicerat är {published}.")
    for dataset, column in (
        ("scb_deso_2022_population", "population"),
        ("scb_deso_2022_birth_region", "born_sweden"),
    ):
        found += _regso_differences(files, dataset, column)
    return found


# Internals


def _regso_differences(files: Dictionary[str, Path], dataset: str, column: str) -> list[str]:
    key = {row["deso"]: row["regso"] for row in _rows(files["key_deso_2018_regso_2020"])}
    summed: dict[str, int] = defaultdict(int)
    for row in _rows(files[dataset]):
        summed[key[row["area"]]] += int(row[column])
    published = {
        row["area"]: int(row[column])
        for row in _rows(files["scb_regso_2020_2023"])
        if row["period"] == "2022"
    }
    return [
        f"{code}: {column} summerar till {summed[code]} över DeSO, RegSO-tabellen har {published.get(code)}."
        for code in sorted(summed.keys() | published.keys())
        if summed[code] != published.get(code)
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
