"""Which areas lie in which: a kommundel holds its RegSO, and those hold their DeSO.

An area lies in another when more than half of it does, by the crosswalks of the store; where none leads there, by the
borders, and last by its point. Only finer areas lie in coarser ones. Codes stand for areas here, whatever their
edition: a place keeps its code through editions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from shapely.geometry import Point

from plats.derive.geography import geography
from plats.facts.query import Facts, Overlap
from plats.vocabulary.codes import Division

Where = tuple[Division, str]
"""A division and an area's code in it."""

PPM = 1_000_000
FINE_TO_COARSE = (
    Division.DESO,
    Division.ELECTORAL_DISTRICT,
    Division.REGSO,
    Division.CUSTOM,
    Division.KOMMUNDEL,
)


def lying_in(facts: Facts) -> Mapping[Where, frozenset[Where]]:
    """For each area that holds others, those that mostly lie in it. Kept as long as the store's reader is."""
    if facts not in _kept:
        _kept[facts] = _Territory(facts).contents()
    return _kept[facts]


# Internals

_kept: WeakKeyDictionary[Facts, Mapping[Where, frozenset[Where]]] = WeakKeyDictionary()


class _Territory:
    def __init__(self, facts: Facts) -> None:
        self._geography = geography(facts)
        self._direct = _newest(facts.overlaps)
        self._known: dict[tuple[Where, Division], dict[str, int]] = {}

    def contents(self) -> Mapping[Where, frozenset[Where]]:
        found: dict[Where, set[Where]] = {}
        for finer, coarser in _pairs():
            for code in self._geography.codes(finer):
                for target, ppm in self._parts((finer, code), coarser).items():
                    if 2 * ppm > PPM:
                        found.setdefault((coarser, target), set()).add((finer, code))
        return {where: frozenset(held) for where, held in found.items()}

    def _parts(self, where: Where, coarser: Division) -> dict[str, int]:
        """How many millionths of an area lie in each area of a coarser division."""
        if (where, coarser) not in self._known:
            found = self._direct.get((where, coarser)) or self._by_steps(where, coarser)
            self._known[where, coarser] = found or self._by_borders(where, coarser)
        return self._known[where, coarser]

    def _by_steps(self, where: Where, coarser: Division) -> dict[str, int]:
        """Through a division between the two; the finest that leads there."""
        for between in _between(where[0], coarser):
            found: dict[str, int] = {}
            for middle, ppm in self._direct.get((where, between), {}).items():
                for target, part in self._parts((between, middle), coarser).items():
                    found[target] = found.get(target, 0) + ppm * part // PPM
            if found:
                return found
        return {}

    def _by_borders(self, where: Where, coarser: Division) -> dict[str, int]:
        shapes = self._geography.shapes(coarser)
        own = self._geography.shapes(where[0]).get(where[1])
        if own is not None and own.area:
            shares = {code: own.intersection(shape).area / own.area for code, shape in shapes.items()}
            return {code: round(share * PPM) for code, share in shares.items() if share}
        point = self._geography.point(*where)
        return {code: PPM for code, shape in shapes.items() if point and shape.contains(Point(point))}


def _newest(overlaps: Iterable[Overlap]) -> dict[tuple[Where, Division], dict[str, int]]:
    """The parts of each area by its newest edition that has been laid over the other division."""
    newest: dict[tuple[Where, Division], tuple[str, str]] = {}
    parts: dict[tuple[Where, Division], dict[str, int]] = {}
    for one in overlaps:
        key = ((one.source.division, one.source.code), one.target.division)
        editions = (one.source.edition, one.target.edition)
        if editions > newest.get(key, ("", "")):
            newest[key] = editions
            parts[key] = {}
        if editions == newest.get(key):
            parts.setdefault(key, {})[one.target.code] = one.ppm
    return parts


def _pairs() -> list[tuple[Division, Division]]:
    return [
        (finer, coarser)
        for at, finer in enumerate(FINE_TO_COARSE)
        for coarser in FINE_TO_COARSE[at + 1 :]
        # A DeSO has no place in an electoral district: neither is drawn with the other in mind.
        if (finer, coarser) != (Division.DESO, Division.ELECTORAL_DISTRICT)
    ]


def _between(finer: Division, coarser: Division) -> tuple[Division, ...]:
    return FINE_TO_COARSE[FINE_TO_COARSE.index(finer) + 1 : FINE_TO_COARSE.index(coarser)]
