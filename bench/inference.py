"""`python -m bench inference [WORD]`: intervals and tests beside PySAL's, the laws asserted equal first, then time.

Both are told in the processor's seconds over two cores: the peer in one process, which spares it sending its tables to
others, and ours in threads. A busy machine then decides little.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bench.segregation import AREAS, GROUPS, made_up
from bench.table import Row, peer, told
from plats.analysis.segregation.inference.chance import Null, chance_values
from plats.analysis.segregation.inference.distribution import resampled_values

Floats = npt.NDArray[np.float64]

DRAWS = 1000
# What the peer must at least run for, and be scaled from, in seconds.
ENOUGH = 10.0
# Random numbers per second and core that numpy's PCG64 gives, as measured for reference/engine.md.
PER_SECOND = 325e6

WORKS: dict[str, tuple[str, str, float]] = {
    "D, 1 000 dragningar av områden": ("bootstrap", "Dissim", 100),
    "D, systematic, 1 000": ("systematic", "Dissim", 12),
    "D, evenness, 1 000": ("evenness", "Dissim", 12),
    f"H, {GROUPS} grupper, systematic, 1 000": ("systematic", "MultiInfoTheory", 12),
    f"H, {GROUPS} grupper, evenness, 1 000": ("evenness", "MultiInfoTheory", 12),
    "D, person_permutation, 1 000": ("person_permutation", "Dissim", 1500),
    f"H, {GROUPS} grupper, person_permutation, 1 000": ("person_permutation", "MultiInfoTheory", 300),
}


def main(arguments: list[str]) -> int:
    town = made_up(AREAS, GROUPS)
    slow = 0
    for work, (null, index, required) in WORKS.items():
        if not arguments or any(word in work for word in arguments):
            slow |= compared(work, town, null, index, required)
    return slow


def compared(work: str, town: Floats, null: str, index: str, required: float) -> int:
    """One row: mean and deviation of both within what so few draws can tell, then time."""
    table = pair_of(town) if index == "Dissim" else town
    measure = "dissimilarity" if index == "Dissim" else "entropy_index"
    ours: Callable[[], Floats] = (
        (lambda: resampled_values(table, measure, draws=DRAWS))
        if null == "bootstrap"
        else (lambda: chance_values(table, measure, null=Null(null), draws=DRAWS))
    )
    theirs, seconds = peer_values(table, null, index)
    require_same_law(work, ours(), theirs)  # after which all is compiled
    groups = table.shape[1]
    numbers = DRAWS * AREAS * {"bootstrap": 1, "systematic": groups}.get(null, groups - 1)
    row = Row(
        work=work,
        ours=min(computing(ours)[0] for _ in range(3)),
        peer=seconds * DRAWS / len(theirs),
        peer_name=peer("segregation"),
        required=required,
        bound=numbers / PER_SECOND / 2,
        bound_why=f"{numbers / 1e6:.1f} M slumptal på två kärnor",
        scaled=f"processortid över två kärnor; de andra: {len(theirs)} dragningar, skalade",
    )
    return told(row)


def pair_of(town: Floats) -> Floats:
    """The second group against the others."""
    return np.column_stack([town[:, 1], town.sum(axis=1) - town[:, 1]])


def require_same_law(work: str, ours: Floats, theirs: Floats) -> None:
    error = np.sqrt(ours.var() * (1 / len(ours) + 1 / len(theirs)))
    assert abs(ours.mean() - theirs.mean()) < 4.5 * error, (work, ours.mean(), theirs.mean(), error)
    if len(theirs) >= 30:
        ratio = ours.std(ddof=1) / theirs.std(ddof=1)
        assert abs(np.log(ratio)) < 4.5 * np.sqrt(0.5 / len(ours) + 0.5 / len(theirs)), (work, ratio)
    print(
        f"  {work}: medel {ours.mean():.6f} mot {theirs.mean():.6f}, avvikelse {ours.std():.2e} mot {theirs.std():.2e}"
    )


def peer_values(table: Floats, null: str, index: str) -> tuple[Floats, float]:
    """As many draws as take ten seconds of computing, after one that is not counted."""
    import geopandas as gpd
    import pandas as pd
    from segregation import multigroup, singlegroup
    from segregation.inference.randomization import SIMULATORS, simulate_null
    from shapely.geometry import Point

    warnings.simplefilter("ignore")
    names = [f"g{number}" for number in range(table.shape[1])]
    data = gpd.GeoDataFrame(pd.DataFrame(table, columns=names), geometry=[Point(0, 0)] * len(table))
    if index == "Dissim":
        data["total"] = table.sum(axis=1)
        fitted = singlegroup.Dissim(data, "g0", "total")
    else:
        fitted = multigroup.MultiInfoTheory(data, names)
    draws, values, seconds = 1, np.empty(0), 0.0
    simulate_null(1, SIMULATORS[null], fitted, n_jobs=1)
    while seconds < ENOUGH / 2 and len(values) < DRAWS:
        last, found = computing(
            lambda n=draws: simulate_null(n, SIMULATORS[null], fitted, n_jobs=1).to_numpy()
        )
        seconds, values = seconds + last, np.concatenate([values, found])
        draws = max(1, min(DRAWS, int(draws * ENOUGH / 2 / max(last, 0.05))))
    return values.astype(float), seconds


def computing(work: Callable[[], Floats]) -> tuple[float, Floats]:
    """The processor's seconds over two cores, and what came of them."""
    started = time.process_time()
    result = work()
    return (time.process_time() - started) / 2, result
