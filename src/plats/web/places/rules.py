"""Pure decisions: which areas are one place, and what its address is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plats.facts.query import Area
from plats.vocabulary.codes import Division

# Divisions whose areas are places with a page. Police areas are shown as text on other pages, never as a place.
PLACE_DIVISIONS = (
    Division.KOMMUNDEL,
    Division.REGSO,
    Division.DESO,
    Division.ELECTORAL_DISTRICT,
    Division.CUSTOM,
)


@dataclass(frozen=True)
class PlannedPlace:
    """A place to be: its address and the areas it is."""

    division: Division
    slug: str
    name: str
    areas: tuple[Area, ...]


def plan_places(areas: Iterable[Area]) -> list[PlannedPlace]:
    """One place per division and code: the same code keeps its page through editions. Two places with the same name
    get their code in the address."""
    grouped: dict[tuple[Division, str], list[Area]] = {}
    for area in areas:
        if area.key.division in PLACE_DIVISIONS:
            grouped.setdefault((area.key.division, area.key.code), []).append(area)
    names = {key: _name(found) for key, found in grouped.items()}
    twice = _seen_twice(names)
    return [
        PlannedPlace(
            key[0],
            _slug(names[key], key[1], with_code=(key[0], slug_of(names[key])) in twice),
            names[key],
            tuple(found),
        )
        for key, found in sorted(grouped.items())
    ]


def slug_of(name: str) -> str:
    """A name as an address: å and ä become a, ö becomes o, the rest becomes hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def fold(text: str) -> str:
    """Text as search compares it: å = a, no capitals, one blank between words."""
    return slug_of(text).replace("-", " ")


# Internals


def _name(found: list[Area]) -> str:
    """The name in the newest edition that has one; an area without a name is called by its code."""
    newest_first = sorted(found, key=lambda area: area.key.edition, reverse=True)
    return next(
        (area.name for area in newest_first if area.name and area.name != area.key.code), found[0].key.code
    )


def _slug(name: str, code: str, *, with_code: bool) -> str:
    slug = slug_of(name) or code.lower()
    return f"{slug}-{code.lower()}" if with_code else slug


def _seen_twice(names: Mapping[tuple[Division, str], str]) -> set[tuple[Division, str]]:
    counted: dict[tuple[Division, str], int] = {}
    for (division, _), name in names.items():
        key = (division, slug_of(name))
        counted[key] = counted.get(key, 0) + 1
    return {key for key, count in counted.items() if count > 1}
