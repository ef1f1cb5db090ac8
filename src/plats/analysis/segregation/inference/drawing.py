"""Drawing many tables by chance, in parts that can be drawn in any order on any number of processors."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import cpu_count

import numpy as np

from plats.analysis.arrays import FloatArray

# Cells drawn at once: about what a processor keeps near itself. Part of the result, like the seed.
NEAR = 2**17


def drawn(
    part: Callable[[np.random.Generator, int], FloatArray],
    *,
    cells: int,
    draws: int,
    seed: int,
    at_once: int = NEAR,
) -> FloatArray:
    """What comes of many tables drawn by chance, one number or a few for each.

    Parameters
    ----------
    part
        Draws so many tables from a generator, and gives the numbers with draws along the last axis.
    cells
        Areas times groups of a table.
    draws
        How many tables.
    seed
        Any whole number from 0; the same gives the same draws.
    at_once
        Cells to draw in one part, at most; always at least one table.

    Returns
    -------
    The numbers, with draws along the last axis.

    Raises
    ------
    ValueError
        If there are no draws.

    Notes
    -----
    The draws are divided into parts by the size of the table alone, and each part has a stream of its own
    (`SeedSequence.spawn`), so the result does not depend on the machine.

    Examples
    --------
    >>> drawn(lambda random, number: random.random(number), cells=1, draws=4, seed=1).shape
    (4,)
    """
    if draws < 1:
        raise ValueError(f"Antalet dragningar ska vara minst 1, till exempel 1000, men är {draws}.")
    most = max(1, at_once // max(1, cells))
    parts = [min(most, draws - start) for start in range(0, draws, most)]
    streams = [np.random.default_rng(stream) for stream in np.random.SeedSequence(seed).spawn(len(parts))]
    if len(parts) == 1:
        return part(streams[0], draws)
    with ThreadPoolExecutor(cpu_count()) as threads:
        return np.concatenate(list(threads.map(part, streams, parts)), axis=-1)
