"""People inside circles on a grid of cells: how many live there, and how wide a circle must be to hold so many.

A row of the grid is a row of bits, one per cell, set where someone lives. Beside every 64 bits stands how many set
bits come before them, row after row. So the place of any column of any row in the table of populated cells is one
look-up and a count of bits, and with running sums in that table the people on a stretch of a row are two such. A
circle of R cells is 2R + 1 stretches: the work grows with the radius and not with the area.

The radius that holds k people cannot change by more than the distance one moves. The places are asked in an order
where neighbours follow each other, so the last few answers bound the next to a narrow ring. One turn over the rows
counts who lives inside the ring, and who lives at each distance in it, and the radius is where enough are counted.

Distances are squared and whole, in cells, so no circle is a rounding wider or narrower than it should be.
"""

from __future__ import annotations

from math import sqrt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import intrinsic

from plats.analysis.kernels.compiled import compiled

Whole = npt.NDArray[np.int64]
Packed = npt.NDArray[np.uint64]

# How many of the places before are asked how far away the radius can be.
REMEMBERED = 8
# A ring of more than one in so many parts of its circle, and of more than so many squared cells, is made narrower by
# counting whole circles first. Measured: half or twice as much of either is slower in a town or in a country.
WIDE_PART, WIDE_LEAST = 16, 32
# Where to look first when nothing is known: four cells away.
FIRST_LOOK = 16


class Cells(NamedTuple):
    """The populated cells of a grid, row after row."""

    bits: Packed  # (rows, words) one bit per cell; the last word of a row reaches beyond its last column
    before: npt.NDArray[np.uint32]  # (rows, words) how many populated cells come before the word
    columns: npt.NDArray[np.int32]  # (cells,) the column of each populated cell
    sums: npt.NDArray[np.uint32]  # (cells + 1,) people in the cells before
    width: int  # columns of the grid


@intrinsic
def set_bits(_: Any, __: Any) -> Any:
    """How many bits of a word are set: one instruction, for which Python has no word that is compiled."""
    return types.uint64(types.uint64), lambda _, builder, __, arguments: builder.ctpop(arguments[0])


@compiled
def cells_before(cells: Cells, row: int, column: int) -> Any:
    """How many populated cells come before that column of that row. Columns beyond the grid are its edge."""
    inside = min(max(column, 0), cells.width)
    # Unsigned, so that numba does not ask of every index whether it counts from the end.
    line, word = np.uint64(row), np.uint64(inside >> 6)
    below = (np.uint64(1) << np.uint64(inside & 63)) - np.uint64(1)
    return np.int64(np.uint64(cells.before[line, word]) + set_bits(cells.bits[line, word] & below))  # type: ignore[call-arg]


@compiled
def half_width(squared: int, rows_away: int) -> Any:
    """How many cells the circle reaches to either side, that many rows from its centre: exact below 2**50."""
    return np.int64(sqrt(squared - rows_away * rows_away))


@compiled
def people_within(cells: Cells, row: int, column: int, squared: int) -> Any:
    """How many people live in cells whose squared distance is at most `squared`."""
    people = np.uint32(0)  # sums of differences come out right even when the running sums have gone round
    reach = half_width(squared, 0)
    for line in range(max(row - reach, 0), min(row + reach + 1, cells.bits.shape[0])):
        half = half_width(squared, line - row)
        first, last = cells_before(cells, line, column - half), cells_before(cells, line, column + half + 1)
        people += cells.sums[np.uint64(last)] - cells.sums[np.uint64(first)]
    return np.int64(people)


@compiled
def people_by_distance(cells: Cells, place: Any, inner: int, outer: int, lived: Whole) -> Any:
    """How many people live within `inner`; how many live at each squared distance from there to `outer` is put in
    `lived`, the one after `inner` first."""
    row, column = place
    lived[: outer - inner] = 0
    people = np.uint32(0)
    reach = half_width(outer, 0)
    for line in range(max(row - reach, 0), min(row + reach + 1, cells.bits.shape[0])):
        away = (line - row) * (line - row)
        half = half_width(outer, line - row)
        first, last = cells_before(cells, line, column - half), cells_before(cells, line, column + half + 1)
        left, right = last, last
        if away <= inner:
            half = half_width(inner, line - row)
            left, right = (
                cells_before(cells, line, column - half),
                cells_before(cells, line, column + half + 1),
            )
            people += cells.sums[np.uint64(right)] - cells.sums[np.uint64(left)]
        for side in range(2):
            for index in range(first if side == 0 else right, left if side == 0 else last):
                across = np.int64(cells.columns[index]) - column
                at = np.uint64(across * across + away - inner - 1)
                lived[at] += cells.sums[index + 1] - cells.sums[index]
    return np.int64(people)


@compiled
def smallest_enough(lived: Whole, bracket: Any, within: int, need: int) -> Any:
    """The smallest squared distance that holds enough people, and how many that is; `within` live inside the ring."""
    low, high = bracket
    squared = low
    while squared < high and within < need:
        within += lived[squared - low]
        squared += 1
    return squared, within


@compiled
def narrowed(cells: Cells, place: Any, bracket: Any, probe: int, need: int) -> Any:
    """A bracket about the answer that is narrow enough to be counted by distance, by counting in whole circles.

    The next size is where the answer would be if people lived as densely as in the circle just counted, and a
    quarter of the way beyond, so that it ends up between the two. Every fourth is the middle of the bracket, which
    ends the search wherever people live.
    """
    row, column = place
    low, high = bracket
    turn = 0
    while high - low > WIDE_LEAST and (high - low) * WIDE_PART > high:
        counted = people_within(cells, row, column, probe)
        if counted >= need:
            high = probe
        else:
            low = probe
        turn += 1
        probe = probe + (probe * (need - counted) // counted) * 5 // 4 if counted > 0 else probe * 4
        if probe <= low or probe >= high or turn % 4 == 0:
            probe = (low + high) >> 1
    return low, high


@compiled
def bounds_from_neighbours(places: Whole, order: Whole, turn: int, radii: Whole, which: int) -> Any:
    """Between which squared radii the answer lies, by those of the places asked just before."""
    least, most = -1.0, 1e9
    row, column = places[order[turn], 0], places[order[turn], 1]
    for other in range(max(turn - REMEMBERED, 0), turn):
        down, across = row - places[order[other], 0], column - places[order[other], 1]
        moved = sqrt(down * down + across * across)
        radius = sqrt(radii[order[other], which])
        least, most = max(least, radius - moved), min(most, radius + moved)
    # One whole step to spare on either side for what the roots have rounded.
    return np.int64(least * least) - 1 if least > 0 else np.int64(-1), np.int64(most * most) + 1


@compiled
def farthest_cell(cells: Cells, row: int, column: int) -> Any:
    """The squared distance to the corner of the grid that is farthest from the place."""
    down, across = max(row, cells.bits.shape[0] - 1 - row), max(column, cells.width - 1 - column)
    return np.int64(down * down + across * across)


@compiled
def nearest_radii(cells: Cells, places: Whole, order: Whole, needs: Whole, found: Any) -> None:
    """For the places in that order and each need, in rising order: the squared radius, and the people inside it.

    No need may be above the number of people. Writes to the rows of `found` (radii, people) that `order` names.
    """
    radii, inside = found
    widest = np.int64(WIDE_LEAST)
    for turn in range(order.size):
        row, column = places[order[turn], 0], places[order[turn], 1]
        widest = max(widest, farthest_cell(cells, row, column) // WIDE_PART)
    lived = np.empty(widest + 1, np.int64)
    for turn in range(order.size):
        at = order[turn]
        row, column = places[at, 0], places[at, 1]
        farthest = farthest_cell(cells, row, column)
        smaller, held = np.int64(-1), np.int64(0)
        for which in range(needs.size):
            need = needs[which]
            if held < need:
                low, high = bounds_from_neighbours(places, order, turn, radii, which)
                low, high = max(low, smaller), min(high, farthest)
                probe = np.int64(FIRST_LOOK) if turn == 0 else (low + high) >> 1
                low, high = narrowed(cells, (row, column), (low, high), max(probe, low + 1), need)
                within = people_by_distance(cells, (row, column), low, high, lived)
                smaller, held = smallest_enough(lived, (low, high), within, need)
            radii[at, which], inside[at, which] = smaller, held


@compiled
def people_in_circles(cells: Cells, table: Packed, circles: Any, order: Whole, found: Any) -> None:
    """People of eight columns within the squared radii of each place; a radius below 0 holds nobody.

    `table` (cells + 1, 4) holds the running sums of two columns in each word: the sum of differences of such words is
    the two sums beside each other, so eight columns cost four additions. Written to `found` (places, radii, 4).
    """
    places, radii = circles
    for turn in range(order.size):
        at = order[turn]
        row, column = places[at, 0], places[at, 1]
        for which in range(radii.shape[1]):
            squared = radii[at, which]
            one = two = three = four = np.uint64(0)
            reach = half_width(squared, 0) if squared >= 0 else np.int64(-1)
            for line in range(max(row - reach, 0), min(row + reach + 1, cells.bits.shape[0])):
                half = half_width(squared, line - row)
                first = np.uint64(cells_before(cells, line, column - half))
                last = np.uint64(cells_before(cells, line, column + half + 1))
                one += table[last, 0] - table[first, 0]
                two += table[last, 1] - table[first, 1]
                three += table[last, 2] - table[first, 2]
                four += table[last, 3] - table[first, 3]
            found[at, which, 0], found[at, which, 1] = one, two
            found[at, which, 2], found[at, which, 3] = three, four


def warm() -> None:
    """Compile every kernel of this module, or read it from where it is kept."""
    cells = Cells(
        np.ones((1, 1), np.uint64),
        np.zeros((1, 1), np.uint32),
        np.zeros(1, np.int32),
        np.arange(2, dtype=np.uint32),
        1,
    )
    table = np.zeros((2, 4), np.uint64)
    for array in (*cells[:4], table):
        array.flags.writeable = False  # as those of a grid are
    places, order, one = np.zeros((1, 2), np.int64), np.zeros(1, np.int64), np.ones(1, np.int64)
    radii, inside = np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64)
    nearest_radii(cells, places, order, one, (radii, inside))
    people_in_circles(cells, table, (places, radii), order, np.zeros((1, 1, 4), np.uint64))
