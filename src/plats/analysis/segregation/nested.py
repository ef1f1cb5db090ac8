"""Levels: how much of the segregation lies between larger areas, and how much inside each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.segregation.tables import NO_ANSWER, GroupTable, as_groups


@dataclass(frozen=True, slots=True)
class Levels:
    """A measure over small areas as what lies between the larger ones plus what lies inside each."""

    total: float
    between: float
    regions: npt.NDArray[Any]  # (regions,) each label once, sorted
    within: FloatArray  # (regions,) what each adds; `between` and these sum to `total`
    inside: FloatArray  # (regions,) the measure of the region by itself
    weights: FloatArray  # (regions,) `within` is `inside` times this


def nested_mutual_information(groups: npt.ArrayLike, regions: npt.ArrayLike) -> Levels:
    r"""How much of what the area tells about the group is told already by the larger area around it.

    .. math:: M = M_{between} + \sum_s \frac{t_s}{T} M_s

    Parameters
    ----------
    groups
        (areas, groups) persons.
    regions
        (areas,) the label of the larger area in which each lies.

    Returns
    -------
    Nats. `between` is M over the larger areas, `inside` M of each by itself, `weights` their shares of everybody.
    A larger area where nobody lives, or with a single area, adds 0. All NaN when a group is empty, any figure is
    missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If there is not one label for each area, the table is not two-dimensional or has fewer than two groups, or
        a count is negative or infinite.

    Notes
    -----
    The parts sum exactly. Between can be divided again, with still larger areas.

    References
    ----------
    Mora & Ruiz-Castillo (2011), see `multigroup_mutual_information`.

    Examples
    --------
    >>> parts = nested_mutual_information([[10, 10, 20], [20, 0, 0], [30, 20, 10]], ["a", "a", "b"])
    >>> round(parts.between, 4), parts.within.round(4)
    (0.0283, array([0.1591, 0.    ]))
    """
    counts = as_groups(groups)
    named, member = _members(regions, len(counts))
    table = GroupTable.among_populated(counts)
    if table is None:
        nothing = np.full(len(named), NO_ANSWER)
        return Levels(NO_ANSWER, NO_ANSWER, named, nothing, nothing.copy(), nothing.copy())
    larger = _sums(counts, member, len(named))
    weights = larger.sum(axis=1) / larger.sum()
    home = member[table.populated]
    apart = table.divergences_from((larger / _at_least_one(larger.sum(axis=1))[:, None])[home])
    within = _sums((table.weights * apart)[:, None], home, len(named))[:, 0]
    inside = np.divide(within, weights, out=np.zeros_like(within), where=weights > 0)
    whole = GroupTable.among_populated(larger)
    between = 0.0 if whole is None else whole.mutual_information()
    return Levels(table.mutual_information(), between, named, within, inside, weights)


def nested_entropy_index(groups: npt.ArrayLike, regions: npt.ArrayLike) -> Levels:
    r"""How much of the segregation lies between the larger areas, and how much inside each.

    .. math:: H = H_{between} + \sum_s \frac{t_s E_s}{T E} H_s

    Parameters
    ----------
    groups
        (areas, groups) persons.
    regions
        (areas,) the label of the larger area in which each lies.

    Returns
    -------
    Unitless. `between` is H over the larger areas, `inside` H of each by itself, NaN where all are of one group
    (nothing to divide), `weights` how much each counts by its people and its diversity. All NaN when a group is
    empty, any figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        As `nested_mutual_information`.

    Notes
    -----
    The parts sum exactly. A diverse larger area counts for more than a uniform one with as many people.

    References
    ----------
    Reardon & Firebaugh (2002), see `multigroup_dissimilarity`, p. 49.

    Examples
    --------
    >>> parts = nested_entropy_index([[10, 10, 20], [20, 0, 0], [30, 20, 10]], ["a", "a", "b"])
    >>> round(parts.between, 4), parts.within.round(4)
    (0.0272, array([0.153, 0.   ]))
    """
    parts = nested_mutual_information(groups, regions)
    if np.isnan(parts.total):
        return parts
    counts = as_groups(groups)
    _, member = _members(regions, len(counts))
    mixed = _diversities(_sums(counts, member, len(parts.regions)))
    whole = float(_diversities(counts.sum(axis=0, keepdims=True))[0])
    inside = np.divide(parts.inside, mixed, out=np.full(len(mixed), NO_ANSWER), where=mixed > 0)
    return Levels(
        parts.total / whole,
        parts.between / whole,
        parts.regions,
        parts.within / whole,
        inside,
        parts.weights * mixed / whole,
    )


# Internals


def _members(regions: npt.ArrayLike, areas: int) -> tuple[npt.NDArray[Any], IntArray]:
    """Each label once, and for every area which of them is its own."""
    labels = np.asarray(regions)
    if labels.shape != (areas,):
        raise ValueError(f"Det ska finnas ett större område för vart och ett av de {areas} områdena.")
    named, member = np.unique(labels, return_inverse=True)
    return named, member


def _sums(values: FloatArray, member: IntArray, regions: int) -> FloatArray:
    """(regions, columns) what the areas of each hold together."""
    return np.column_stack([np.bincount(member, column, regions) for column in values.T])


def _at_least_one(sizes: FloatArray) -> FloatArray:
    return np.where(sizes > 0, sizes, 1.0)


def _diversities(members: FloatArray) -> FloatArray:
    """(regions,) entropy in nats; 0 where nobody lives."""
    shares = members / _at_least_one(members.sum(axis=1))[:, None]
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    diversities: FloatArray = -(shares * logs).sum(axis=1)
    return diversities
