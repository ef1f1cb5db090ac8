"""Places in the read API."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field

from plats.vocabulary.codes import Division
from plats.web.common.rest.paging import PageQuery, next_address
from plats.web.common.rest.parts import Part, answer, described
from plats.web.common.rest.problems import not_found
from plats.web.places import queries_api
from plats.web.places.models import Place

router = Router(by_alias=True)


class AreaPart(Part):
    """The area a place is in one edition of its division."""

    edition: str
    code: str


class PlacePart(Part):
    """A place. Its id and address stay when borders change."""

    id: str
    name: str
    division: Division
    municipality: str
    url: str
    areas: tuple[AreaPart, ...]


class PlacePage(Part):
    items: tuple[PlacePart, ...]
    next: str | None


class PlaceQuery(PageQuery):
    division: Division | None = Field(None, description="Indelning. / Division.")


_EXAMPLE = PlacePart(
    id="regso/exempelgarden",
    name="Exempelgården",
    division=Division.REGSO,
    municipality="0126",
    url="/omraden/regso/exempelgarden/",
    areas=(AreaPart(edition="2025", code="0126R001"),),
)
_Division = Annotated[Division, Path(description="Indelning. / Division.")]
_Slug = Annotated[
    str, Path(max_length=80, pattern=r"^[a-z0-9-]+$", description="Platsens adress. / Its slug.")
]


@router.get(
    "/places",
    response=PlacePage,
    url_name="places",
    summary="Platser",
    description="Kommunens platser: kommundelar, områden, valdistrikt. / The municipality's places.",
    openapi_extra=described(PlacePage(items=(_EXAMPLE,), next=None)),
)
def places(request: HttpRequest, query: Query[PlaceQuery]) -> HttpResponse:
    page = queries_api.places_page(query, query.division)
    return answer(
        PlacePage(items=tuple(_part(place) for place in page.rows), next=next_address(request, page))
    )


@router.get(
    "/places/{division}/{slug}",
    response=PlacePart,
    url_name="place",
    summary="En plats",
    description="En plats, med dess områden i varje utgåva. / One place, with its areas.",
    openapi_extra=described(_EXAMPLE),
)
def place(request: HttpRequest, division: _Division, slug: _Slug) -> HttpResponse:
    found = queries_api.place(division, slug)
    if found is None:
        raise not_found(_("Det finns ingen plats på den adressen. Välj en ur listan över platser."))
    return answer(_part(found))


# Internals


def _part(found: Place) -> PlacePart:
    return PlacePart(
        id=f"{found.division}/{found.slug}",
        name=found.name,
        division=Division(found.division),
        municipality=found.municipality,
        url=found.get_absolute_url(),
        areas=tuple(AreaPart(edition=one.edition, code=one.code) for one in found.versions.all()),
    )
