"""Many tables of the same areas and groups at once: each measure of every table, as the functions give it for one.

A draw by chance gives a new table, and an interval takes a thousand. The arithmetic is that of `tables` and `pairs`,
written for all draws together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.segregation.inference.drawing import NEAR
from plats.analysis.segregation.tables import NO_ANSWER


@dataclass(frozen=True)
class Stack:
    """Tables of people: groups along axis 0, draws along axis 1, areas along axis 2.

    A table in which a group is empty or fewer than two areas have people has no answer: every measure of it is NaN.
    """

    counts: FloatArray | IntArray  # (groups, draws, areas) persons

    @classmethod
    def of_one(cls, groups: FloatArray, number: int = 1) -> Stack:
        """The same (areas, groups) table so many times; it is held once."""
        areas, kinds = groups.shape
        return cls(np.broadcast_to(groups.T[:, None, :], (kinds, number, areas)))

    @property
    def groups(self) -> int:
        return len(self.counts)

    @cached_property
    def sizes(self) -> FloatArray:
        """(draws, areas) people."""
        return np.asarray(self.counts.sum(axis=0), dtype=np.float64)

    @cached_property
    def members(self) -> FloatArray:
        """(groups, draws) people of each group."""
        return np.asarray(self.counts.sum(axis=2), dtype=np.float64)

    @cached_property
    def people(self) -> FloatArray:
        """(draws,)"""
        return np.asarray(self.members.sum(axis=0), dtype=np.float64)

    @cached_property
    def composition(self) -> FloatArray:
        """(groups, draws) shares of everybody, 0-1."""
        return self.members / self.people

    @cached_property
    def shares(self) -> FloatArray:
        """(groups, draws, areas) each group's share of the area; 0 where nobody lives."""
        return np.asarray(self.counts / np.maximum(self.sizes, np.finfo(float).tiny), dtype=np.float64)

    @cached_property
    def interaction(self) -> FloatArray:
        """(draws,) the chance that two people belong to different groups."""
        return np.asarray((self.composition * (1 - self.composition)).sum(axis=0))

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """(draws,) whether a measure of the table has an answer."""
        populated = np.count_nonzero(self.sizes, axis=1) >= 2
        return np.asarray((self.members > 0).all(axis=0) & populated)

    def variances(self) -> FloatArray:
        """(groups, draws) each group's mean squared distance, over people, from its share of the whole."""
        squared = np.square(self.shares - self.composition[:, :, None])
        return np.asarray(np.einsum("gda,da->gd", squared, self.sizes) / self.people)


Measured = Callable[[Stack], FloatArray]


def measured_stack(stack: Stack, measure: Measured) -> FloatArray:
    """One measure of every table.

    Parameters
    ----------
    stack
        The tables.
    measure
        One of `MEASURES`.

    Returns
    -------
    (draws,) the measure; NaN where the table has no answer.

    Examples
    --------
    >>> measured_stack(Stack.of_one(np.array([[1.0, 0.0], [0.0, 1.0]])), MEASURES["dissimilarity"])
    array([1.])
    """
    few = max(1, NEAR // max(1, stack.counts[:, 0].size))
    parts = [Stack(stack.counts[:, start : start + few]) for start in range(0, stack.counts.shape[1], few)]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.concatenate([np.where(part.answered, measure(part), NO_ANSWER) for part in parts])


# Internals


def _dissimilarity(stack: Stack) -> FloatArray:
    # With two groups both are as far from the whole in every area, so one is enough.
    some = 1 if stack.groups == 2 else stack.groups
    apart = sum(
        np.abs(stack.counts[g] - stack.sizes * stack.composition[g][:, None]).sum(axis=1) for g in range(some)
    )
    return _bounded(apart * (2 if some == 1 else 1) / (2 * stack.people * stack.interaction))


def _min_max(stack: Stack) -> FloatArray:
    apart = _dissimilarity(stack)
    return np.asarray(2 * apart / (1 + apart))


def _gini(stack: Stack) -> FloatArray:
    some = 1 if stack.groups == 2 else stack.groups
    spread = stack.composition * (1 - stack.composition)
    each = sum(spread[g] * _gini_of_one(stack, g) for g in range(some))
    return _bounded(each * (2 if some == 1 else 1) / stack.interaction)


def _gini_of_one(stack: Stack, number: int) -> FloatArray:
    order = np.argsort(stack.shares[number], axis=1)
    group = stack.counts[number]
    rest = stack.sizes - group
    mine = np.take_along_axis(group / group.sum(axis=1, keepdims=True), order, axis=1)
    theirs = np.take_along_axis(rest / rest.sum(axis=1, keepdims=True), order, axis=1)
    before, theirs_before = np.cumsum(mine, axis=1) - mine, np.cumsum(theirs, axis=1) - theirs
    return np.asarray((mine * theirs_before - theirs * before).sum(axis=1))


def _mutual_information(stack: Stack) -> FloatArray:
    spread = sum(_times_log(stack.counts[g]).sum(axis=1) for g in range(stack.groups))
    spread = spread - _times_log(stack.sizes).sum(axis=1)
    spread = spread - _times_log(stack.members).sum(axis=0) + _times_log(stack.people)
    return np.asarray(np.maximum(0.0, spread / stack.people))


def _entropy_index(stack: Stack) -> FloatArray:
    diversity = -_times_log(stack.composition).sum(axis=0)
    return _bounded(_mutual_information(stack) / diversity)


def _normalised_exposure(stack: Stack) -> FloatArray:
    return _bounded((stack.variances() / (1 - stack.composition)).sum(axis=0))


def _relative_diversity(stack: Stack) -> FloatArray:
    return _bounded(stack.variances().sum(axis=0) / stack.interaction)


def _squared_coefficient_of_variation(stack: Stack) -> FloatArray:
    return _bounded((stack.variances() / stack.composition).sum(axis=0) / (stack.groups - 1))


def _atkinson(stack: Stack) -> FloatArray:
    mine, theirs = (stack.counts[g] / stack.members[g][:, None] for g in (0, 1))
    return _bounded(1 - np.sqrt(mine * theirs).sum(axis=1) ** 2)


def _isolation(stack: Stack) -> FloatArray:
    met = np.einsum("da,da->d", stack.counts[0], stack.shares[0])
    return _bounded(met / stack.members[0])


def _interaction(stack: Stack) -> FloatArray:
    met = np.einsum("da,da->d", stack.counts[0], stack.shares[1])
    return _bounded(met / stack.members[0])


def _concentration(stack: Stack) -> FloatArray:
    distance = np.abs(stack.shares[0] - stack.composition[0][:, None])
    return np.asarray(
        np.einsum("da,da->d", stack.counts[0], distance) / stack.members[0] / (1 - stack.composition[0])
    )


def _times_log(values: FloatArray | IntArray) -> FloatArray:
    return np.asarray(values * np.log(np.where(values > 0, values, 1)))


def _bounded(values: FloatArray) -> FloatArray:
    return np.clip(values, 0.0, 1.0)


MEASURES: dict[str, Measured] = {
    "dissimilarity": _dissimilarity,
    "gini": _gini,
    "entropy_index": _entropy_index,
    "mutual_information": _mutual_information,
    "normalised_exposure": _normalised_exposure,
    "relative_diversity": _relative_diversity,
    "squared_coefficient_of_variation": _squared_coefficient_of_variation,
}
# Of one group against the rest: the group is the first of two.
PAIR_MEASURES: dict[str, Measured] = {
    "min_max": _min_max,
    "atkinson": _atkinson,
    "isolation": _isolation,
    "interaction": _interaction,
    "correlation_ratio": _relative_diversity,
    "concentration": _concentration,
}
