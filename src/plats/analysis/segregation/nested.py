"""Levels: how much of the segregation lies between larger areas, and how much inside each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
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
    labels = np.asarray(regions)
    if labels.shape != counts.shape[:1]:
        raise ValueError(f"Det ska finnas ett större område för vart och ett av de {len(counts)} områdena.")
    named, member = np.unique(labels, return_inverse=True)
    if GroupTable.among_populated(counts) is None:
        nothing = np.full(len(named), NO_ANSWER)
        return Levels(NO_ANSWER, NO_ANSWER, named, nothing, nothing.copy(), nothing.copy())
    larger = np.zeros((len(named), counts.shape[1]))
    np.add.at(larger, member, counts)
    inside = np.array([_information(counts[member == index]) for index in range(len(named))])
    weights = larger.sum(axis=1) / larger.sum()
    return Levels(_information(counts), _information(larger), named, weights * inside, inside, weights)


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
    counts, labels = as_groups(groups), np.asarray(regions)
    whole = _diversity(counts.sum(axis=0))
    mixed = np.array([_diversity(counts[labels == region].sum(axis=0)) for region in parts.regions])
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


def _information(counts: FloatArray) -> float:
    """M of any table, also where a group is empty or there is one area: then 0, as there is nothing to tell."""
    table = GroupTable.among_populated(counts[:, counts.sum(axis=0) > 0])
    return 0.0 if table is None else table.mutual_information()


def _diversity(members: FloatArray) -> float:
    shares = members[members > 0] / members.sum()
    return float(-(shares * np.log(shares)).sum())
