"""The table of docs/methods/nas-malet.md: the outlook's backtest on every RegSO of Sweden, 2020-2023.

    .venv/bin/python scripts/outlook_backtest.py ../shared/data/sverige/regso_2020_2023.parquet

Four years are too few for the product to say anything but pace. They let one horizon be tried from two years when a
forecast may be made from two, so the table does that and says so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from pyarrow import parquet

from plats.analysis.arrays import FloatArray
from plats.analysis.outlook.backtest import backtest

FEWEST_BEFORE = 2
COVERAGE = 0.8
Column = Callable[[dict[str, FloatArray]], FloatArray]

FIGURES: dict[str, tuple[Column, float, str]] = {
    "Andel födda utomlands": (lambda of: of["fodd_utland"] / of["pop"], 100, "procentenheter"),
    "Andel hyresrätter": (
        lambda of: of["lgh_hyres"] / (of["lgh_hyres"] + of["lgh_bostadsratt"] + of["lgh_agande"]),
        100,
        "procentenheter",
    ),
    "Löneinkomst, medel": (lambda of: of["loneinkomst_medel_tkr"], 1, "tkr"),
    "Folkmängd": (lambda of: of["pop"], 1, "personer"),
}


def main(path: str) -> None:
    columns = panels(path)
    print(
        "| Siffra | År framåt | Från så många år | Områden | Medelfel | Medelfel om inget ändras | Täckning | Bär |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, (of, scale, unit) in FIGURES.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            panel = of(columns) * scale
        panel = panel[np.isfinite(panel).all(axis=1)]
        for row in backtest(panel, COVERAGE, FEWEST_BEFORE):
            print(
                f"| {name} | {row.horizon} | {row.origins} | {len(panel)} | {_number(row.mean_error)} {unit} | "
                f"{_number(row.unchanged_error)} {unit} | {round(100 * row.coverage)} % | "
                f"{'ja' if row.bears else 'nej'} |"
            )


def panels(path: str) -> dict[str, FloatArray]:
    """Every column as (areas, years), areas in order of their code."""
    table = parquet.read_table(path)
    table = table.filter(table["regsokod"].is_valid())
    codes = np.asarray(table["regsokod"].to_pylist())
    order = np.lexsort((np.asarray(table["ar"]), codes))
    years = len(set(table["ar"].to_pylist()))
    return {
        name: np.asarray(table[name], dtype=np.float64)[order].reshape(-1, years)
        for name in table.column_names
        if name not in {"region", "ar", "regsokod"}
    }


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


if __name__ == "__main__":
    main(sys.argv[1])
