"""A made-up country on 100-metre cells: towns of very different size, and farms between them. The same every time.

Not Sweden, but as many people on as many cells in as long a land: 10.5 million on 1.4 million. Its people are more
scattered than Sweden's, so the radii are longer and the work is more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.measure import ROOT

SWEDEN = 10_500_000
GROUPS = 7
# Sweden in cells, and its towns and farms; a country of more people has as many times the land.
WIDTH, HEIGHT, TOWNS, FARMS = 6_700, 15_700, 1_900, 150_000
IN_TOWNS = 0.87
SEED = 20261128

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Nation:
    """Where people live."""

    cells: Whole  # (cells, 2) east and north
    counts: Whole  # (cells, 1 + groups) everybody, then each group


def nation(people: int = SWEDEN) -> Nation:
    """The country with so many people; kept on disk, since making it takes longer than measuring."""
    kept = ROOT / "var" / "bench" / f"nation-{people}-{SEED}.npz"
    if kept.exists():
        return read(kept)
    made = made_up(people)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.savez(kept, cells=made.cells, counts=made.counts)
    return made


def read(path: Path) -> Nation:
    with np.load(path) as kept:
        return Nation(kept["cells"], kept["counts"])


def made_up(people: int) -> Nation:
    random = np.random.default_rng(SEED)
    size = people / SWEDEN
    width, height = round(WIDTH * sqrt(size)), round(HEIGHT * sqrt(size))
    townspeople = round(people * IN_TOWNS)
    weight = np.sort(random.pareto(1.05, round(TOWNS * size) + 5) + 0.15)[::-1]
    # The largest town of a larger country is no larger: people are drawn towards ten millions' worth of towns.
    weight = np.minimum(weight, weight.sum() * 0.15 / max(size, 1))
    weight /= weight.sum()
    town = random.choice(len(weight), townspeople, p=weight)
    centre = np.column_stack(
        [random.uniform(0.1, 0.9, len(weight)) * width, random.beta(2, 4, len(weight)) * height]
    )
    spread = 4 + 120 * np.sqrt(weight * max(size, 1))
    farms = random.uniform(0, [width, height], (max(10, round(FARMS * size)), 2))
    homes = np.concatenate(
        [
            centre[town] + random.standard_normal((townspeople, 2)) * spread[town, None],
            farms[random.integers(0, len(farms), people - townspeople)],
        ]
    )
    east, north = np.clip(homes, 0, [width - 1, height - 1]).astype(np.int64).T
    numbers, lived = np.unique(north * width + east, return_counts=True)
    shares = random.dirichlet(4 * np.array([0.6, 0.13, 0.09, 0.08, 0.05, 0.03, 0.02]), len(numbers))
    groups = random.multinomial(lived, shares)
    return Nation(np.column_stack([numbers % width, numbers // width]), np.column_stack([lived, groups]))
