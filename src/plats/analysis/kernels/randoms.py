"""Random numbers in the tens of millions: people spread over areas, and areas chosen, by exact laws.

Bits come from xoshiro256++ (Blackman & Vigna 2021), each stream started at 256 bits from numpy's generator, so no
stream is a step along another.

People over areas is a multinomial draw. It is made of independent Poisson numbers: those lacking in their sum are
then placed one by one, and those who are too many are taken out, each with the same chance. Given their sum Poisson
numbers are multinomial, and adding or taking out people one by one keeps them so: the law is exact. A Poisson number
whose mean stays the same for many draws is a look-up in a table of its law.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.kernels.compiled import compiled

States = npt.NDArray[np.uint64]  # (streams, 4), never all zeros in a row

# How many times a person is looked for where people are expected, before going through everybody.
_TRIES = 50
# A table of a law ends where what is left is less than a uniform number can tell.
_NOTHING = 1e-18


def states(random: np.random.Generator, number: int) -> States:
    """Where so many streams start."""
    return random.integers(0, 2**64, size=(number, 4), dtype=np.uint64)


def warm() -> None:
    """Compile every kernel here."""
    start = states(np.random.default_rng(0), 1)
    spread_over_areas(start[0], np.array([30.0, 3.0]), np.array([0.5, 0.5]), np.zeros((2, 2, 2)))
    resampled_dissimilarity(start.copy(), np.array([[1.0, 2.0], [3.0, 4.0]]))


@compiled
def _next(state: npt.NDArray[np.uint64]) -> np.uint64:
    """64 random bits."""
    s0, s1, s2, s3 = state[0], state[1], state[2], state[3]
    total = s0 + s3
    result = ((total << np.uint64(23)) | (total >> np.uint64(41))) + s0
    moved = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= moved
    s3 = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
    state[0], state[1], state[2], state[3] = s0, s1, s2, s3
    return np.uint64(result)


@compiled
def _uniform(state: npt.NDArray[np.uint64]) -> float:
    """Above 0 and below 1."""
    return (np.float64(_next(state) >> np.uint64(12)) + 0.5) * 2.220446049250313e-16


@compiled
def _guided(law: FloatArray, length: int, guide: IntArray) -> None:
    """Turn chances into their running sum, 0 to 1, and note from where to look for each part of it."""
    for k in range(1, length):
        law[k] += law[k - 1]
    whole = law[length - 1]
    for k in range(length):
        law[k] /= whole
    law[length - 1] = 2.0  # above every uniform number
    k = 0
    for part in range(length):
        while law[k] * length <= part:
            k += 1
        guide[part] = k


@compiled
def _pick(state: npt.NDArray[np.uint64], law: FloatArray, length: int, guide: IntArray) -> int:
    """One of 0 to length - 1, by its chance."""
    u = _uniform(state)
    k = guide[int(u * length)]
    while law[k] <= u:
        k += 1
    return int(k)


@compiled
def _poisson_law(mean: float, inverse: FloatArray, law: FloatArray) -> tuple[int, int]:
    """Fill the chances of the numbers from the first to the last that ever come; the first, and how many they are.

    `inverse` is 1 over 0, 1, 2, ...: dividing is what would take the time.
    """
    mode = int(mean)
    top = math.exp(mode * math.log(mean) - mean - math.lgamma(mode + 1.0))
    backwards = 1 / mean
    first, chance = mode, top
    while first > 0 and chance > _NOTHING:
        chance *= first * backwards
        first -= 1
    for k in range(first, mode + 1):
        law[k - first] = chance
        chance *= mean * inverse[k + 1]
    last, chance = mode, top
    while chance > _NOTHING:
        last += 1
        chance *= mean * inverse[last]
        law[last - first] = chance
    return first, last - first + 1


@compiled
def _widest(mean: float) -> int:
    """How long a table of a Poisson law can be."""
    return int(40 + 20 * math.sqrt(mean))


@compiled
def _draw_poisson(state: npt.NDArray[np.uint64], means: FloatArray, drawn: FloatArray) -> None:
    """Fill (draws, areas) with Poisson numbers; areas of the same mean beside each other share one table."""
    widest = _widest(means.max())
    law, guide = np.empty(widest), np.empty(widest, np.int64)
    inverse = 1 / np.maximum(1.0, np.arange(means.max() + widest))
    mean, first, length = -1.0, 0, 0
    for area in range(len(means)):
        if means[area] <= 0:
            continue
        if means[area] != mean:
            mean = means[area]
            first, length = _poisson_law(mean, inverse, law)
            _guided(law, length, guide)
        for draw in range(len(drawn)):
            drawn[draw, area] = first + _pick(state, law, length, guide)


@compiled
def _someone(
    state: npt.NDArray[np.uint64], counts: FloatArray, bound: FloatArray, law: FloatArray, guide: IntArray
) -> int:
    """The area of one person, each with the same chance of being the one. `bound` is at least the counts."""
    for _ in range(_TRIES):
        area = _pick(state, law, len(law), guide)
        if _uniform(state) * bound[area] < counts[area]:
            return area
    rank = _uniform(state) * counts.sum()
    area = 0
    while rank >= counts[area]:
        rank -= counts[area]
        area += 1
    return area


@compiled
def spread_over_areas(
    state: npt.NDArray[np.uint64], members: FloatArray, chances: FloatArray, drawn: FloatArray
) -> None:
    """Fill (groups, draws, areas) of zeros: each group's members, each in an area by its chance.

    Fastest with areas of the same chance beside each other.
    """
    groups, draws, areas = drawn.shape
    law, guide = chances.copy(), np.empty(areas, np.int64)
    _guided(law, areas, guide)
    for group in range(groups):
        _draw_poisson(state, chances * members[group], drawn[group])
        for draw in range(draws):
            counts = drawn[group, draw]
            lacking = int(members[group]) - int(counts.sum())
            for _ in range(lacking):
                counts[_pick(state, law, areas, guide)] += 1
            if lacking < 0:
                densest = 0.0
                for area in range(areas):
                    if counts[area] > densest * chances[area]:
                        densest = counts[area] / chances[area]
                bound = densest * chances
                for _ in range(-lacking):
                    counts[_someone(state, counts, bound, law, guide)] -= 1


@compiled
def resampled_dissimilarity(streams: States, counts: FloatArray) -> FloatArray:
    """(streams,) multigroup dissimilarity of as many areas as there are, each any of them with the same chance."""
    groups, areas = counts.shape
    bound = np.uint64(areas)
    # Of 2**32 equally likely numbers those below this would give some areas one chance too many (Lemire 2019).
    unfair = np.uint64(2**32 % areas)
    sizes = np.zeros(areas)
    for group in range(groups):
        sizes += counts[group]
    measured = np.empty(len(streams))
    times = np.empty(areas)
    for stream in range(len(streams)):
        state = streams[stream]
        times[:] = 0
        chosen = 0
        while chosen < areas:
            bits = _next(state)
            for half in (bits >> np.uint64(32), bits & np.uint64(0xFFFFFFFF)):
                product = half * bound
                if chosen < areas and (product & np.uint64(0xFFFFFFFF)) >= unfair:
                    times[product >> np.uint64(32)] += 1
                    chosen += 1
        measured[stream] = _dissimilarity(times, counts, sizes)
    return measured


@compiled
def _dissimilarity(times: FloatArray, counts: FloatArray, sizes: FloatArray) -> float:
    """NaN when a group has nobody; the caller sees to it that people live in two areas."""
    groups, areas = counts.shape
    people = 0.0
    for area in range(areas):
        people += times[area] * sizes[area]
    apart, interaction = 0.0, 0.0
    for group in range(groups):
        members = 0.0
        for area in range(areas):
            members += times[area] * counts[group, area]
        if members == 0:
            return np.nan
        share = members / people
        interaction += share * (1 - share)
        for area in range(areas):
            apart += times[area] * abs(counts[group, area] - sizes[area] * share)
    return apart / (2 * people * interaction)
