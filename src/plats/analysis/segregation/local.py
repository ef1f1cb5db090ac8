"""What each area adds to the whole: terms that sum to the measure of the municipality.

A term says how unlike the whole an area is, not whether that is good or bad, nor who made it so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.tables import NO_ANSWER, GroupTable, as_groups


@dataclass(frozen=True, slots=True)
class LocalTerms:
    """Each area's score and weight; the scores weighted sum to the measure of the whole."""

    scores: FloatArray  # (areas,) NaN where nobody lives
    weights: FloatArray  # (areas,) shares of everybody, 0-1

    @property
    def contributions(self) -> FloatArray:
        """(areas,) the score times the weight, 0 where nobody lives; they sum to the measure of the whole."""
        return np.where(self.weights == 0, 0.0, self.scores * self.weights)


def local_mutual_information(groups: npt.ArrayLike) -> LocalTerms:
    r"""How much each area adds to what knowing someone's area tells about their group.

    .. math:: M = \sum_i w_i L_i, \quad w_i = \frac{t_i}{T},\; L_i = \sum_j p_{ij} \ln \frac{p_{ij}}{P_j}

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Scores in nats, 0 (composed as the whole) and up; weights that sum to 1; contributions that sum to
    `multigroup_mutual_information`. All NaN when a group is empty, any figure is missing, or people live in fewer
    than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    Turn the table, without areas where nobody lives, and the terms are those of the groups: how unlike everybody
    the group is in where it lives.

    References
    ----------
    Elbers, B. (2023). A method for studying differences in segregation across time and space. Sociological Methods
    & Research 52(1), 5-42. https://doi.org/10.1177/0049124121986204

    Examples
    --------
    >>> local_mutual_information([[10, 10, 20], [20, 0, 0], [30, 20, 10]]).contributions.round(4)
    array([0.0578, 0.1155, 0.0142])
    """
    return _local(groups, GroupTable.divergences)


def local_divergence(groups: npt.ArrayLike) -> FloatArray:
    r"""How far each area's composition is from the whole's.

    .. math:: D_i = \sum_j p_{ij} \ln \frac{p_{ij}}{P_j}

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    (areas,) nats, 0 (composed as the whole) and up. NaN where nobody lives, and everywhere when a group is empty,
    any figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        As `local_mutual_information`.

    Notes
    -----
    The score of `local_mutual_information`, without weight: their mean over people is `multigroup_divergence`. A
    small area can have a high value by chance alone.

    References
    ----------
    Roberto (2016), see `multigroup_divergence`.

    Examples
    --------
    >>> local_divergence([[10, 10, 20], [20, 0, 0], [30, 20, 10]]).round(4)
    array([0.1733, 0.6931, 0.0283])
    """
    return _local(groups, GroupTable.divergences).scores


def local_dissimilarity(groups: npt.ArrayLike) -> LocalTerms:
    r"""How much each area adds to the share of people who would have to move.

    .. math:: D = \sum_i w_i d_i, \quad w_i = \frac{t_i}{T},\; d_i = \frac{1}{2 I} \sum_j |p_{ij} - P_j|

    Parameters
    ----------
    groups
        (areas, groups) persons; for one group against the rest, those two.

    Returns
    -------
    Scores, 0 (composed as the whole) and up, above 1 where a small group is gathered; weights that sum to 1;
    contributions that sum to `multigroup_dissimilarity`. All NaN when a group is empty, any figure is missing, or
    people live in fewer than two areas.

    Raises
    ------
    ValueError
        As `local_mutual_information`.

    References
    ----------
    The terms of the sum in Reardon & Firebaugh (2002), see `multigroup_dissimilarity`.

    Examples
    --------
    >>> local_dissimilarity([[10, 10, 20], [20, 0, 0], [30, 20, 10]]).contributions.round(4)
    array([0.1333, 0.1333, 0.0667])
    """
    return _local(groups, GroupTable.unevenness)


# Internals


def _local(groups: npt.ArrayLike, score: Callable[[GroupTable], FloatArray]) -> LocalTerms:
    counts = as_groups(groups)
    scores = np.full(len(counts), NO_ANSWER)
    table = GroupTable.among_populated(counts)
    if table is None:
        return LocalTerms(scores, scores.copy())
    weights = np.zeros(len(counts))
    scores[table.populated], weights[table.populated] = score(table), table.weights
    return LocalTerms(scores, weights)
