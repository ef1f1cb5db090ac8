"""Writes: the site's places follow the areas of the store."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from plats.facts.query import Area, open_facts
from plats.facts.versions import FactStore
from plats.vocabulary.codes import AreaKey
from plats.web.places.models import AreaVersion, Place
from plats.web.places.rules import PlannedPlace, plan_places


@transaction.atomic
def sync_places(*, store: FactStore, municipality: str) -> int:
    """Make a place for every area of the store, and note each edition as an area version. Nothing is removed: what
    points to a place keeps its place. What is already so is left alone. Returns how many places there are."""
    planned = plan_places(open_facts(store, municipality).areas.values())
    known = {version.key: version for version in AreaVersion.objects.select_related("place")}
    for one in planned:
        place = _place(one, municipality, known)
        for area in one.areas:
            _note_version(place, area, known.get(area.key))
    return len(planned)


# Internals


def _place(planned: PlannedPlace, municipality: str, known: dict[AreaKey, AreaVersion]) -> Place:
    """The place that any of the areas already is, else a new one. A new name never changes its address."""
    codes = {area.key.code for area in planned.areas}
    place = next(
        (
            version.place
            for key, version in known.items()
            if key.division == planned.division and key.code in codes
        ),
        None,
    )
    if place is None:
        return Place.objects.create(
            municipality=municipality,
            division=str(planned.division),
            slug=_free_address(planned, municipality),
            name=planned.name,
        )
    if place.name != planned.name:
        place.name = planned.name
        place.save(update_fields=["name"])
    return place


def _free_address(planned: PlannedPlace, municipality: str) -> str:
    """The planned address; with the code where another place has kept that address through a change of name."""
    namesakes = Place.objects.filter(
        municipality=municipality, division=str(planned.division), slug=planned.slug
    )
    return f"{planned.slug}-{planned.areas[0].key.code.lower()}" if namesakes.exists() else planned.slug


def _note_version(place: Place, area: Area, known: AreaVersion | None) -> None:
    wanted: dict[str, Any] = {
        "place": place,
        "valid_from": date.fromisoformat(area.valid_from) if area.valid_from else None,
        "valid_to": date.fromisoformat(area.valid_to) if area.valid_to else None,
        "geometry_hash": area.geometry_hash or "",
    }
    if known is None:
        key = area.key
        AreaVersion.objects.create(division=str(key.division), edition=key.edition, code=key.code, **wanted)
    elif any(getattr(known, name) != value for name, value in wanted.items()):
        AreaVersion.objects.filter(pk=known.pk).update(**wanted)
