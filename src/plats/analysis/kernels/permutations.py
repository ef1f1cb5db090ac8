"""Counting draws for every site at once: values dealt out anew among a site's neighbours, its own held.

All sites share the draws, and between two sites in order only the draws that name a site between them change. So one
running sum per draw is kept, in whole numbers, and each site only compares: the sums are exact, whatever the order
they were made in.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import prange

from plats.analysis.kernels.compiled import compiled_parallel

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Draws = npt.NDArray[np.int32]


@compiled_parallel
def tails_of_even(steps: Ints, sites: Ints, parts: Ints, draws: Draws, events: Draws) -> tuple[Ints, Ints]:
    """Draws whose sum is at least the low limit, and at most the high one, for sites whose neighbours weigh the same.

    `sites` (sites, 4): the two limits, how many neighbours, and the site's number; those with as many neighbours
    together, then by number. `parts` cuts it, never within a number of neighbours. `events` (events, 3): every entry
    of the draws as site, draw and place in it, by site.
    """
    at_least, at_most = np.zeros(steps.size, np.int64), np.zeros(steps.size, np.int64)
    for part in prange(parts.size - 1):
        card, first = sites[parts[part], 2], sites[parts[part], 3]
        sums = np.zeros(draws.shape[0], np.int64)
        for draw in range(draws.shape[0]):
            for place in range(card):
                drawn = draws[draw, place]
                sums[draw] += steps[drawn + (drawn >= first)]
        event = np.searchsorted(events[:, 0], first)
        for turn in range(parts[part], parts[part + 1]):
            low, high, site = sites[turn, 0], sites[turn, 1], sites[turn, 3]
            # A number below the site means the site of that number; from the site and up, the one after.
            while event < events.shape[0] and events[event, 0] < site:
                passed = events[event, 0]
                if events[event, 2] < card:
                    sums[events[event, 1]] += steps[passed] - steps[passed + 1]
                event += 1
            above, below = 0, 0
            for draw in range(sums.size):
                above += sums[draw] >= low
                below += sums[draw] <= high
            at_least[site], at_most[site] = above, below
    return at_least, at_most


@compiled_parallel
def tails_of_weighted(
    values: Floats, limits: Floats, indptr: Ints, weights: Floats, draws: Draws
) -> tuple[Ints, Ints]:
    """As `tails_of_even` for neighbours that weigh differently: each sum is made anew. `limits` (sites, 2)."""
    sites = values.size
    at_least, at_most = np.zeros(sites, np.int64), np.zeros(sites, np.int64)
    for site in prange(sites):
        start, card = indptr[site], indptr[site + 1] - indptr[site]
        above, below = 0, 0
        for draw in range(draws.shape[0]):
            total = 0.0
            for place in range(card):
                drawn = draws[draw, place]
                total += weights[start + place] * values[drawn + (drawn >= site)]
            above += total >= limits[site, 0]
            below += total <= limits[site, 1]
        at_least[site], at_most[site] = above, below
    return at_least, at_most


def warm() -> None:
    """Compile both kernels, on three sites, so that nobody waits for it later."""
    draws = np.array([[0], [1]], dtype=np.int32)
    events = np.array([[0, 0, 0], [1, 1, 0]], dtype=np.int32)
    sites = np.array([[0, 0, 1, 0], [0, 0, 1, 1], [0, 0, 1, 2]])
    tails_of_even(np.arange(3), sites, np.array([0, 3]), draws, events)
    tails_of_weighted(np.zeros(3), np.zeros((3, 2)), np.arange(4), np.ones(3), draws)
