"""Reads for the API: places with their areas."""

from __future__ import annotations

from django.conf import settings

from plats.vocabulary.codes import AreaKey, Division
from plats.web.common.rest.paging import Page, PageQuery, page_of
from plats.web.places.models import AreaVersion, Place

_KEY = (("division", str), ("slug", str))


def places_page(query: PageQuery, division: Division | None) -> Page[Place]:
    """A page of places. Two queries."""
    rows = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY).prefetch_related("versions")
    if division is not None:
        rows = rows.filter(division=str(division))
    return page_of(rows, query, _KEY)


def place(division: str, slug: str) -> Place | None:
    """The place with its areas. Two queries."""
    wanted = {"municipality": settings.PLATS_MUNICIPALITY, "division": division, "slug": slug}
    return Place.objects.filter(**wanted).prefetch_related("versions").first()


def place_ids() -> dict[AreaKey, str]:
    """The id of the place that each area is. One query."""
    rows = AreaVersion.objects.filter(place__municipality=settings.PLATS_MUNICIPALITY).select_related("place")
    return {one.key: f"{one.place.division}/{one.place.slug}" for one in rows}
