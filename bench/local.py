"""`python -m bench local`: local Moran and Gi* beside esda: equal first, draw for draw, then time and memory.

`warm` is both statistics in a process that has compiled everything; `cold` a process of its own, from its start. Ours
then holds all it does, links included; the peer's only what it does itself, with its neighbours given.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.measure import ROOT, our_python, run_apart, timed
from bench.table import Row, held_mb, measured, peer, told
from plats.analysis.clusters.conditional import Tails, conditional_tails
from plats.analysis.clusters.getis_ord import getis_ord, getis_ord_star
from plats.analysis.clusters.join_counts import join_counts, local_join_counts
from plats.analysis.clusters.links import Links, links_between, links_within, nearest_links
from plats.analysis.clusters.local import local_statistics
from plats.analysis.clusters.moran import local_moran, moran
from plats.analysis.clusters.overall import geary

SITES, WEIGHTED_SITES, NEIGHBOURS, PERMUTATIONS = 100_000, 20_000, 8, 999

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cold:
    """A process of its own: seconds in all, seconds of the statistics by its own clock, and its most memory."""

    all: float
    statistics: float
    mb: float


def main(_: list[str]) -> int:
    require_every_peer_named()
    require_equal()
    points, values = made_up(SITES)
    links = nearest_links(points, NEIGHBOURS)
    beside = graph(links)
    ours = measured(lambda: local_statistics(values, links, permutations=PERMUTATIONS, seed=1))
    theirs, _ = timed(lambda: by_peer(values, beside), runs=1)
    cold = sorted((apart("ours") for _ in range(3)), key=lambda one: one.all)[1]
    cold_peer = apart("peer")
    work = f"lokal Moran och Gi*, {PERMUTATIONS} omkastningar, {SITES // 1000} 000 platser"
    common = {"peer_name": peer("esda"), "ours_mb": cold.mb, "peer_mb": cold_peer.mb}
    warm = Row(f"{work}, varm", ours.median, theirs.median, required=200, **bound(), **common)
    slow = told(warm) | told(Row(f"{work}, kall", cold.all, cold_peer.statistics, required=20, **common))
    return slow | told(weighted_row())


def weighted_row() -> Row:
    """Neighbours that weigh differently: every sum is made anew, so it is the loop alone that is compared."""
    points, values = made_up(WEIGHTED_SITES)
    links = decaying(points)
    beside = graph(links)
    ours = measured(lambda: local_statistics(values, links, permutations=PERMUTATIONS, seed=1))
    theirs, _ = timed(lambda: by_peer(values, beside), runs=1)
    work = f"lokal Moran och Gi*, viktade grannar, {WEIGHTED_SITES // 1000} 000 platser"
    gathers = WEIGHTED_SITES * NEIGHBOURS * PERMUTATIONS
    return Row(
        work,
        ours.median,
        theirs.median,
        peer("esda"),
        required=1,
        bound=gathers / 1.1e9,
        bound_why="1,1 miljarder uppslag per sekund",
    )


def made_up(sites: int) -> tuple[Floats, Floats]:
    """Points on a jittered grid and a skewed value with a wave in it, the same every time."""
    random = np.random.default_rng(20261123)
    side = int(np.sqrt(sites)) + 1
    grid = np.column_stack(np.divmod(np.arange(side * side), side))[:sites]
    points = grid * 100.0 + random.random((sites, 2))
    return points, random.gamma(2, 1, sites) + 0.3 * np.sin(points[:, 0] / points[:, 0].std() * 3)


def decaying(points: Floats) -> Links:
    """The nearest, weighing less with distance."""
    links = nearest_links(points, NEIGHBOURS)
    away = np.linalg.norm(points[links.rows] - points[links.indices], axis=1)
    return Links(links.indptr, links.indices, np.exp(-away / 100))


def require_every_peer_named() -> None:
    """Every public statistic of the version that is installed has its row in docs/methods/parity.md."""
    import esda

    page = (ROOT / "docs" / "methods" / "parity.md").read_text(encoding="utf-8")
    public = [
        name
        for name, kind in vars(esda).items()
        if isinstance(kind, type) and kind.__module__.startswith("esda")
    ]
    assert len(public) >= 20, public
    missing = [name for name in [*public, "fdr", "correlogram"] if f"\n| {name} |" not in page]
    assert not missing, missing


def require_equal() -> None:
    """On small towns of every kind: the same statistics to the last digits, and the same p-values draw for draw."""
    points, values = made_up(500)
    for name, links in (
        ("8 närmaste", nearest_links(points, 8)),
        ("inom 150 m", links_within(points, 150)),
        ("avtagande", decaying(points)),
    ):
        require_equal_statistics(name, values, links)
        require_equal_chances(name, values, links)
    print(
        f"samma svar som {peer('esda')}: I, Gi, Gi*, Geary, antal par, och samma p-värden dragning för dragning"
    )


def require_equal_statistics(name: str, values: Floats, links: Links) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import esda

        beside, even = graph(links), graph(links_between(links.sites, pairs(links)))
        having = (values > np.median(values)).astype(np.float64)
        same = [
            ("I_i", local_moran(values, links), esda.Moran_Local(values, beside, permutations=0).Is),
            ("I", moran(values, links), esda.Moran(values, beside, permutations=0).I),
            ("C", geary(values, links), esda.Geary(values, beside, transformation="r", permutations=0).C),
            ("BB", join_counts(having, links).both, esda.Join_Counts(having, even, permutations=0).bb),
        ]
        if links.even:  # the peer's z holds for weights of 1 only, see getis_ord_star
            star = esda.G_Local(values, even, transform="B", star=True, permutations=0)
            outer = esda.G_Local(values, even, transform="B", star=False, permutations=0)
            same += [
                ("Gi*", getis_ord_star(values, links), star.Zs),
                ("Gi", getis_ord(values, links), outer.Zs),
            ]
            local = esda.Join_Counts_Local(connectivity=even, permutations=0).fit(having)
            same += [("BB_i", np.nan_to_num(local_join_counts(having, links).joins), local.LJC)]
    for what, mine, theirs in same:
        assert np.allclose(mine, theirs, rtol=0, atol=1e-12), (name, what, np.abs(mine - theirs).max())


def require_equal_chances(name: str, values: Floats, links: Links) -> None:
    from esda.crand import vec_permutations

    most = int(links.counts.max())
    draws = vec_permutations(most, links.sites, PERMUTATIONS, 1).astype(np.int32)
    tails = conditional_tails(values, links, draws)
    local, star = by_peer(values, graph(links))
    of_moran = np.where(values > values.mean(), tails.at_least, tails.at_most)
    for what, larger, theirs in (("I", of_moran, local), ("Gi*", tails.at_least, star)):
        # The peer keeps its p-values in single precision.
        assert np.allclose(directed(larger, tails), theirs, rtol=0, atol=1e-7), (name, what)


def directed(larger: npt.NDArray[np.int64], tails: Tails) -> Floats:
    """The peer's p-value, of the nearer tail only."""
    folded: Floats = (np.minimum(larger, tails.permutations - larger) + 1) / (tails.permutations + 1)
    return folded


def pairs(links: Links) -> npt.NDArray[np.int64]:
    return np.column_stack([links.rows, links.indices])


def graph(links: Links) -> object:
    from libpysal.graph import Graph

    return Graph.from_arrays(links.rows, links.indices, links.weights)


def by_peer(values: Floats, beside: object) -> tuple[Floats, Floats]:
    """The p-values of local Moran and Gi*, one core, as the peer is by default on data of this size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import esda

        common = {"permutations": PERMUTATIONS, "seed": 1, "n_jobs": 1, "keep_simulations": False}
        local = esda.Moran_Local(values, beside, **common)
        star = esda.G_Local(values, beside, transform="R", star=True, **common)
    return local.p_sim, star.p_sim


def bound() -> dict[str, object]:
    """What comparing every site with every draw takes when the sums lie in the nearest cache."""
    sums, beyond = np.arange(PERMUTATIONS * 4), np.empty(PERMUTATIONS * 4, dtype=bool)
    one, _ = timed(lambda: np.greater_equal(sums, 7, out=beyond), runs=2000)
    seconds = 2 * one.best * SITES / 4 / (os.cpu_count() or 1)
    return {"bound": seconds, "bound_why": "alla jämförelser åt två håll, ur närmaste minnet"}


def apart(who: str) -> Cold:
    python = our_python() if who == "ours" else sys.executable
    seconds, _, said = run_apart([python, "-m", "bench.local", who])
    return Cold(seconds, **json.loads(said))


def alone(who: str) -> dict[str, float]:
    """What a process of its own does: the seconds of the statistics, imports and compiling with them, its memory."""
    points, values = made_up(SITES)
    links = nearest_links(points, NEIGHBOURS)
    beside = graph(links) if who == "peer" else None
    started = time.perf_counter()
    if who == "peer":
        by_peer(values, beside)
    else:
        local_statistics(values, links, permutations=PERMUTATIONS, seed=1)
    seconds = time.perf_counter() - started
    return {"statistics": seconds, "mb": held_mb()}


if __name__ == "__main__":
    print(json.dumps(alone(sys.argv[1])))
