"""`python -m bench dissimilarity`: all Sweden's DeSO, beside PySAL's segregation."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from bench.measure import NO_SHARED, SHARED, against_peer, busy, timed
from plats.analysis.segregation.dissimilarity import dissimilarity

FILE = SHARED / "sverige" / "deso2018_2022.parquet"
REPEATS = 100

Floats = npt.NDArray[np.float64]


def main(_: list[str]) -> int:
    if not FILE.exists():
        print(NO_SHARED)
        return 0
    table = pq.read_table(FILE, columns=["utlandsk_bakgrund", "bakgrund_totalt"])
    group, total = (column.to_numpy().astype(float) for column in table.columns)
    ours, mine = timed(lambda: [dissimilarity(group, total) for _ in range(REPEATS)])
    peer, theirs = timed(lambda: [by_peer(group, total) for _ in range(REPEATS)])
    assert np.allclose(mine, theirs, rtol=0, atol=1e-12), (mine[0], theirs[0])
    print(f"D för utländsk bakgrund över {len(group)} DeSO: {mine[0]:.6f}; samma svar; {busy()}")
    return against_peer(f"dissimilaritet, {REPEATS} gånger", ours, peer, name="PySAL segregation")


def by_peer(group: Floats, total: Floats) -> float:
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation.singlegroup import Dissim

        data = pd.DataFrame({"group": group, "total": total})
        return float(Dissim(data, "group", "total").statistic)
