"""Asking about many places: in an order where neighbours follow each other, on every core."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import IntArray

# What one thread asks at a time: at most so many places, and fewer when there are not so many turns for each thread,
# so that no thread waits long for the last; never so few that the first place of each turn is what takes the time.
MOST_PLACES, TURNS_EACH, FEWEST_PLACES = 4096, 8, 256


def spread(places: IntArray, ask: Callable[[IntArray], None], threads: int | None = None) -> None:
    """Ask about the places in an order where neighbours follow each other, some at a time on every core.

    Parameters
    ----------
    places
        (places, 2) row and column.
    ask
        Takes the numbers of some places, and writes their answers where only theirs stand.
    threads
        How many at once; as many as there are cores when it is not said.

    Returns
    -------
    Nothing. The answers do not depend on how many threads there are.

    Examples
    --------
    >>> asked = []
    >>> spread(np.array([[0, 0], [9, 9], [0, 1]]), lambda some: asked.extend(some.tolist()), threads=1)
    >>> asked
    [0, 2, 1]
    """
    from concurrent.futures import ThreadPoolExecutor

    from plats.analysis.kernels.compiled import cores

    order = np.argsort(_along_the_curve(places), kind="stable")
    at_once = threads or cores()
    each = min(max(len(order) // (at_once * TURNS_EACH), FEWEST_PLACES), MOST_PLACES)
    some = [order[start : start + each] for start in range(0, len(order), each)]
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(ask, some))


# Internals


def _along_the_curve(places: IntArray) -> npt.NDArray[np.uint64]:
    """Each place's number along a curve that fills the plane (Morton's): the bits of row and column by turns."""
    number = np.zeros(len(places), np.uint64)
    for axis in range(2):
        bits = (places[:, axis] - places[:, axis].min(initial=0)).astype(np.uint64)
        for shift, mask in (
            (16, 0x0000FFFF0000FFFF),
            (8, 0x00FF00FF00FF00FF),
            (4, 0x0F0F0F0F0F0F0F0F),
            (2, 0x3333333333333333),
            (1, 0x5555555555555555),
        ):
            bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
        number |= bits << np.uint64(1 - axis)
    return number
