"""Divergence profiles: how far the people around an area are from the whole's composition, as the surrounding grows.

Areas are taken in order of distance from one of them, itself first, until all are in. At each step the composition of
the people so far is compared with that of the whole; at the last they are the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.segregation.spatial.places import STEPS_PER_METRE, as_points
from plats.analysis.segregation.tables import NO_ANSWER, GroupTable, as_groups

_INDEX_BITS = 22  # room for 4 million areas, and for distances of 22,000 km in hundredths of a millimetre
_STEPS_AT_A_TIME = 200_000  # enough that handing them to another core costs little, few enough to be kept

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class DivergenceProfile:
    """One area's profile: a row for each distance at which somebody is added."""

    area: int  # its number in what was given
    distance_m: FloatArray  # (steps,) rising from 0
    people: FloatArray  # (steps,) within that distance
    divergence: FloatArray  # (steps,) nats, 0 at the last step
    entering: IntArray  # (steps,) how many areas were added


def divergence_profiles(groups: npt.ArrayLike, points_m: npt.ArrayLike) -> Iterator[DivergenceProfile]:
    r"""How far the people within each distance of an area are from the whole's composition; area by area.

    .. math:: KL_i(d) = \sum_g q_{ig}(d) \ln \frac{q_{ig}(d)}{P_g}

    q is the composition of everybody in areas at most d from the area.

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.

    Returns
    -------
    A `DivergenceProfile` for each populated area, in order, made as they are asked for: together they would be as
    many rows as there are pairs of areas. None when a group is empty, a figure is missing, or people live in fewer
    than two areas.

    Raises
    ------
    ValueError
        If a coordinate is missing or in degrees, or the table is not two-dimensional, has fewer than two groups, or
        holds a negative or infinite count.

    Notes
    -----
    Areas equally far away, to a hundredth of a millimetre, are added together, so that their order does not matter.
    Areas where nobody lives are passed over.

    References
    ----------
    Roberto, E. (2018). The spatial proximity and connectivity method for measuring and analyzing residential
    segregation. Sociological Methodology 48(1), 182-224. https://doi.org/10.1177/0081175018796871. Olteanu, M.,
    Randon-Furling, J. & Clark, W. A. V. (2019). Segregation through the multiscalar lens. PNAS 116(25), 12250-12254.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [4000, 0]]
    >>> first, *_ = divergence_profiles([[10, 30], [10, 10], [10, 50]], row)
    >>> first.distance_m, first.people, first.divergence.round(4)
    (array([   0., 1000., 3000.]), array([ 40.,  60., 120.]), array([0.    , 0.0174, 0.    ]))
    """
    walk = _Walk.of(groups, points_m)
    if walk is None:
        return
    yield from walk.from_each(walk.profile)


def local_distortion(groups: npt.ArrayLike, points_m: npt.ArrayLike) -> FloatArray:
    r"""How distorted the picture of the whole is from each area: its divergence profile, summed over all steps.

    .. math:: \Delta_i = \sum_{k=1}^{n} KL_i(d_k)

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.

    Returns
    -------
    (areas,) nats, 0 (composed as the whole at every distance) and up; grows with the number of areas. NaN where
    nobody lives, and everywhere when a group is empty, a figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        As `divergence_profiles`.

    Notes
    -----
    A step is an area added, so figures over different divisions are not comparable. Areas equally far away each
    count with the divergence when all of them are in. Time grows with the square of the number of areas, memory
    with the number.

    References
    ----------
    Olteanu et al. (2019), see `divergence_profiles`. Not divided by the largest possible value, as they do.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [4000, 0]]
    >>> local_distortion([[10, 30], [10, 10], [10, 50]], row).round(4)
    array([0.0174, 0.1612, 0.0202])
    """
    walk = _Walk.of(groups, points_m)
    counts = as_groups(groups)
    found = np.full(len(counts), NO_ANSWER)
    if walk is not None:
        found[walk.table.populated] = list(walk.from_each(walk.summed))
    return found


def global_distortion(groups: npt.ArrayLike, points_m: npt.ArrayLike) -> float:
    r"""How distorted the picture of the whole is from where people live, on average.

    .. math:: \Delta = \sum_i \frac{t_i}{T} \Delta_i

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.

    Returns
    -------
    Nats, 0 and up. NaN as `local_distortion`.

    Raises
    ------
    ValueError
        As `divergence_profiles`.

    Notes
    -----
    The mean of `local_distortion` over people.

    References
    ----------
    Olteanu et al. (2019), see `divergence_profiles`.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [4000, 0]]
    >>> round(global_distortion([[10, 30], [10, 10], [10, 50]], row), 4)
    0.0428
    """
    walk = _Walk.of(groups, points_m)
    if walk is None:
        return NO_ANSWER
    return float(walk.table.weights @ np.array(list(walk.from_each(walk.summed))))


# Internals


@dataclass(frozen=True, slots=True)
class _Space:
    """Where one walk at a time is written: making such room anew costs as much as the walk."""

    keys: IntArray  # (areas,)
    totals: FloatArray  # (groups + 1, areas)
    logs: FloatArray  # (groups + 1, areas)
    divergence: FloatArray  # (areas,)

    @classmethod
    def of(cls, counts: FloatArray) -> _Space:
        areas, groups = counts.shape
        totals, logs = np.empty((2, groups + 1, areas))
        return cls(np.empty(areas, np.int64), totals, logs, np.empty(areas))


@dataclass(frozen=True, slots=True)
class _Walk:
    """The populated areas, ready to be walked through outwards from any of them."""

    table: GroupTable
    points: FloatArray  # (2, areas)
    counts: FloatArray  # (areas, groups) a copy, laid out as the kernel was compiled for
    log_composition: FloatArray  # (groups,)
    areas: IntArray  # (areas,) their numbers in what was given

    @classmethod
    def of(cls, groups: npt.ArrayLike, points_m: npt.ArrayLike) -> _Walk | None:
        counts = as_groups(groups)
        points = as_points(points_m, len(counts))
        table = GroupTable.among_populated(counts)
        if table is None:
            return None
        return cls(
            table,
            np.ascontiguousarray(points[table.populated].T),
            np.array(table.counts, order="C"),
            np.log(table.composition),
            np.flatnonzero(table.populated),
        )

    def from_each(self, made: Callable[[int, _Space], Made]) -> Iterator[Made]:
        """What is made of the walk from each area, in order, some at a time on every core; no more than are asked for
        and a few beyond."""
        from concurrent.futures import ThreadPoolExecutor

        from plats.analysis.kernels.compiled import cores

        areas = len(self.areas)
        each = max(_STEPS_AT_A_TIME // areas, 1)

        def of_some(first: int) -> list[Made]:
            space = _Space.of(self.counts)
            return [made(start, space) for start in range(first, min(first + each, areas))]

        pool = ThreadPoolExecutor(cores())
        asked = (pool.submit(of_some, first) for first in range(0, areas, each))
        try:
            waiting = deque(islice(asked, 2 * cores()))
            while waiting:
                yield from waiting.popleft().result()
                waiting.extend(islice(asked, 1))
        finally:
            pool.shutdown(cancel_futures=True)

    def outwards(self, start: int, space: _Space) -> tuple[IntArray, FloatArray, FloatArray]:
        """(areas,) each, in order of distance: distance in steps, people so far, divergence of those people. In the
        space, and gone when it is used again."""
        from plats.analysis.kernels.running import divergences, outward_keys, running_totals

        keys, totals = space.keys, space.totals
        outward_keys(self.points, start, float(STEPS_PER_METRE), _INDEX_BITS, keys)
        keys.sort()
        running_totals(keys, _INDEX_BITS, self.counts, totals)
        np.log(totals, out=space.logs)
        divergences(totals, space.logs, self.log_composition, space.divergence)
        return keys >> _INDEX_BITS, totals[-1], space.divergence

    def profile(self, start: int, space: _Space) -> DivergenceProfile:
        far, people, divergence = self.outwards(start, space)
        last = _last_at_each_distance(far)
        return DivergenceProfile(
            area=int(self.areas[start]),
            distance_m=far[last] / STEPS_PER_METRE,
            people=people[last],
            divergence=divergence[last],
            entering=np.diff(last, prepend=-1),
        )

    def summed(self, start: int, space: _Space) -> float:
        far, _, divergence = self.outwards(start, space)
        last = _last_at_each_distance(far)
        if len(last) == len(divergence):
            return float(divergence.sum())
        return float(divergence[last] @ np.diff(last, prepend=-1))


def _last_at_each_distance(far: IntArray) -> IntArray:
    farther = np.ones(len(far), dtype=bool)
    np.greater(far[1:], far[:-1], out=farther[:-1])
    last: IntArray = np.flatnonzero(farther)
    return last
