"""`python -m bench local-errors`: how often chance is called a finding, with nothing to find and with something.

With nothing: independent values on made-up places; p at most 0.05 should be one in twenty, and a town where anything
is found, after control over all places, at most one in twenty. With something: a group of places is raised, and a find
is false when the place neither lies in the group nor has a neighbour in it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bench.measure import busy
from plats.analysis.clusters.discovery import benjamini_yekutieli, permutations_needed
from plats.analysis.clusters.links import Links, nearest_links
from plats.analysis.clusters.local import LocalStatistics, local_statistics

Floats = npt.NDArray[np.float64]
TOWNS = {22: 2000, 60: 1000, 1000: 100}
NEIGHBOURS, RAISED_PART, RATE = 5, 0.15, 0.05
VALUES: dict[str, Callable[[np.random.Generator, int], Floats]] = {
    "normala": lambda random, sites: random.normal(size=sites),
    "skeva": lambda random, sites: random.gamma(1, 1, sites),
}


def main(_: list[str]) -> int:
    wrong = 0
    for sites, towns in TOWNS.items():
        for name in VALUES:
            wrong |= nothing_to_find(sites, towns, name)
        for height in (1.0, 2.0):
            something_to_find(sites, towns // 2, height)
    print(busy())
    return wrong


def nothing_to_find(sites: int, towns: int, name: str) -> int:
    random = np.random.default_rng(sites)
    raw, found, strict = [], [], []
    for town in range(towns):
        links = nearest_links(random.random((sites, 2)), NEIGHBOURS)
        local = tested(VALUES[name](random, sites), links, seed=town)
        raw.append(np.mean(local.p <= RATE))
        found.append((local.rates <= RATE).any())
        strict.append((benjamini_yekutieli(local.p) <= RATE).any())
    error = np.std(raw) / np.sqrt(towns)
    print(
        f"{sites:>5} platser, {name} värden, inget att hitta: p högst 0,05 hos {np.mean(raw):.2%} (fel {error:.2%}); "
        f"något hittat i {np.mean(found):.1%} av {towns} orter (Benjamini-Yekutieli {np.mean(strict):.1%})"
    )
    return int(not 0.04 <= np.mean(raw) <= 0.06)


def something_to_find(sites: int, towns: int, height: float) -> None:
    random = np.random.default_rng(sites + 1)
    false, caught, missed = [], [], []
    for town in range(towns):
        points = random.random((sites, 2))
        links = nearest_links(points, NEIGHBOURS)
        values, raised = VALUES["normala"](random, sites), group(points, random)
        found = tested(values + height * raised, links, seed=town).rates <= RATE
        touched = raised | (links.sums(raised.astype(np.float64)) > 0)
        false.append(np.sum(found & ~touched) / max(found.sum(), 1))
        caught.append(np.mean(found[raised]))
        missed.append(not found.any())
    print(
        f"{sites:>5} platser, {RAISED_PART:.0%} i en grupp {height:g} standardavvikelser högre: falska av hittade "
        f"{np.mean(false):.1%}; hittade av gruppen {np.mean(caught):.0%}; "
        f"inget hittat i {np.mean(missed):.0%} av {towns} orter"
    )


def group(points: Floats, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """The places nearest to one of them."""
    number = max(round(len(points) * RAISED_PART), 3)
    away = np.linalg.norm(points - points[random.integers(len(points))], axis=1)
    return away <= np.sort(away)[number - 1]


def tested(values: Floats, links: Links, seed: int) -> LocalStatistics:
    """With as many permutations as one place alone needs to be found, up to 9,999."""
    permutations = min(max(999, permutations_needed(links.sites, RATE)), 9999)
    return local_statistics(values, links, permutations=permutations, seed=seed)
