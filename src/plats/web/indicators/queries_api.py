"""Reads for the API: definitions from the catalog, figures from the store as they may be shown."""

from __future__ import annotations

from collections.abc import Collection
from weakref import WeakKeyDictionary

from django.urls import reverse

from plats.catalog.load import catalog
from plats.catalog.models import Indicator
from plats.facts.query import Fact, Facts
from plats.vocabulary.codes import AreaKey, Division
from plats.web.common.rest.paging import Page, PageQuery, page_of_sorted
from plats.web.places import queries_api as places
from plats.web.places.queries import facts

Key = tuple[str, ...]
# A version of the store never changes, so its order holds as long as its reader.
_kept: WeakKeyDictionary[Facts, list[tuple[Key, Fact]]] = WeakKeyDictionary()


def indicators_page(query: PageQuery, theme: str | None) -> Page[Indicator]:
    """A page of definitions, by id."""
    rows = sorted(
        (one for one in catalog().indicators.values() if theme in (None, one.theme)), key=lambda one: one.id
    )
    return page_of_sorted([(one.id,) for one in rows], rows, query)


def indicator(indicator_id: str) -> Indicator | None:
    return catalog().indicators.get(indicator_id)


def indicator_address(indicator_id: str) -> str:
    return reverse("indicators:indicator", args=[indicator_id])


def place_ids() -> dict[AreaKey, str]:
    """The id of the place that each area is. One query."""
    return places.place_ids()


def facts_page(
    query: PageQuery,
    *,
    indicator: str | None,
    areas: Collection[AreaKey] | None,
    division: Division | None,
    period: str | None,
) -> Page[Fact]:
    """A page of figures that fit every condition, by indicator, area, period, sex and age."""
    found = [
        (key, fact)
        for key, fact in _in_order(facts())
        if indicator in (None, fact.indicator)
        and division in (None, fact.area.division)
        and period in (None, fact.period.text)
        and (areas is None or fact.area in areas)
    ]
    return page_of_sorted([key for key, _fact in found], [fact for _key, fact in found], query)


# Internals


def _in_order(reader: Facts) -> list[tuple[Key, Fact]]:
    if reader not in _kept:
        _kept[reader] = sorted(((_key(fact), fact) for fact in reader.select()), key=lambda pair: pair[0])
    return _kept[reader]


def _key(fact: Fact) -> Key:
    area = fact.area
    return (fact.indicator, str(area.division), area.edition, area.code, fact.period.text, fact.sex, fact.age)
