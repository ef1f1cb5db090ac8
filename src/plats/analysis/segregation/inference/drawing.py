"""Drawing many tables by chance, in parts that can be drawn in any order on any number of processors."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.stacks import Stack

Draw = Callable[[np.random.Generator, int], Stack]

# Cells drawn at once: about what a processor keeps near itself. Part of the result, like the seed.
CELLS = 2**17


def drawn(
    draw: Draw, evaluate: Callable[[Stack], FloatArray], *, cells: int, draws: int, seed: int
) -> FloatArray:
    """A measure of tables drawn by chance.

    Parameters
    ----------
    draw
        Gives so many tables from a generator.
    evaluate
        Gives the measure of each table.
    cells
        Areas times groups.
    draws
        How many tables.
    seed
        Any whole number from 0; the same gives the same draws.

    Returns
    -------
    (draws,) the measure of each.

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
    >>> from plats.analysis.segregation.inference.stacks import Stack
    >>> coin = lambda random, number: Stack(random.binomial(1, 0.5, (1, number, 1)))
    >>> drawn(coin, lambda stack: stack.people, cells=1, draws=4, seed=1).shape
    (4,)
    """
    if draws < 1:
        raise ValueError(f"Antalet dragningar ska vara minst 1, till exempel 1000, men är {draws}.")
    most = max(1, CELLS // max(1, cells))
    parts = [min(most, draws - start) for start in range(0, draws, most)]
    streams = np.random.SeedSequence(seed).spawn(len(parts))

    def part(number: int) -> FloatArray:
        return evaluate(draw(np.random.default_rng(streams[number]), parts[number]))

    if len(parts) == 1:
        return part(0)
    with ThreadPoolExecutor() as threads:
        return np.concatenate(list(threads.map(part, range(len(parts)))))
