"""Geography: where a municipality's areas lie, what stands in them, and which are next to each other.

Worked out once per version of the store and kept. An area whose boundary is not loaded has a point at best: nothing
is placed inside it, and pages say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from plats.analysis.geometry.neighbours import neighbours
from plats.analysis.geometry.points import assign_points
from plats.facts.query import Area, Facts, Site
from plats.vocabulary.codes import AreaKey, Division


@dataclass(frozen=True)
class PoliceOverlap:
    """How large a share of a place's people live inside an area on the police's list."""

    area: Area
    share: float

    @property
    def percent(self) -> float:
        return 100 * self.share


class Geography:
    """Questions about where, answered from one version of the store."""

    def __init__(self, facts: Facts) -> None:
        self._areas = facts.areas
        self._wkb = facts.geometries
        self._sites = facts.sites
        self._overlaps = facts.overlaps
        tables = facts.version.manifest["tables"]
        self.fingerprint: str = " ".join(
            [facts.municipality, *(tables[name]["sha256"] for name in ("areas", "sites") if name in tables)]
        )
        """The same fingerprint means the same areas and sites, whatever the version."""

    def codes(self, division: Division, edition: str | None = None) -> list[str]:
        """The area codes of an edition, or of all editions together, in geographic order from north-west to
        south-east; areas without a point last."""
        if edition is None:
            return self._codes[division]
        return [code for code in self._codes[division] if AreaKey(division, edition, code) in self._areas]

    def newest(self, division: Division, code: str) -> Area:
        """The newest edition of an area."""
        return self._newest[division, code]

    def name(self, division: Division, code: str) -> str:
        """The name in the newest edition that has one, or of the school; else the code."""
        if division == Division.SCHOOL:
            return next((site.name for site in self._sites if site.site == code), code)
        named = (area.name for area in self._editions(division, code) if area.name and area.name != code)
        return next(named, code)

    def shapes(self, division: Division, edition: str | None = None) -> dict[str, BaseGeometry]:
        """Boundaries by code: of one edition, or each from its newest edition that has one."""
        if edition is not None:
            return self._shapes_of.get((division, edition), {})
        return self._shapes[division]

    def point(self, division: Division, code: str) -> tuple[float, float] | None:
        """A point inside the area, in metres; None when neither boundary nor point is loaded."""
        for area in self._editions(division, code):
            if area.x is not None and area.y is not None:
                return area.x, area.y
        return None

    def sites_in(self, division: Division, code: str) -> list[Site]:
        """What stands inside the area's boundary; empty when the boundary is not loaded."""
        return self._placed[division].get(code, [])

    def neighbours_of(self, division: Division, code: str) -> list[str]:
        """Areas that share a border (tolerant of gaps and overlaps in the source), in geographic order."""
        return self._neighbours[division].get(code, [])

    def police_overlaps(self, keys: list[AreaKey]) -> list[PoliceOverlap]:
        """Areas on the police's list where some of the place's people live."""
        found = [
            PoliceOverlap(self._areas[one.target], one.ppm / 1_000_000)
            for one in self._overlaps
            if one.source in keys
            and one.target.division == Division.POLICE_AREA
            and one.target in self._areas
        ]
        return sorted(found, key=lambda overlap: -overlap.share)

    def police_areas(self) -> list[Area]:
        """The areas on the police's list, in code order."""
        return [area for key, area in self._areas.items() if key.division == Division.POLICE_AREA]

    # Internals

    def _editions(self, division: Division, code: str) -> list[Area]:
        found = [area for key, area in self._areas.items() if key.division == division and key.code == code]
        return sorted(found, key=lambda area: area.key.edition, reverse=True)

    @cached_property
    def _newest(self) -> dict[tuple[Division, str], Area]:
        newest: dict[tuple[Division, str], Area] = {}
        for key, area in sorted(self._areas.items(), key=lambda pair: pair[0].edition):
            newest[key.division, key.code] = area
        return newest

    @cached_property
    def _shapes_of(self) -> dict[tuple[Division, str], dict[str, BaseGeometry]]:
        shapes: dict[tuple[Division, str], dict[str, BaseGeometry]] = {}
        for key in sorted(self._wkb):
            shapes.setdefault((key.division, key.edition), {})[key.code] = shapely.from_wkb(self._wkb[key])
        return shapes

    @cached_property
    def _shapes(self) -> dict[Division, dict[str, BaseGeometry]]:
        shapes: dict[Division, dict[str, BaseGeometry]] = {division: {} for division in Division}
        for (division, _), found in sorted(self._shapes_of.items()):
            shapes[division] |= found
        return shapes

    @cached_property
    def _codes(self) -> dict[Division, list[str]]:
        codes: dict[Division, list[str]] = {division: [] for division in Division}
        for division, code in self._newest:
            codes[division].append(code)
        return {
            division: sorted(found, key=lambda code: self._place_in_order(division, code))
            for division, found in codes.items()
        }

    def _place_in_order(self, division: Division, code: str) -> tuple[bool, float, str]:
        point = self.point(division, code)
        if point is None:
            return True, 0.0, code
        # East minus north grows from north-west to south-east.
        return False, point[0] - point[1], code

    @cached_property
    def _placed(self) -> dict[Division, dict[str, list[Site]]]:
        return {division: self._place_sites(division) for division in Division}

    def _place_sites(self, division: Division) -> dict[str, list[Site]]:
        shapes = self.shapes(division)
        if not shapes or not self._sites:
            return {}
        codes = list(shapes)
        x = np.array([site.x for site in self._sites])
        y = np.array([site.y for site in self._sites])
        at = assign_points(x, y, [shapes[code] for code in codes])
        placed: dict[str, list[Site]] = {}
        for site, index in zip(self._sites, at, strict=True):
            if index >= 0:
                placed.setdefault(codes[int(index)], []).append(site)
        return placed

    @cached_property
    def _neighbours(self) -> dict[Division, dict[str, list[str]]]:
        return {division: self._find_neighbours(division) for division in Division}

    def _find_neighbours(self, division: Division) -> dict[str, list[str]]:
        """Neighbours in each area's newest edition: borders of two editions are never held against each other."""
        found: dict[str, list[str]] = {}
        for (one, edition), shapes in sorted(self._shapes_of.items()):
            codes = [code for code in self.codes(division, edition) if code in shapes]
            if one == division and len(codes) > 1:
                beside = neighbours([shapes[code] for code in codes])
                found |= {
                    code: [codes[index] for index in sorted(near)]
                    for code, near in zip(codes, beside, strict=True)
                }
        return found


_kept: WeakKeyDictionary[Facts, Geography] = WeakKeyDictionary()


def geography(facts: Facts) -> Geography:
    """The geography of the store's current version, kept as long as its reader is."""
    if facts not in _kept:
        _kept[facts] = Geography(facts)
    return _kept[facts]
