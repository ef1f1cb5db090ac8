"""Segregation measures of the municipality in the read API, each with its interval or the reason why there is none."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from plats.catalog.load import catalog
from plats.facts.segregation import Measured
from plats.vocabulary.cells import State
from plats.vocabulary.codes import Division
from plats.web.common.rest.paging import PageQuery, next_address, page_of_sorted
from plats.web.common.rest.parts import Count, Number, Part, answer, described
from plats.web.common.rest.problems import not_found
from plats.web.places.queries import facts

router = Router(by_alias=True)


class SegregationMeasurePart(Part):
    """One measure of the whole municipality. `corrected`, `low` and `high` are without what chance adds; they are null
    where `noInterval` says why. `excluded` areas have no figure that may be shown, and are in no measure."""

    grouping: str
    measure: str
    division: Division
    edition: str
    period: str
    state: State
    value: Number | None
    corrected: Number | None
    low: Number | None
    high: Number | None
    level: Number
    no_interval: str
    areas: Count
    excluded: Count
    counted: Number
    coverage: Number
    reason: str
    url: str


class SegregationMeasurePage(Part):
    items: tuple[SegregationMeasurePart, ...]
    next: str | None


class SegregationMeasureQuery(PageQuery):
    grouping: str | None = Field(
        None, max_length=64, pattern=r"^[a-z0-9_]+$", description="Gruppindelning. / Grouping."
    )
    measure: str | None = Field(None, max_length=64, pattern=r"^[a-z0-9_]+$", description="Mått. / Measure.")
    division: Division | None = Field(None, description="Indelning. / Division.")
    period: str | None = Field(
        None, max_length=20, pattern=r"^[0-9A-Za-z/-]+$", description="Period, som 2023. / Period."
    )


_EXAMPLE = SegregationMeasurePart(
    grouping="example_background",
    measure="dissimilarity",
    division=Division.DESO,
    edition="2018",
    period="2022",
    state=State.VALUE,
    value=0.4,
    corrected=0.398,
    low=0.39,
    high=0.406,
    level=0.95,
    no_interval="",
    areas=60,
    excluded=0,
    counted=113000,
    coverage=1,
    reason="",
    url="/segregation/?grupper=example_background&indelning=deso&ar=2022",
)


@router.get(
    "/segregation-measures",
    response=SegregationMeasurePage,
    url_name="segregation-measures",
    summary="Segregationsmått",
    description=(
        "Hur åtskilt grupper bor i kommunen, med intervall. "
        "/ How apart groups live in the municipality, with intervals."
    ),
    openapi_extra=described(SegregationMeasurePage(items=(_EXAMPLE,), next=None)),
)
def segregation_measures(request: HttpRequest, query: Query[SegregationMeasureQuery]) -> HttpResponse:
    if query.grouping and query.grouping not in catalog().segregations:
        raise not_found(_("Gruppindelningen finns inte. Välj en som står bland segregationsmåtten."))
    found = sorted(
        (
            (_key(one), one)
            for one in facts().segregation.measures
            if query.grouping in (None, one.where.segregation)
            and query.measure in (None, one.measure)
            and query.division in (None, one.where.division)
            and query.period in (None, one.where.period.text)
        ),
        key=lambda pair: pair[0],
    )
    page = page_of_sorted([key for key, _one in found], [one for _key, one in found], query)
    return answer(
        SegregationMeasurePage(items=tuple(map(_told, page.rows)), next=next_address(request, page))
    )


# Internals


def _key(one: Measured) -> tuple[str, ...]:
    where = one.where
    return (where.segregation, str(where.division), where.edition, where.period.text, one.measure)


def _told(one: Measured) -> SegregationMeasurePart:
    where, number = one.where, one.cell.shows_number
    return SegregationMeasurePart(
        grouping=where.segregation,
        measure=one.measure,
        division=where.division,
        edition=where.edition,
        period=where.period.text,
        state=one.cell.state,
        value=one.cell.value,
        corrected=one.corrected if number else None,
        low=one.low if number else None,
        high=one.high if number else None,
        level=one.level,
        no_interval=one.no_interval,
        areas=one.areas,
        excluded=one.excluded,
        counted=one.counted,
        coverage=one.coverage,
        reason=one.cell.reason,
        url=reverse("indicators:segregation")
        + "?"
        + urlencode({"grupper": where.segregation, "indelning": where.division, "ar": where.period.text}),
    )
