"""Disclosure: which figures must not leave the house, because they could tell something about a person.

Nothing here is used before derivation. What an agency has already protected keeps its marks and gets no
second rule.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray, as_numbers, as_parts_of


def primary(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    *,
    more_than: int,
    numerator_more_than: int,
    complement: bool = False,
) -> BoolArray:
    """Which areas' shares stand on so few persons that they must be hidden.

    A share is shown only when the group has more than `more_than` persons, of whom more than
    `numerator_more_than` have the property.

    Parameters
    ----------
    numerator
        (areas,) persons with the property.
    denominator
        (areas,) persons in the group.
    more_than
        Persons that the group must exceed.
    numerator_more_than
        Persons with the property that must be exceeded.
    complement
        Whether those without the property must also exceed `numerator_more_than`: nearly everybody tells as
        much as nearly nobody.

    Returns
    -------
    (areas,) bool, True where the share is hidden. False where a count is missing: that is another state.

    Raises
    ------
    ValueError
        If a count is negative, a numerator exceeds its denominator, or the lengths differ.

    Notes
    -----
    The rule protects shares. The counts behind a hidden share must be hidden with it.

    References
    ----------
    SCB, Integration: shares only for groups of more than 20 persons, of whom more than 5 have the property.
    https://www.scb.se/sv_/Hitta-statistik/Temaomraden/Integration/. The complement is our own addition.

    Examples
    --------
    >>> primary([6, 5, 6], [21, 21, 20], more_than=20, numerator_more_than=5)
    array([False,  True,  True])
    """
    part, whole = as_parts_of(numerator, denominator)
    known = ~np.isnan(part) & ~np.isnan(whole)
    few = (whole <= more_than) | (part <= numerator_more_than)
    if complement:
        few |= whole - part <= numerator_more_than
    return known & few


def complementary(hidden: npt.ArrayLike, parent: npt.ArrayLike, size: npt.ArrayLike) -> BoolArray:
    """Which areas must be hidden as well, so that no hidden figure comes back as a total minus the rest.

    In each whole (a RegSO of its DeSO, a municipality of its RegSO) with exactly one hidden area, the
    smallest shown one is hidden too. This is repeated over all groupings until nothing changes, and then
    until no hidden area can be solved for from several wholes together.

    Parameters
    ----------
    hidden
        (areas,) bool, from `primary`.
    parent
        (groupings, areas) whole numbers: which whole each area belongs to in each grouping, -1 for none. One
        grouping may be given as (areas,). Every whole's total is taken to be shown.
    size
        (areas,) persons, by which the smallest is chosen; areas with unknown size are chosen last.

    Returns
    -------
    (areas,) bool: what must be hidden, the given ones included.

    Raises
    ------
    ValueError
        If the lengths differ or `hidden` is not bool.

    Notes
    -----
    An area that is alone in a whole cannot be protected here: the total itself must be hidden. `recoverable`
    finds those. Not protected against: a whole whose hidden areas are together so few that their sum tells
    about each.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control, ch. 4 (secondary cell suppression). Wiley.
    Choosing the smallest shown area is a rule of thumb, not the least loss of information.

    Examples
    --------
    >>> complementary([True, False, False, False], parent=[0, 0, 0, 1], size=[10, 300, 200, 50])
    array([ True, False,  True, False])
    """
    closed, groupings = _checked(hidden, parent)
    people = as_numbers("folkmängd", size)
    if len(people) != len(closed):
        raise ValueError(f"Det finns {len(closed)} områden men {len(people)} folkmängder.")
    if not closed.any():
        return closed
    place = np.argsort(np.argsort(np.where(np.isnan(people), np.inf, people), kind="stable"))
    members = _members(groupings)
    _close_lone(closed, members, place)
    while _close_one_solvable(closed, members, place):
        _close_lone(closed, members, place)
    return closed


def recoverable(hidden: npt.ArrayLike, parent: npt.ArrayLike) -> BoolArray:
    """Which hidden areas a reader can still work out from the totals and the areas shown.

    Parameters
    ----------
    hidden
        (areas,) bool: everything that is hidden.
    parent
        As for `complementary`.

    Returns
    -------
    (areas,) bool, True where the hidden figure is given by the totals; those totals must be hidden as well.

    Raises
    ------
    ValueError
        If the lengths differ or `hidden` is not bool.

    Notes
    -----
    All wholes of all groupings are used together, as equations: an area is recoverable when they leave one
    value for it.

    References
    ----------
    Hundepool et al. (2012), see `complementary`.

    Examples
    --------
    >>> recoverable([True, False, True, True], parent=[0, 0, 1, 1])
    array([ True, False, False, False])
    """
    closed, groupings = _checked(hidden, parent)
    return _solvable(closed, _members(groupings))


# Internals


def _checked(hidden: npt.ArrayLike, parent: npt.ArrayLike) -> tuple[BoolArray, IntArray]:
    closed = np.array(hidden)
    if (closed.size and closed.dtype != np.bool_) or closed.ndim != 1:
        raise ValueError("'hidden' ska ha sant eller falskt för varje område.")
    groupings = np.atleast_2d(np.asarray(parent, dtype=np.int64))
    if groupings.shape[1] != len(closed):
        raise ValueError(f"Det finns {len(closed)} områden men {groupings.shape[1]} i grupperingen.")
    return closed.astype(np.bool_), groupings


def _members(groupings: IntArray) -> list[IntArray]:
    """The areas of each whole of each grouping, smallest first: what is hidden there serves the larger."""
    wholes: list[IntArray] = []
    for grouping in groupings:
        order = np.argsort(grouping, kind="stable")
        ordered = grouping[order]
        inside = order[ordered >= 0]
        wholes += np.split(inside, np.flatnonzero(np.diff(grouping[inside])) + 1) if len(inside) else []
    return sorted(wholes, key=len)


def _close_lone(closed: BoolArray, members: list[IntArray], place: IntArray) -> None:
    """Hide the smallest shown area beside each that is hidden alone, until no whole has just one."""
    changed = True
    while changed:
        changed = False
        for areas in members:
            if closed[areas].sum() == 1 and len(areas) > 1:
                _close_smallest(areas, closed, place)
                changed = True


def _close_one_solvable(closed: BoolArray, members: list[IntArray], place: IntArray) -> bool:
    """Hide one area beside one that can be solved for; False when nothing is left to hide."""
    for area in np.flatnonzero(_solvable(closed, members)):
        beside = [areas for areas in members if area in areas and not closed[areas].all()]
        if beside:
            _close_smallest(np.unique(np.concatenate(beside)), closed, place)
            return True
    return False


def _close_smallest(areas: IntArray, closed: BoolArray, place: IntArray) -> None:
    shown = areas[~closed[areas]]
    closed[shown[np.argmin(place[shown])]] = True


def _solvable(closed: BoolArray, members: list[IntArray]) -> BoolArray:
    """Hidden areas whose value the totals leave no choice for."""
    solved = np.zeros_like(closed)
    for sums in _linked([areas[closed[areas]] for areas in members if closed[areas].any()]):
        unknown = np.unique(np.concatenate(sums))
        if len(sums) == 1:
            solved[unknown] = len(unknown) == 1
            continue
        equations: FloatArray = np.array([np.isin(unknown, areas) for areas in sums], dtype=np.float64)
        _, strengths, directions = np.linalg.svd(equations)
        free = directions[int((strengths > 1e-9).sum()) :]
        # Solved for are those that stand still in every direction that leaves all totals as they are.
        solved[unknown] = (np.abs(free) < 1e-9).all(axis=0)
    return solved


def _linked(sums: list[IntArray]) -> list[list[IntArray]]:
    """The sums in groups that share no area, so that each group can be solved alone."""
    if not sums:
        return []
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    areas = np.concatenate(sums)
    rows = np.repeat(np.arange(len(sums)), [len(group) for group in sums])
    size = len(sums) + int(areas.max()) + 1
    links = coo_array((np.ones(len(rows)), (rows, len(sums) + areas)), shape=(size, size))
    _, label = connected_components(links, directed=False)
    groups: dict[int, list[IntArray]] = {}
    for number, group in enumerate(sums):
        groups.setdefault(int(label[number]), []).append(group)
    return list(groups.values())
