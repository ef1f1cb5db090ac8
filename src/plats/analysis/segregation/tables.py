"""People by area and group: the table that every measure here starts from, checked once.

Areas lie along axis 0 and groups along axis 1. Nobody is in two groups, and the groups of an area are its people. A
hidden figure comes as NaN, like a missing one: a measure of the whole cannot be had from a part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray, as_parts_of, unmasked
from plats.analysis.segregation.pairs import TwoGroups, bounded

NO_ANSWER = float("nan")


@dataclass(frozen=True, slots=True)
class GroupTable:
    """People in the areas where anybody lives: at least two areas, no group empty, nothing missing.

    Made by `of`. The methods are the arithmetic of the functions in this package, for callers that ask for many
    measures of one table.
    """

    counts: FloatArray  # (areas, groups)
    sizes: FloatArray  # (areas,) people
    composition: FloatArray  # (groups,) shares of everybody, 0-1
    populated: BoolArray  # (areas given,) where anybody lives

    @classmethod
    def of(cls, groups: npt.ArrayLike) -> GroupTable | None:
        """The checked table; None where a measure of it has no answer."""
        return cls.among_populated(as_groups(groups))

    @classmethod
    def among_populated(cls, counts: FloatArray) -> GroupTable | None:
        sizes, members = counts.sum(axis=1), counts.sum(axis=0)
        populated = sizes > 0
        if np.isnan(sizes).any() or not (members > 0).all() or populated.sum() < 2:
            return None
        if not populated.all():
            counts, sizes = counts[populated], sizes[populated]
        return cls(counts, sizes, members / sizes.sum(), populated)

    @property
    def weights(self) -> FloatArray:
        """(areas,) each area's share of everybody."""
        weights: FloatArray = self.sizes / self.sizes.sum()
        return weights

    @property
    def shares(self) -> FloatArray:
        """(areas, groups) each group's share of the area."""
        return self.counts / self.sizes[:, None]

    def diversity(self) -> float:
        """Entropy of the whole, in nats."""
        return float(-(self.composition * np.log(self.composition)).sum())

    def interaction(self) -> float:
        """The chance that two people belong to different groups."""
        return float((self.composition * (1 - self.composition)).sum())

    def divergences(self) -> FloatArray:
        """(areas,) how far each area's composition is from the whole's, in nats."""
        return self.divergences_from(self.composition)

    def divergences_from(self, reference: FloatArray) -> FloatArray:
        """(areas,) the same from another composition, or from one for each area; 0 only where the area has 0."""
        ratio = np.divide(self.shares, reference, out=np.zeros_like(self.counts), where=self.counts > 0)
        logs = np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)
        terms: FloatArray = np.maximum((self.shares * logs).sum(axis=1), 0.0)
        return terms

    def mutual_information(self) -> float:
        return float(self.weights @ self.divergences())

    def entropy_index(self) -> float:
        return bounded(self.mutual_information() / self.diversity())

    def dissimilarity(self) -> float:
        return bounded(float(self.weights @ self.unevenness()))

    def unevenness(self) -> FloatArray:
        """(areas,) distance from the whole's composition, over what the whole's diversity makes possible."""
        distance: FloatArray = np.abs(self.shares - self.composition).sum(axis=1)
        return distance / (2 * self.interaction())

    def gini(self) -> float:
        """The mean of each group's Gini against everybody else, weighted by what each can contribute."""
        spread = self.composition * (1 - self.composition)
        each = [TwoGroups(group, self.sizes - group, self.sizes).gini() for group in self.counts.T]
        return bounded(float(spread @ np.array(each)) / self.interaction())

    def variances(self) -> FloatArray:
        """(groups,) each group's mean squared distance, over people, from its share of the whole."""
        variances: FloatArray = self.weights @ np.square(self.shares - self.composition)
        return variances

    def normalised_exposure(self) -> float:
        return bounded(float((self.variances() / (1 - self.composition)).sum()))

    def relative_diversity(self) -> float:
        return bounded(float(self.variances().sum()) / self.interaction())

    def squared_coefficient_of_variation(self) -> float:
        summed = float((self.variances() / self.composition).sum())
        return bounded(summed / (len(self.composition) - 1))


def as_groups(groups: npt.ArrayLike) -> FloatArray:
    """People by area and group, never negative, with NaN where a figure is missing.

    Parameters
    ----------
    groups
        (areas, groups) persons, at least two groups; need not be whole.

    Returns
    -------
    (areas, groups) float64, in the order given.

    Raises
    ------
    ValueError
        If there are not exactly two dimensions, fewer than two groups, areas with different numbers of groups,
        something that is no number, or a negative or infinite count.

    Examples
    --------
    >>> as_groups([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    try:
        counts = unmasked(groups)
    except (TypeError, ValueError) as error:
        raise ValueError(
            "Tabellen ska bestå av tal och ha lika många grupper i varje område. Använd NaN där en siffra saknas."
        ) from error
    if counts.ndim != 2:
        raise ValueError(
            f"Tabellen ska ha ett område per rad och en grupp per kolumn, men har {counts.ndim} dimensioner."
        )
    if counts.shape[1] < 2:
        raise ValueError(f"Tabellen ska ha minst två grupper, men har {counts.shape[1]}.")
    _refuse(np.isinf(counts), counts, "oändligt. Ange ett tal eller NaN.")
    _refuse(counts < 0, counts, "negativt. Ett antal är minst 0.")
    return counts


def whole_people(counts: FloatArray) -> IntArray:
    """Persons as whole numbers, for those who count people one by one.

    Parameters
    ----------
    counts
        Persons, each within a millionth of a whole number.

    Returns
    -------
    int64, in the same shape.

    Raises
    ------
    ValueError
        If a count is not whole or is missing.

    Examples
    --------
    >>> whole_people(np.array([2.0, 3.0000000001]))
    array([2, 3])
    """
    rounded = np.rint(counts)
    if not (np.abs(rounded - counts) <= 1e-6).all():
        raise ValueError(
            "Antalen ska vara hela personer, men några är delar av personer eller saknas. Avrunda dem först."
        )
    return rounded.astype(np.int64)


def measured(groups: npt.ArrayLike, measure: Callable[[GroupTable], float]) -> float:
    """One measure of a table; NaN where it has no answer.

    Parameters
    ----------
    groups
        (areas, groups) persons.
    measure
        What to ask of the checked table.

    Returns
    -------
    The measure. NaN when a figure is missing, a group is empty, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        As `as_groups`.

    Examples
    --------
    >>> measured([[1, 0], [0, 1]], GroupTable.dissimilarity)
    1.0
    """
    table = GroupTable.of(groups)
    return NO_ANSWER if table is None else measure(table)


def measured_pair(group: npt.ArrayLike, total: npt.ArrayLike, measure: Callable[[TwoGroups], float]) -> float:
    """One measure of a group against the rest; NaN where it has no answer.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    measure
        What to ask of the checked pair.

    Returns
    -------
    The measure. NaN when a figure is missing, the group or the rest is empty, or people live in fewer than two
    areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Examples
    --------
    >>> measured_pair([1, 0], [1, 1], TwoGroups.dissimilarity)
    1.0
    """
    part, whole = as_parts_of(group, total, names=("grupp", "totalt"))
    pair = TwoGroups.among_populated(part, whole)
    return NO_ANSWER if pair is None else measure(pair)


# Internals


def _refuse(wrong: BoolArray, counts: FloatArray, said: str) -> None:
    if wrong.any():
        area, group = (int(index[0]) for index in np.nonzero(wrong))
        raise ValueError(
            f"Antalet i område {area}, grupp {group} (räknat från 0) är {counts[area, group]:g}: {said}"
        )
