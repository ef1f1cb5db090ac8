"""`python -m bench access [near|far]`: floating catchment areas beside the package access, equal results first.

6,160 places where people live and 5,000 services, made up: 1.6 million pairs within 30 kilometres, and every pair
within 1,000, of which there are 30.8 million. Both begin with the same list of pairs and end with the access of each
place.
Memory is that of a process of its own, less that of one that only reads the list.
"""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.measure import ROOT
from bench.table import Row, held_mb, measured, peer, told
from plats.analysis.access import floating
from plats.analysis.access.decay import Decay, Gaussian, Power, Steps
from plats.analysis.access.kept import KeptWeights
from plats.analysis.access.nearest import nearest_in_a_straight_line
from plats.analysis.access.opportunities import gravity
from plats.analysis.access.pairs import DistanceKind, Pairs, pairs_from_list
from plats.analysis.access.straight_line import straight_line_pairs
from plats.analysis.arrays import FloatArray

HOMES, SERVICES = 6160, 5000
NEAR_KM, ALL_KM = 30.0, 1000.0
STEPS = Steps((10.0, 20.0, 30.0), (1.0, 0.68, 0.22))
# Bytes of a weight and of its index, two passes, and what the memory gives on this kind of machine.
BYTES_PER_PAIR, BYTES_PER_SECOND = 12, 25e9


@dataclass(frozen=True)
class Town:
    """Homes, services and the list of pairs, as both programs are given it."""

    people: FloatArray
    amounts: FloatArray
    demand: Any
    supply: Any
    kilometres: FloatArray
    reach: float

    def pairs(self) -> Pairs:
        return pairs_from_list(
            self.demand,
            self.supply,
            self.kilometres,
            shape=(HOMES, SERVICES),
            kind=DistanceKind.NETWORK_METRES,
            reach=float(self.reach),
        )

    @property
    def bound(self) -> float:
        return BYTES_PER_PAIR * len(self.kilometres) * 2 / BYTES_PER_SECOND


OURS: dict[str, Callable[[Town], FloatArray]] = {
    "2SFCA": lambda town: floating.two_step(town.pairs(), town.people, town.amounts).values,
    "E2SFCA": lambda town: (
        floating.enhanced_two_step(town.pairs(), town.people, town.amounts, decay=STEPS).values
    ),
    "3SFCA": lambda town: floating.three_step(town.pairs(), town.people, town.amounts, decay=STEPS).values,
    "gravitation": lambda town: gravity(town.pairs(), town.amounts, decay=Power(2.0, 1.0)).values,
    "gauss": lambda town: gravity(town.pairs(), town.amounts, decay=Gaussian(10.0)).values,
}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["apart"]:
        return apart(*arguments[1:])
    require_every_peer_named()
    slow = 0
    if "far" not in arguments:
        near = made_up(NEAR_KM)
        require_equal(near, list(OURS))
        slow |= compared_large(near, required=30.0)
        for work in ("2SFCA", "3SFCA", "gravitation", "gauss"):
            slow |= compared(near, work)
        slow |= what_if(near) | closest()
    if "near" not in arguments:
        slow |= compared_large(made_up(ALL_KM), required=50.0)
    return slow


def require_every_peer_named() -> None:
    """Every public measure and weight of the version that is installed has its row in docs/methods/parity.md."""
    from access import Access, weights

    page = (ROOT / "docs" / "methods" / "parity.md").read_text(encoding="utf-8")
    public = [name for kind in (Access, weights) for name in vars(kind) if name[0].islower()]
    public = [name for name in public if name not in ("np", "logger_initialized")]
    assert len(public) >= 15, public
    missing = [name for name in public if f"\n| {name} |" not in page]
    assert not missing, missing


def places() -> tuple[FloatArray, FloatArray]:
    """Homes in towns of different size and services among them, in kilometres; the same every time."""
    random = np.random.default_rng(20261128)
    towns = random.uniform(1000, 1200, (60, 2))
    homes = towns[random.integers(0, 60, HOMES)] + random.normal(0, 22, (HOMES, 2))
    return homes, homes[random.integers(0, HOMES, SERVICES)] + random.normal(0, 0.8, (SERVICES, 2))


def made_up(reach: float) -> Town:
    """People and amounts in the places, and the pairs within reach."""
    random = np.random.default_rng(20261129)
    people = random.integers(700, 2700, HOMES).astype(float)
    amounts = random.integers(1, 30, SERVICES).astype(float)
    found = straight_line_pairs(*places(), reach=reach)
    return Town(
        people,
        amounts,
        found.origins().astype(np.int64),
        found.supply.astype(np.int64),
        found.distances,
        reach,
    )


def compared(town: Town, work: str) -> int:
    """One row, both in this process: never slower."""
    theirs = Peer(town)
    seconds = measured(lambda: theirs.run(work), runs=1).median
    ours = measured(lambda: OURS[work](town), runs=9).median
    title, why = f"{work}, {len(town.kilometres):,} par", "två läsningar av vikter och index"
    return told(Row(title, ours, seconds, peer("access"), required=1.0, bound=town.bound, bound_why=why))


def compared_large(town: Town, required: float) -> int:
    """The row of E2SFCA with memory: the peer once in a process of its own, whose answer is compared with ours."""
    _, list_mb, _ = in_a_process(town, "list")
    seconds, peer_mb, answer = in_a_process(town, "peer-E2SFCA")
    _, ours_mb, mine = in_a_process(town, "E2SFCA")
    require_same("E2SFCA", mine, answer)
    row = Row(
        f"E2SFCA, {len(town.kilometres):,} par",
        measured(lambda: OURS["E2SFCA"](town)).median,
        seconds,
        peer("access"),
        required=required,
        ours_mb=ours_mb - list_mb,
        peer_mb=peer_mb - list_mb,
        bound=town.bound,
        bound_why="två läsningar av vikter och index",
    )
    return told(row)


def what_if(town: Town) -> int:
    """A service is closed: the weights are kept."""
    kept = KeptWeights(town.pairs(), town.people, decay=STEPS)
    closed = town.amounts.copy()
    closed[17] = 0
    again = floating.enhanced_two_step(town.pairs(), town.people, closed, decay=STEPS)
    assert np.array_equal(kept.with_supply(closed).values, again.values)
    ours = measured(lambda: kept.with_supply(closed), runs=21).median
    title = f"om en stängs, {len(town.kilometres):,} par med kvarhållna vikter"
    return told(Row(title, ours, limit_seconds=0.010, bound=town.bound / 2, bound_why="en läsning"))


def closest() -> int:
    """The nearest service of each place, from coordinates, beside the spatial index of geopandas."""
    import geopandas

    homes, services = (points * 1000 for points in places())
    tables = [
        geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*points.T)) for points in (homes, services)
    ]

    def theirs() -> Any:
        return tables[0].sjoin_nearest(tables[1], distance_col="metres")

    ours, answer = nearest_in_a_straight_line(homes, services), theirs()
    answer = answer[~answer.index.duplicated()]
    assert np.allclose(ours.distances, answer["metres"].sort_index(), rtol=1e-12)
    name = f"{peer('geopandas')} sjoin_nearest"
    seconds = measured(theirs).median
    work = f"närmaste av {SERVICES:,} för {HOMES:,} platser"
    mine = measured(lambda: nearest_in_a_straight_line(homes, services)).median
    return told(Row(work, mine, seconds, name, required=1.0))


class Peer:
    """The same with the package access. `demand_index=True` fails with pandas 3, so the index is a column."""

    def __init__(self, town: Town) -> None:
        import pandas as pd

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from access import Access

        homes = pd.DataFrame({"id": np.arange(HOMES), "people": town.people})
        services = pd.DataFrame({"id": np.arange(SERVICES), "amount": town.amounts})
        costs = pd.DataFrame({"origin": town.demand, "dest": town.supply, "cost": town.kilometres})
        self.costs, self.services, self.reach = costs, services, float(town.reach)
        self.access = Access(
            demand_df=homes,
            demand_index="id",
            demand_value="people",
            supply_df=services,
            supply_index="id",
            supply_value="amount",
            cost_df=costs,
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
        )
        self.access.log.setLevel(50)

    def run(self, work: str) -> FloatArray:
        from access import weights

        steps = weights.step_fn(dict(zip(STEPS.limits, STEPS.weights, strict=True)))
        self.access.access_df = self.access.access_df[["people"]]
        asked = {"name": "a", "max_cost": self.reach}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if work == "2SFCA":
                found = self.access.two_stage_fca(**asked)
            elif work == "E2SFCA":
                found = self.access.enhanced_two_stage_fca(**asked, weight_fn=steps)
            elif work == "3SFCA":
                found = self.access.three_stage_fca(**asked, weight_fn=steps)
            else:
                found = self._gravity(
                    weights.gravity(1.0, -2.0, 1.0) if work == "gravitation" else weights.gaussian(10.0)
                )
        values = found.iloc[:, 0] if found.ndim == 2 else found
        answer: FloatArray = values.reindex(np.arange(HOMES)).fillna(0).to_numpy()
        return answer

    def _gravity(self, decay: Decay) -> Any:
        from access import fca

        columns = {"cost_source": "dest", "cost_dest": "origin", "loc_index": "id", "loc_value": "amount"}
        return fca.weighted_catchment(self.services, self.costs, self.reach, weight_fn=decay, **columns)


def require_equal(town: Town, works: list[str]) -> None:
    theirs = Peer(town)
    for work in works:
        require_same(work, OURS[work](town), theirs.run(work))
    print(f"  samma svar som {peer('access')}: {', '.join(works)}")


def require_same(work: str, ours: FloatArray, theirs: FloatArray) -> None:
    """Equal to the last bits of the largest: sums of thousands of terms in another order."""
    most = np.abs(ours - theirs).max() / np.abs(theirs).max()
    assert most < 2e-15, (work, most)


def in_a_process(town: Town, work: str) -> tuple[float, float, FloatArray]:
    """Seconds, the most memory in MB, and the answer of a process of its own that does the work once."""
    with TemporaryDirectory() as folder:
        np.savez(f"{folder}/town.npz", **asdict(town))
        command = [sys.executable, "-m", "bench", "access", "apart", work, folder]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        seconds, megabytes = map(float, said.split())
        answer: FloatArray = np.load(f"{folder}/answer.npy")
    return seconds, megabytes, answer


def apart(work: str, folder: str) -> int:
    """In that process: read the list, do the work once, keep the answer, and print seconds and the peak."""
    with np.load(f"{folder}/town.npz") as given:
        town = Town(**{name: given[name] for name in given.files})
    run = {"list": lambda: np.empty(0)} | {name: partial(ours, town) for name, ours in OURS.items()}
    if work.startswith("peer-"):
        run[work] = partial(Peer(town).run, work.removeprefix("peer-"))
    started = time.perf_counter()
    answer = run[work]()
    seconds = time.perf_counter() - started
    np.save(f"{folder}/answer.npy", answer)
    print(seconds, held_mb())
    return 0
