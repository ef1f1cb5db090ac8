"""A made-up country as a file, and what is asked of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from plats.engine.contexts import Question
from plats.engine.tables import write_table

QUESTION = Question(total="people", groups=("young", "old"), k=(50, 400), radius=(1000.0,), cell=100)


def people(cells: int = 900, seed: int = 11) -> dict[str, np.ndarray]:
    """(cells,) columns: south-west corners in SWEREF 99 TM and people, in no order."""
    random = np.random.default_rng(seed)
    places = random.permutation(60 * 60)[:cells]
    total = random.integers(1, 9, cells)
    return {
        "x": 674_000 + 100.0 * (places % 60),
        "y": 6_580_000 + 100.0 * (places // 60),
        "people": total,
        "young": random.binomial(total, 0.3),
        "old": random.binomial(total, 0.2),
    }


def country(path: Path, years: tuple[int, ...] = ()) -> Path:
    """The file, for the years if there are any."""
    if not years:
        write_table(path, people())
        return path
    each = [people(500 + 50 * number, seed=number) for number, _ in enumerate(years)]
    columns = {name: np.concatenate([one[name] for one in each]) for name in each[0]}
    columns["year"] = np.concatenate([np.full(len(one["x"]), y) for one, y in zip(each, years, strict=True)])
    write_table(path, columns)
    return path
