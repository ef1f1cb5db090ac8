"""Pace: how far a target is, and how fast one must go from now on. No likelihood is said."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """The way to a target, in the figure's unit. NaN where it cannot be said."""

    distance: float  # target minus now; 0 or on the other side when it is reached
    years_left: int
    needed: float  # change per year from now on
    so_far: float  # change per year from the baseline until now
    share_of_way: float  # 0 at the baseline, 1 at the target; may lie outside
    reached: bool


def pace(
    *, baseline: float, baseline_year: int, now: float, now_year: int, target: float, target_year: int
) -> Pace:
    r"""How far a target is from the latest figure, and how much a year it takes to get there in time.

    .. math::

        d = m - x_t, \quad \text{needed} = \frac{d}{T - t}, \quad \text{so far} = \frac{x_t - x_0}{t - t_0}

    Parameters
    ----------
    baseline
        The figure one started from, in any unit.
    baseline_year
        The year of the baseline.
    now
        The latest figure, in the same unit.
    now_year
        The year of the latest figure; not before the baseline's.
    target
        The figure to reach; not the baseline itself.
    target_year
        The year it is to be reached; after the baseline's.

    Returns
    -------
    `Pace`. `needed` is NaN when no year is left, `so_far` when the latest figure is the baseline's own year. A
    target is reached when the latest figure lies at it or beyond it, seen from the baseline.

    Raises
    ------
    ValueError
        If a figure is not finite, the years are out of order, or the target is the baseline.

    Notes
    -----
    A steady pace is an assumption, not a forecast: most figures move in jerks. A target in the past that was
    not reached has no pace. At the target the needed pace is 0.

    References
    ----------
    Arithmetic; no source needed.

    Examples
    --------
    >>> way = pace(baseline=60, baseline_year=2020, now=66, now_year=2023, target=80, target_year=2030)
    >>> (way.distance, way.needed, way.so_far, way.share_of_way)
    (14, 2.0, 2.0, 0.3)
    """
    if not all(math.isfinite(figure) for figure in (baseline, now, target)):
        raise ValueError("Utgångsläge, läge och målvärde ska vara tal.")
    if not baseline_year <= now_year or not baseline_year < target_year:
        raise ValueError("Utgångsåret ska komma före målåret och inte efter det senaste årets siffra.")
    if target == baseline:
        raise ValueError("Målvärdet är utgångsläget: då finns ingen väg att mäta.")
    distance, years_left, years_gone = target - now, target_year - now_year, now_year - baseline_year
    reached = distance <= 0 if target > baseline else distance >= 0
    return Pace(
        distance=distance,
        years_left=max(0, years_left),
        needed=math.nan if years_left <= 0 else (0.0 if reached else distance / years_left),
        so_far=math.nan if years_gone == 0 else (now - baseline) / years_gone,
        share_of_way=(now - baseline) / (target - baseline),
        reached=reached,
    )
