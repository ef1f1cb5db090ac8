"""`python -m bench contexts`: the nearest people, for a town, a municipality, a country; `scale` after it for more."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from bench.measure import ROOT, busy, our_python, timed
from bench.nation import SEED, SWEDEN, Nation, nation
from bench.table import Row, held_mb, measured, peer, told
from plats.analysis.contexts.grid import PeopleGrid, grid_of_cells
from plats.analysis.contexts.nearest import NearestPeople, nearest_people

K = [200, 1_600, 12_800, 51_200]
TOWN, MUNICIPALITY = 1_000_000, 113_000
SCALES = ROOT / "var" / "bench" / "scale.json"
# People and populated cells of the European Union and of the world.
ON_PAPER = ((450e6, 40e6), (8e9, 700e6))
BOUND_WHY = "två uppslag per rad i varje cirkel, en gång"

Floats = npt.NDArray[np.float64]


def main(arguments: list[str]) -> int:
    if arguments == ["alone"]:
        nearest_people(grid_of(nation()), K)
        print(held_mb())
        return 0
    if arguments == ["scale"]:
        return scale()
    return town() | municipality() | country()


def town() -> int:
    """The million people nearest to the country's middle, against a tree over the cells that are weighed by people."""
    land = nearest_to_the_middle(nation(), TOWN)
    grid = grid_of(land)
    found = nearest_people(grid, K)
    started = time.perf_counter()
    radii, shares = by_tree(grid)
    theirs = time.perf_counter() - started
    np.testing.assert_allclose(found.radius_metres, radii, rtol=1e-12)
    np.testing.assert_allclose(found.shares[:, :, 0], shares, rtol=1e-12)
    print(f"samma radier och andelar som {peer('scipy')} cKDTree i {len(grid.cells)} rutor; {busy()}")
    return told(
        Row(
            "kontexter, 1 M personer, 4 k, 7 grupper",
            measured(lambda: nearest_people(grid, K)).median,
            peer=theirs,
            peer_name=f"{peer('scipy')} cKDTree, 1 grupp",
            required=150,
            bound=bound(found, grid),
            bound_why=BOUND_WHY,
        )
    )


def municipality() -> int:
    """The cells of a municipality in a land of two million people about it: what a slider on a page waits for."""
    around = nearest_to_the_middle(nation(), 2 * TOWN)
    own = nearest_to_the_middle(around, MUNICIPALITY)
    grid = grid_of(around)
    taken = measured(lambda: nearest_people(grid, K, at=own.cells))
    found = nearest_people(grid, K, at=own.cells)
    work = f"kontexter, en kommun: {len(own.cells)} rutor, 4 k, 7 grupper"
    return told(Row(work, taken.median, limit_seconds=0.1, bound=bound(found, grid), bound_why=BOUND_WHY))


def country() -> int:
    """A country of Sweden's size. No peer finishes it: geocontext would need four days, by a sample of its places."""
    land = nation()
    grid = grid_of(land)
    computing, started = time.process_time(), time.perf_counter()
    found = nearest_people(grid, K)
    seconds, computing = time.perf_counter() - started, time.process_time() - computing
    print(
        f"{len(grid.cells)} rutor, {grid.people} personer; {computing:.1f} s räknande på alla kärnor; {busy()}"
    )
    print("medianradie " + ", ".join(f"{r / 1000:.1f} km" for r in np.median(found.radius_metres, axis=0)))
    alone = [our_python(), "-m", "bench.contexts", "alone"]
    memory = float(subprocess.run(alone, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert memory < 1024, f"{memory:.0f} MB"
    return told(
        Row(
            "kontexter, Sverige, 4 k, 7 grupper",
            seconds,
            limit_seconds=60,
            ours_mb=memory,
            bound=bound(found, grid),
            bound_why=BOUND_WHY,
        )
    )


def scale() -> int:
    """What more people cost, and what that says of more than fit here. Kept for the page."""
    rows = []
    for people in (1_000_000, SWEDEN, 50_000_000):
        land = nation(people)
        started = time.perf_counter()
        grid = grid_of(land)
        built = time.perf_counter() - started
        computing, started = time.process_time(), time.perf_counter()
        nearest_people(grid, K)
        seconds, computing = time.perf_counter() - started, time.process_time() - computing
        index = sum(array.nbytes for array in (*grid.index[:4], *grid.tables))
        rows.append(Scale(people, len(grid.cells), index / 1e6, built, seconds, computing))
        print(rows[-1])
    SCALES.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    for people, cells in ON_PAPER:
        print(rows[-1].on_paper(people, cells))
    return 0


@dataclass(frozen=True)
class Scale:
    """What so many people cost: megabytes of index, seconds to make it, seconds to answer, seconds on all cores."""

    people: float
    cells: int
    index_mb: float
    built: float
    answered: float
    computing: float

    @property
    def each(self) -> float:
        """Seconds of one core for a cell."""
        return self.computing / self.cells

    def __str__(self) -> str:
        return (
            f"{self.people / 1e6:5.1f} M personer, {self.cells:8} rutor: index {self.built:5.1f} s, "
            f"{self.index_mb:6.0f} MB; svar {self.answered:6.1f} s, {self.computing:6.1f} s räknande, "
            f"{self.each * 1e6:5.1f} µs per ruta; {busy()}"
        )

    def on_paper(self, people: float, cells: float) -> str:
        """What more would cost at the same price by cell."""
        return (
            f"på papper, {people / 1e6:,.0f} M personer på {cells / 1e6:,.0f} M rutor: "
            f"index {cells * self.index_mb / self.cells / 1e3:.0f} GB, {cells * self.each / 3600:,.1f} kärntimmar, "
            f"delade på så många kärnor man har"
        )


def grid_of(land: Nation) -> PeopleGrid:
    return grid_of_cells(land.cells, land.counts[:, 0], land.counts[:, 1:], cell_metres=100)


def nearest_to_the_middle(land: Nation, people: int) -> Nation:
    """So many people about the cell where most live."""
    middle = land.cells[land.counts[:, 0].argmax()]
    order = np.argsort(((land.cells - middle) ** 2).sum(axis=1), kind="stable")
    cells = order[: np.searchsorted(land.counts[order, 0].cumsum(), people) + 1]
    return Nation(land.cells[cells], land.counts[cells])


def by_tree(grid: PeopleGrid) -> tuple[Floats, Floats]:
    """The peer: ever more of the nearest cells until they hold k people; the radius and the first group's share.

    As an analyst writes it with scipy: batches that fit in memory, and only those that need more are asked again.
    """
    from scipy.spatial import cKDTree

    where = grid.cells * grid.cell_metres
    tree = cKDTree(where)
    total, group = (grid.counts[:, column].astype(np.int64) for column in (0, 1))
    radii, shares = (np.full((len(where), len(K)), np.nan) for _ in range(2))
    for which, k in enumerate(K):
        waiting, cells = np.arange(len(where)), 16
        while len(waiting):
            cells = min(cells, len(where))
            batches = np.array_split(waiting, len(waiting) * cells // 20_000_000 + 1)
            left = []
            for some in batches:
                away, near = tree.query(where[some], k=cells, workers=2)
                at = np.minimum((total[near].cumsum(axis=1) < k).sum(axis=1), cells - 1)
                radius = np.take_along_axis(away, at[:, None], axis=1)
                # The last distance may go on beyond the cells that were asked for.
                whole = (away[:, -1] > radius[:, 0]) | (cells == len(where))
                inside = away[whole] <= radius[whole]
                radii[some[whole], which] = radius[whole, 0]
                members, people = ((each[near[whole]] * inside).sum(axis=1) for each in (group, total))
                shares[some[whole], which] = members / people
                left.append(some[~whole])
            waiting, cells = np.concatenate(left), cells * 2
    return radii, shares


def bound(found: NearestPeople, grid: PeopleGrid) -> float:
    """Seconds for what cannot be left out, at the rate at which this machine reads here and there in such a table."""
    table = grid.tables[0][:, 0]
    where = np.random.default_rng(SEED).integers(0, len(table), 4_000_000)
    rate = len(where) / timed(lambda: np.take(table, where))[0].best
    lookups = 2 * (2 * found.radius_metres / grid.cell_metres + 1).sum()
    return float(lookups / rate / 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
