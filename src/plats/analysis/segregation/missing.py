"""What to do when figures are missing: leave those areas out and count them, refuse, or say why there is no answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, as_parts_of, unmasked
from plats.analysis.segregation.tables import as_groups
from plats.vocabulary.messages import Count, Message


@dataclass(frozen=True, slots=True)
class KnownAreas:
    """Figures for the areas that have them all, and how many areas that leaves out."""

    figures: tuple[FloatArray, ...]
    known: BoolArray  # (areas given,)

    @property
    def excluded(self) -> int:
        """How many areas were left out."""
        return int((~self.known).sum())


def known_areas(*figures: npt.ArrayLike) -> KnownAreas:
    """The areas where every figure is known; the others are left out and counted.

    Parameters
    ----------
    figures
        Arrays with the same areas along axis 0: (areas,) or (areas, groups). NaN is missing.

    Returns
    -------
    The same arrays without the areas that lack a figure, which areas are left, and how many are not.

    Raises
    ------
    ValueError
        If the arrays do not have the same number of areas.

    Notes
    -----
    A measure of the areas that are left is a measure of them, not of the municipality: say how many were left
    out. Hidden figures are small ones, so leaving them out is no random choice of areas.

    References
    ----------
    Our own rule.

    Examples
    --------
    >>> left = known_areas([10, np.nan, 30], [50, 50, 50])
    >>> left.figures[0], left.excluded
    (array([10., 30.]), 1)
    """
    arrays = [unmasked(figure) for figure in figures]
    if len({array.shape[:1] for array in arrays}) != 1 or arrays[0].ndim == 0:
        told = ", ".join(str(array.shape[0]) if array.ndim else "inget" for array in arrays)
        raise ValueError(f"Listorna ska ha samma områden i samma ordning, men har {told} områden.")
    lacking = [np.isnan(array).reshape(len(array), -1).any(axis=1) for array in arrays]
    known: BoolArray = ~np.logical_or.reduce(lacking)
    return KnownAreas(tuple(array[known] for array in arrays), known)


def require_known(*figures: npt.ArrayLike) -> None:
    """Refuse to go on when any area lacks a figure.

    Parameters
    ----------
    figures
        Arrays with the same areas along axis 0: (areas,) or (areas, groups). NaN is missing.

    Returns
    -------
    Nothing.

    Raises
    ------
    ValueError
        If a figure is missing, or the arrays do not have the same number of areas.

    Examples
    --------
    >>> require_known([10, 20], [50, 50])
    """
    found = known_areas(*figures)
    if found.excluded:
        first = int(np.flatnonzero(~found.known)[0])
        raise ValueError(
            f"Siffror saknas i {found.excluded} av {len(found.known)} områden, först i område {first} (räknat "
            "från 0). Ta bort områdena med known_areas och säg hur många de är, eller skaffa siffrorna."
        )


def why_no_answer(groups: npt.ArrayLike) -> Message | None:
    """The reason why measures of this table are NaN, as a sentence; None when they are not.

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    A Swedish sentence with its figures, or None.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    One populated area is no answer rather than 0: with nothing to compare, 'lives evenly' would be said of
    whatever it holds.

    References
    ----------
    Our own rule.

    Examples
    --------
    >>> str(why_no_answer([[5, 5]]))
    'Alla bor i ett enda område, så det finns inget att jämföra.'
    """
    counts = as_groups(groups)
    lacking = int(np.isnan(counts).any(axis=1).sum())
    if lacking:
        text = "Siffror saknas i {lacking} av {areas} områden."
        return Message(text, lacking=Count(lacking), areas=Count(len(counts)))
    if not counts.sum() > 0:
        return Message("Ingen bor i något av områdena.")
    empty = np.flatnonzero(counts.sum(axis=0) == 0)
    if len(empty):
        return Message(
            "Ingen finns i grupp {group} av {groups}.",
            group=Count(int(empty[0]) + 1),
            groups=Count(counts.shape[1]),
        )
    if (counts.sum(axis=1) > 0).sum() < 2:
        return Message("Alla bor i ett enda område, så det finns inget att jämföra.")
    return None


def why_no_answer_for_pair(group: npt.ArrayLike, total: npt.ArrayLike) -> Message | None:
    """The reason why measures of a group against the rest are NaN, as a sentence; None when they are not.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    A Swedish sentence with its figures, or None.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Examples
    --------
    >>> str(why_no_answer_for_pair([0, 0], [5, 5]))
    'Ingen hör till gruppen.'
    """
    part, whole = as_parts_of(group, total, names=("grupp", "totalt"))
    counts = np.column_stack([part, whole - part])
    if not np.isnan(counts).any() and counts.sum() > 0:
        members, others = counts.sum(axis=0)
        if members == 0:
            return Message("Ingen hör till gruppen.")
        if others == 0:
            return Message("Alla hör till gruppen, så det finns inga att jämföra med.")
    return why_no_answer(counts)
