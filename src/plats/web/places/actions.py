"""Writes: the site's places follow the areas of the store."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from plats.facts.query import Area, open_facts
from plats.facts.versions import FactStore
from plats.web.places.models import AreaVersion, Place
from plats.web.places.rules import PlannedPlace, plan_places


@transaction.atomic
def sync_places(*, store: FactStore, municipality: str) -> int:
    """Make a place for every area of the store, and note each edition as an area version. Nothing is removed: what
    points to a place keeps its place. Returns how many places there are."""
    areas = open_facts(store, municipality).areas.values()
    planned = plan_places(areas)
    for one in planned:
        place, _ = Place.objects.update_or_create(
            municipality=municipality,
            division=str(one.division),
            slug=_kept_slug(one, municipality),
            defaults={"name": one.name},
        )
        for area in one.areas:
            _note_version(place, area)
    return len(planned)


# Internals


def _kept_slug(planned: PlannedPlace, municipality: str) -> str:
    """The address the place already has, if it is known under any of its areas: a new name never breaks a link."""
    codes = {area.key.code for area in planned.areas}
    known = Place.objects.filter(
        municipality=municipality, division=str(planned.division), versions__code__in=codes
    ).first()
    return known.slug if known else planned.slug


def _note_version(place: Place, area: Area) -> None:
    AreaVersion.objects.update_or_create(
        division=str(area.key.division),
        edition=area.key.edition,
        code=area.key.code,
        defaults={
            "place": place,
            "valid_from": date.fromisoformat(area.valid_from) if area.valid_from else None,
            "valid_to": date.fromisoformat(area.valid_to) if area.valid_to else None,
            "geometry_hash": area.geometry_hash or "",
        },
    )
