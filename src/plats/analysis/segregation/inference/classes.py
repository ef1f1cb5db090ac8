"""Ordered classes in many tables at once: each measure of every table, as the functions of `ordinal` give for one."""

from __future__ import annotations

import numpy as np

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.stacks import MEASURES, Measured, Stack
from plats.analysis.segregation.ordinal import HIGHEST_DEGREE, weights_of_powers

# Internals


def _ordinal_entropy_index(stack: Stack) -> FloatArray:
    ranks, known = _cuts(stack)
    weights = _entropy(ranks)
    return np.asarray((weights * known).sum(axis=0) / weights.sum(axis=0))


def _rank_order_entropy_index(stack: Stack) -> FloatArray:
    ranks, known = _cuts(stack)
    degree = min(HIGHEST_DEGREE, len(ranks) - 1)
    weights = _entropy(ranks).T
    # A row for each limit between classes, a matrix for each draw; a table without an answer is left out later.
    powers = np.nan_to_num(ranks.T[:, :, None] ** np.arange(degree + 1) * weights[:, :, None])
    fitted = np.linalg.pinv(powers) @ np.nan_to_num(known.T * weights)[:, :, None]
    return np.asarray(fitted[:, :, 0] @ weights_of_powers(degree))


def _cuts(stack: Stack) -> tuple[FloatArray, FloatArray]:
    """(limits, draws) the share of everybody below each limit, and the entropy index of those against the others."""
    below = np.cumsum(stack.counts, axis=0)[:-1]
    pairs = [Stack(np.stack([part, stack.sizes - part])) for part in below]
    ranks = np.cumsum(stack.composition, axis=0)[:-1]
    return ranks, np.array([MEASURES["entropy_index"](pair) for pair in pairs])


def _entropy(ranks: FloatArray) -> FloatArray:
    return np.asarray(-ranks * np.log(ranks) - (1 - ranks) * np.log1p(-ranks))


CLASS_MEASURES: dict[str, Measured] = {
    "ordinal_entropy_index": _ordinal_entropy_index,
    "rank_order_entropy_index": _rank_order_entropy_index,
}
