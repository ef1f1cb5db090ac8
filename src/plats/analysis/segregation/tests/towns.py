"""Made-up towns for the laws: people by area and group, few enough to be read when a law fails."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays


def has_an_answer(counts) -> bool:
    return bool((counts.sum(axis=0) > 0).all() and (counts.sum(axis=1) > 0).sum() > 1)


def towns(groups=2, *, most_groups=None, most=500, least=0):
    """(areas, groups) tables with no group empty and people in two areas or more, other areas perhaps empty."""
    shapes = st.tuples(st.integers(2, 8), st.integers(groups, most_groups or groups))
    tables = arrays(np.int64, shapes, elements=st.integers(least, most), fill=st.nothing())
    emptied = st.integers(0, 15) if least == 0 else st.just(15)
    return st.builds(_with_an_empty_area, tables, emptied).filter(has_an_answer)


def _with_an_empty_area(counts, emptied):
    """Nobody lives in the area of that number, if there is one."""
    counts = counts.astype(float)
    counts[emptied : emptied + 1] = 0
    return counts


def merged(counts):
    """The town with its first two areas as one."""
    return np.vstack([counts[0] + counts[1], counts[2:]])


def halved(counts):
    """The town with its first area as two alike."""
    return np.vstack([counts[0] / 2, counts[0] / 2, counts[1:]])


def exchanged(counts):
    """The first two areas swap people of the first two groups, from where each is the larger part: at most half way."""
    after = counts.copy()
    sizes = counts.sum(axis=1)
    if not sizes[:2].all():
        return after
    shares = counts / np.where(sizes > 0, sizes, 1)[:, None]
    one, other = shares[0, :2] - shares[1, :2]
    if one * other >= 0:  # the same area has more of both: no swap brings the two closer
        return after
    high, low = (0, 1) if one > 0 else (1, 0)
    room = min(abs(one), abs(other)) / (1 / sizes[0] + 1 / sizes[1])
    move = min(room / 2, counts[high, 0], counts[low, 1])
    after[high, :2] += np.array([-move, move])
    after[low, :2] += np.array([move, -move])
    return after
