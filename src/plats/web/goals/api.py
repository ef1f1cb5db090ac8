"""Goals in the read API: what has been adopted, its targets, and how it goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from plats.derive.outlooks import COVERAGE, Expected, Ground
from plats.vocabulary.cells import State
from plats.web.common.rest.paging import PageQuery, next_address
from plats.web.common.rest.parts import Number, OwnerPart, Part, Small, answer, described
from plats.web.common.rest.problems import not_found
from plats.web.goals import queries_api
from plats.web.goals.figures import Progress
from plats.web.goals.kinds import FollowUpPeriod, GoalLevel, GoalStatus, TargetDirection, TargetScope
from plats.web.goals.models import FollowUp, Goal, GoalVersion, Target

router = Router(by_alias=True)


class ExpectedPart(Part):
    """Where the figure is expected to be in the target's year, by a model that has been tried on earlier years."""

    value: Number
    low: Number
    high: Number
    coverage: Number
    chance: Number


class ProgressPart(Part):
    """How it goes with a target. `ground` says what is known of whether it will be reached; `expected` is null unless
    it is `tried`. What cannot be counted is null."""

    latest: Number | None
    latest_state: State
    latest_year: Small | None
    points: Small
    distance: Number | None
    pace_needed: Number | None
    reached: bool | None
    ground: Ground | None
    expected: ExpectedPart | None


class TargetPart(Part):
    """An indicator that is to go from a baseline to a target. An unknown baseline is null; `progress` is null when no
    figures are loaded."""

    indicator: str
    scope: TargetScope
    place: str | None
    area_type: Small | None
    direction: TargetDirection
    baseline: Number | None
    baseline_year: Small
    target: Number
    target_year: Small
    progress: ProgressPart | None


class WordingPart(Part):
    """The goal as an adopted plan words it."""

    plan: str
    version: Small
    adopted_on: date | None
    starts_on: date | None
    ends_on: date
    level: GoalLevel
    title: str
    text: str
    problem: str
    responsible: OwnerPart | None
    parent: UUID | None
    targets: tuple[TargetPart, ...]


class FollowUpPart(Part):
    """How the goal stood after a period, and why."""

    year: Small
    period: FollowUpPeriod
    status: GoalStatus
    reason: str
    changed: str


class GoalPart(Part):
    """A published goal. `wordings` is empty when no published plan that is adopted holds it."""

    id: UUID
    title: str
    owner: OwnerPart
    wordings: tuple[WordingPart, ...]
    follow_ups: tuple[FollowUpPart, ...]
    as_of: date | None
    source_title: str
    source_url: str
    is_example: bool


class GoalPage(Part):
    items: tuple[GoalPart, ...]
    next: str | None


_EXAMPLE = GoalPart(
    id=UUID("00000000-0000-4000-8000-000000000002"),
    title="Fler i arbete (exempel)",
    owner=OwnerPart(name="Kommunstyrelsen (exempel)"),
    wordings=(),
    follow_ups=(
        FollowUpPart(
            year=2025, period=FollowUpPeriod.YEAR, status=GoalStatus.BEHIND, reason="Exempel", changed=""
        ),
    ),
    as_of=None,
    source_title="",
    source_url="",
    is_example=True,
)


@router.get(
    "/goals",
    response=GoalPage,
    url_name="goals",
    summary="Mål",
    description="Publicerade mål med antagna ordalydelser, målvärden, uppföljning. / Published goals.",
    openapi_extra=described(GoalPage(items=(_EXAMPLE,), next=None)),
)
def goals(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    page = queries_api.goals_page(query)
    return answer(GoalPage(items=tuple(map(_part, page.rows)), next=next_address(request, page)))


@router.get(
    "/goals/{id}",
    response=GoalPart,
    url_name="goal",
    summary="Ett mål",
    description="Ett publicerat mål. / One published goal.",
    openapi_extra=described(_EXAMPLE),
)
def goal(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002  the name in the address
    found = queries_api.goal(id)
    if found is None:
        raise not_found(_("Målet finns inte, eller är inte publicerat."))
    return answer(_part(found))


# Internals


def _part(one: Goal) -> GoalPart:
    wordings = tuple(_wording(version) for version in one.versions.all())
    return GoalPart(
        id=one.public_id,
        # The row's own title is the newest wording, which may be a draft's.
        title=wordings[0].title if wordings else one.title,
        owner=OwnerPart(name=one.organisation.name),
        wordings=wordings,
        follow_ups=tuple(_follow_up(follow_up) for follow_up in one.follow_ups.all()),
        as_of=one.as_of,
        source_title=one.source_title,
        source_url=one.source_url,
        is_example=one.is_example,
    )


def _wording(one: GoalVersion) -> WordingPart:
    version = one.plan_version
    return WordingPart(
        plan=version.plan.title,
        version=version.number,
        adopted_on=version.adopted_on,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        level=GoalLevel(one.level),
        title=one.title,
        text=one.text,
        problem=one.problem,
        responsible=OwnerPart(name=one.responsible.name) if one.responsible else None,
        parent=one.parent.public_id if one.parent else None,
        targets=_targets(list(one.targets.all())),
    )


def _targets(targets: Sequence[Target]) -> tuple[TargetPart, ...]:
    found = queries_api.progress(targets)
    return tuple(_target(one, found.get(one.pk)) for one in targets)


def _target(one: Target, how: Progress | None) -> TargetPart:
    return TargetPart(
        indicator=one.indicator,
        scope=TargetScope(one.scope),
        place=f"{one.place.division}/{one.place.slug}" if one.place else None,
        area_type=one.area_type,
        direction=TargetDirection(one.direction),
        baseline=one.baseline,
        baseline_year=one.baseline_year,
        target=one.target,
        target_year=one.target_year,
        progress=_progress(how) if how is not None else None,
    )


def _progress(one: Progress) -> ProgressPart:
    way = one.way
    return ProgressPart(
        latest=one.now.value,
        latest_state=one.now.state,
        latest_year=one.now_year,
        points=one.points,
        distance=way.distance if way else None,
        pace_needed=way.needed if way and math.isfinite(way.needed) else None,
        reached=way.reached if way else None,
        ground=one.ahead.ground if one.ahead else None,
        expected=_expected(one.ahead.expected) if one.ahead and one.ahead.expected else None,
    )


def _expected(one: Expected) -> ExpectedPart:
    return ExpectedPart(value=one.value, low=one.low, high=one.high, coverage=COVERAGE, chance=one.chance)


def _follow_up(one: FollowUp) -> FollowUpPart:
    return FollowUpPart(
        year=one.year,
        period=FollowUpPeriod(one.period),
        status=GoalStatus(one.status),
        reason=one.reason,
        changed=one.changed,
    )
