"""Efforts in the read API: who does what, where, for which goal, with what. What is unknown is null, never 0."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from plats.web.common.rest.paging import PageQuery, next_address
from plats.web.common.rest.parts import Count, Number, Ore, OwnerPart, Part, Small, answer, described
from plats.web.common.rest.problems import not_found
from plats.web.efforts import queries_api
from plats.web.efforts.kinds import EffortKind, EffortState, FactorKind, Moment, PreventionLevel, Sex
from plats.web.efforts.models import Effort, EffortResource, ServiceReach
from plats.web.places.models import Place

router = Router(by_alias=True)


class SharePart(Part):
    """A place, and how many millionths of the effort are there; null is unknown."""

    place: str
    share_millionths: Count | None


class PartnerPart(Part):
    """An organisation that takes part."""

    name: str
    part: str


class ResourcePart(Part):
    """What one year takes. `amountOre` is in öre; null is unknown."""

    year: Small
    place: str | None
    source: str
    amount_ore: Ore | None
    hours: Count | None
    seats: Count | None


class ServicePart(Part):
    """How one reaches it."""

    place: str | None
    where: str
    opening_hours: str
    contact_function: str
    phone: str
    website: str
    languages: str
    without_appointment: bool | None
    waiting_days: Small | None
    easy_text: str
    english_text: str


class GroupPart(Part):
    """Whom it is for."""

    age_from: Small | None
    age_to: Small | None
    sex: Sex
    size: Count | None


class EffectPart(Part):
    """What it is meant to change, by how much and when; null is unknown."""

    indicator: str
    text: str
    size: Number | None
    year: Small | None


class EffortPart(Part):
    """A published effort."""

    id: UUID
    title: str
    summary: str
    url: str
    owner: OwnerPart
    kind: EffortKind
    level: PreventionLevel
    moment: Moment
    state: EffortState
    starts_on: date | None
    ends_on: date | None
    problem: str
    cause: str
    factor_kind: FactorKind | None
    factor: str
    group: GroupPart
    effect: EffectPart
    follow_up: str
    goals: tuple[UUID, ...]
    places: tuple[SharePart, ...]
    partners: tuple[PartnerPart, ...]
    resources: tuple[ResourcePart, ...]
    services: tuple[ServicePart, ...]
    as_of: date | None
    source_title: str
    source_url: str
    is_example: bool


class EffortPage(Part):
    items: tuple[EffortPart, ...]
    next: str | None


class EffortQuery(PageQuery):
    kind: EffortKind | None = Field(None, description="Slag. / Kind.")
    state: EffortState | None = Field(None, description="Läge. / State.")
    place: str | None = Field(
        None,
        max_length=110,
        pattern=r"^[a-z_]+/[a-z0-9-]+$",
        description="Platsens id, som regso/exempelgarden. / Place id.",
    )
    goal: UUID | None = Field(None, description="Målets id. / Goal id.")


_EXAMPLE = EffortPart(
    id=UUID("00000000-0000-4000-8000-000000000003"),
    title="Fritidsbank (exempel)",
    summary="Lånar ut sport- och fritidsutrustning.",
    url="/insatser/fritidsbank-exempel/",
    owner=OwnerPart(name="Fritidsföreningen (exempel)"),
    kind=EffortKind.LEISURE,
    level=PreventionLevel.UNIVERSAL,
    moment=Moment.BEFORE,
    state=EffortState.UNDER_WAY,
    starts_on=None,
    ends_on=None,
    problem="Få barn idrottar.",
    cause="Utrustning är dyr.",
    factor_kind=FactorKind.PROTECTIVE,
    factor="Meningsfull fritid",
    group=GroupPart(age_from=7, age_to=15, sex=Sex.ALL, size=None),
    effect=EffectPart(indicator="", text="Fler barn provar en idrott.", size=None, year=None),
    follow_up="Antal lån per halvår.",
    goals=(),
    places=(SharePart(place="regso/exempelgarden", share_millionths=None),),
    partners=(),
    resources=(ResourcePart(year=2026, place=None, source="", amount_ore=None, hours=400, seats=None),),
    services=(),
    as_of=None,
    source_title="",
    source_url="",
    is_example=True,
)


@router.get(
    "/efforts",
    response=EffortPage,
    url_name="efforts",
    summary="Insatser",
    description="Publicerade insatser: vem gör vad, var, för vilket mål. / Published efforts.",
    openapi_extra=described(EffortPage(items=(_EXAMPLE,), next=None)),
)
def efforts(request: HttpRequest, query: Query[EffortQuery]) -> HttpResponse:
    page = queries_api.efforts_page(
        query, kind=query.kind, state=query.state, place=query.place, goal=query.goal
    )
    return answer(EffortPage(items=tuple(map(_part, page.rows)), next=next_address(request, page)))


@router.get(
    "/efforts/{id}",
    response=EffortPart,
    url_name="effort",
    summary="En insats",
    description="En publicerad insats. / One published effort.",
    openapi_extra=described(_EXAMPLE),
)
def effort(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002  the name in the address
    found = queries_api.effort(id)
    if found is None:
        raise not_found(_("Insatsen finns inte, eller är inte publicerad."))
    return answer(_part(found))


# Internals


def _part(one: Effort) -> EffortPart:
    return EffortPart(
        id=one.public_id,
        title=one.title,
        summary=one.summary,
        url=_address(one),
        owner=OwnerPart(name=one.organisation.name),
        kind=EffortKind(one.kind),
        level=PreventionLevel(one.level),
        moment=Moment(one.moment),
        state=EffortState(one.state),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        problem=one.problem,
        cause=one.cause,
        factor_kind=FactorKind(one.factor_kind) if one.factor_kind else None,
        factor=one.factor,
        group=GroupPart(age_from=one.age_from, age_to=one.age_to, sex=Sex(one.sex), size=one.group_size),
        effect=EffectPart(
            indicator=one.effect_indicator, text=one.effect, size=one.effect_size, year=one.effect_year
        ),
        follow_up=one.follow_up,
        goals=tuple(goal.public_id for goal in one.goals.all()),
        places=tuple(
            SharePart(place=_place_id(link.place) or "", share_millionths=link.share_millionths)
            for link in one.places.all()
        ),
        partners=tuple(
            PartnerPart(name=link.organisation.name, part=link.part) for link in one.partners.all()
        ),
        resources=tuple(map(_resource, one.resources.all())),
        services=tuple(map(_service, one.services.all())),
        as_of=one.as_of,
        source_title=one.source_title,
        source_url=one.source_url,
        is_example=one.is_example,
    )


def _address(one: Effort) -> str:
    """The page of the effort; '' as long as the site has none."""
    try:
        return one.get_absolute_url()
    except NoReverseMatch:
        return ""


def _resource(one: EffortResource) -> ResourcePart:
    return ResourcePart(
        year=one.year,
        place=_place_id(one.place),
        source=one.source,
        amount_ore=one.amount_ore,
        hours=one.hours,
        seats=one.seats,
    )


def _service(one: ServiceReach) -> ServicePart:
    return ServicePart(
        place=_place_id(one.place),
        where=one.where,
        opening_hours=one.opening_hours,
        contact_function=one.contact_function,
        phone=one.phone,
        website=one.website,
        languages=one.languages,
        without_appointment=one.without_appointment,
        waiting_days=one.waiting_days,
        easy_text=one.easy_text,
        english_text=one.english_text,
    )


def _place_id(place: Place | None) -> str | None:
    return f"{place.division}/{place.slug}" if place else None
