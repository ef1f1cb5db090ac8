"""What `plats access` reads: the places by their codes, how much there is of each service, roads and travel times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from plats.analysis.access.network import Network, network_of
from plats.analysis.access.pairs import DistanceKind, Pairs, pairs_from_list
from plats.analysis.arrays import FloatArray
from plats.engine.tables import columns_of, read_numbers, read_text

Codes = npt.NDArray[np.str_]

_KIND_OF_COLUMN = {"minutes": DistanceKind.MINUTES, "network_metres": DistanceKind.NETWORK_METRES}


class AccessError(ValueError):
    """Files or choices that give no access; the message says what to do."""


def ids_of(path: Path) -> Codes:
    """The places' codes, each its own."""
    names = read_text(path, "id")
    found, times = np.unique(names, return_counts=True)
    if (times > 1).any():
        raise AccessError(
            f"{path.name}: id {found[times > 1][0]} står på flera rader. Varje plats ska ha ett eget id."
        )
    return names


def amounts_of(path: Path, *, required: bool) -> FloatArray | None:
    """How much each place of supply has; None where the file does not say and need not."""
    if "amount" in columns_of(path):
        return read_numbers(path, ["amount"])[:, 0]
    if required:
        raise AccessError(
            f"{path.name}: kolumnen amount saknas. Ange hur mycket varje plats erbjuder, till exempel 1."
        )
    return None


def network_of_file(path: Path) -> Network:
    """Roads between points: the same point in two rows is the same node."""
    ends = read_numbers(path, ["from_x", "from_y", "to_x", "to_y", "metres"])
    lacking = int(np.isnan(ends).any(axis=1).sum())
    if lacking:
        raise AccessError(f"{path.name}: {lacking} kanter saknar ett tal. Fyll i dem eller ta bort dem.")
    one_way = read_numbers(path, ["one_way"])[:, 0] == 1 if "one_way" in columns_of(path) else None
    nodes, node = np.unique(ends[:, :4].reshape(-1, 2), axis=0, return_inverse=True)
    starts, stops = node.reshape(-1, 2).T
    return network_of(nodes, starts, stops, ends[:, 4], one_way)


def pairs_of_file(path: Path, homes: tuple[Codes, Path], services: tuple[Codes, Path], reach: float) -> Pairs:
    """The pairs of a list of distances; the codes and the file that each side's codes are from."""
    there = [name for name in columns_of(path) if name in _KIND_OF_COLUMN]
    if len(there) != 1:
        raise AccessError(f"{path.name}: ange en kolumn med avstånd, minutes eller network_metres.")
    return pairs_from_list(
        _places_of(path, "demand", *homes),
        _places_of(path, "supply", *services),
        read_numbers(path, there)[:, 0],
        shape=(len(homes[0]), len(services[0])),
        kind=_KIND_OF_COLUMN[there[0]],
        reach=reach,
    )


# Internals


def _places_of(path: Path, column: str, names: npt.NDArray[np.str_], among: Path) -> npt.NDArray[np.int64]:
    """Which place each row of the matrix names."""
    asked, order = read_text(path, column), np.argsort(names)
    if not len(names):
        raise AccessError(f"{among.name} har inga rader.")
    found: npt.NDArray[np.int64] = order[np.minimum(np.searchsorted(names[order], asked), len(names) - 1)]
    unknown = names[found] != asked
    if unknown.any():
        raise AccessError(
            f"{path.name}: {column} {asked[unknown][0]} finns inte i {among.name} ({unknown.sum()} rader). "
            "Ta bort raderna eller lägg till platsen."
        )
    return found
