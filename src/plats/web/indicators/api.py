"""Indicators and facts in the read API. A hidden figure leaves as hidden, without its number."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field

from plats.catalog.models import Direction, Indicator, Text
from plats.facts.query import Fact
from plats.vocabulary.cells import State
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.units import Unit
from plats.web.common.rest.paging import PageQuery, next_address
from plats.web.common.rest.parts import Count, Number, Part, answer, described
from plats.web.common.rest.problems import not_found
from plats.web.indicators import queries_api

router = Router(by_alias=True)


class TextPart(Part):
    """A text in Swedish and English."""

    sv: str
    en: str


class IndicatorPart(Part):
    """What a figure is: how it is made, and what it cannot say."""

    id: str
    theme: str
    title: TextPart
    description: TextPart
    numerator: TextPart
    denominator: TextPart
    unit: Unit
    direction: Direction
    divisions: tuple[Division, ...]
    cannot_say: TextPart
    url: str


class IndicatorPage(Part):
    items: tuple[IndicatorPart, ...]
    next: str | None


class RankPart(Part):
    """Between which ranks an area may stand; 1 is the highest value."""

    low: Count
    high: Count
    of: Count


class FactPart(Part):
    """A figure. `value` is null unless `state` is value or unstable; a null is never a zero."""

    indicator: str
    division: Division
    edition: str
    area: str
    place: str | None
    period: str
    sex: str
    age: str
    state: State
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    low: Number | None
    high: Number | None
    rank: RankPart | None
    coverage: Number | None
    reason: str
    method: str


class FactPage(Part):
    items: tuple[FactPart, ...]
    next: str | None


class IndicatorQuery(PageQuery):
    theme: str | None = Field(None, max_length=64, pattern=r"^[a-z0-9_]+$", description="Tema. / Theme.")


class FactQuery(PageQuery):
    indicator: str | None = Field(
        None, max_length=64, pattern=r"^[a-z0-9_]+$", description="Indikatorns id. / Indicator id."
    )
    place: str | None = Field(
        None,
        max_length=110,
        pattern=r"^[a-z_]+/[a-z0-9-]+$",
        description="Platsens id, som regso/exempelgarden. / Place id.",
    )
    division: Division | None = Field(None, description="Indelning. / Division.")
    period: str | None = Field(
        None, max_length=20, pattern=r"^[0-9A-Za-z/-]+$", description="Period, som 2023. / Period."
    )


_TEXT = TextPart(sv="Andel i arbete", en="Share in work")
_INDICATOR = IndicatorPart(
    id="example_share",
    theme="work",
    title=_TEXT,
    description=_TEXT,
    numerator=_TEXT,
    denominator=_TEXT,
    unit=Unit.SHARE,
    direction=Direction.HIGHER_IS_BETTER,
    divisions=(Division.REGSO,),
    cannot_say=TextPart(sv="Inte varför.", en="Not why."),
    url="/indikator/example_share/",
)
_FACT = FactPart(
    indicator="example_share",
    division=Division.REGSO,
    edition="2025",
    area="0126R001",
    place="regso/exempelgarden",
    period="2023",
    sex="total",
    age="20-64",
    state=State.HIDDEN,
    value=None,
    numerator=None,
    denominator=None,
    low=None,
    high=None,
    rank=None,
    coverage=None,
    reason="Gruppen är så liten att enskilda personer kan kännas igen.",
    method="shares",
)
_Id = Annotated[
    str, Path(max_length=64, pattern=r"^[a-z0-9_]+$", description="Indikatorns id. / Indicator id.")
]


@router.get(
    "/indicators",
    response=IndicatorPage,
    url_name="indicators",
    summary="Indikatorer",
    description="Vad varje siffra är och vad den inte säger. / What each figure is and cannot say.",
    openapi_extra=described(IndicatorPage(items=(_INDICATOR,), next=None)),
)
def indicators(request: HttpRequest, query: Query[IndicatorQuery]) -> HttpResponse:
    page = queries_api.indicators_page(query, query.theme)
    return answer(IndicatorPage(items=tuple(map(_indicator, page.rows)), next=next_address(request, page)))


@router.get(
    "/indicators/{id}",
    response=IndicatorPart,
    url_name="indicator",
    summary="En indikator",
    description="En indikator. / One indicator.",
    openapi_extra=described(_INDICATOR),
)
def indicator(request: HttpRequest, id: _Id) -> HttpResponse:  # noqa: A002  the name in the address
    return answer(_indicator(_known(id)))


@router.get(
    "/facts",
    response=FactPage,
    url_name="facts",
    summary="Siffror",
    description=(
        "Siffror med läge: value, unstable, hidden, missing, not_applicable. En dold siffra lämnas aldrig ut. "
        "/ Figures with their state. A hidden figure is never given."
    ),
    openapi_extra=described(FactPage(items=(_FACT,), next=None)),
)
def facts(request: HttpRequest, query: Query[FactQuery]) -> HttpResponse:
    if query.indicator:
        _known(query.indicator)
    ids = queries_api.place_ids()
    if query.place and query.place not in ids.values():
        raise not_found(_("Platsen finns inte. Välj ett id ur listan över platser."))
    page = queries_api.facts_page(
        query,
        indicator=query.indicator,
        areas={key for key, place in ids.items() if place == query.place} if query.place else None,
        division=query.division,
        period=query.period,
    )
    return answer(
        FactPage(items=tuple(_fact(one, ids) for one in page.rows), next=next_address(request, page))
    )


# Internals


def _known(indicator_id: str) -> Indicator:
    found = queries_api.indicator(indicator_id)
    if found is None:
        raise not_found(_("Indikatorn finns inte. Välj ett id ur listan över indikatorer."))
    return found


def _text(text: Text) -> TextPart:
    return TextPart(sv=text.sv, en=text.en)


def _indicator(one: Indicator) -> IndicatorPart:
    return IndicatorPart(
        id=one.id,
        theme=one.theme,
        title=_text(one.title),
        description=_text(one.description),
        numerator=_text(one.numerator),
        denominator=_text(one.denominator),
        unit=one.unit,
        direction=one.direction,
        divisions=one.divisions,
        cannot_say=_text(one.cannot_say),
        url=queries_api.indicator_address(one.id),
    )


def _fact(one: Fact, places: dict[AreaKey, str]) -> FactPart:
    return FactPart(
        indicator=one.indicator,
        division=one.area.division,
        edition=one.area.edition,
        area=one.area.code,
        place=places.get(one.area),
        period=one.period.text,
        sex=one.sex,
        age=one.age,
        state=one.cell.state,
        value=one.cell.value,
        numerator=one.cell.numerator,
        denominator=one.cell.denominator,
        low=one.low,
        high=one.high,
        rank=RankPart(low=one.rank.low, high=one.rank.high, of=one.rank.of) if one.rank else None,
        coverage=one.coverage,
        reason=one.cell.reason,
        method=one.method,
    )
