"""What figures add to a place's page: every indicator in rows, the place among the others, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.derive import findings
from plats.derive.distances import gap
from plats.derive.missing import missing
from plats.derive.readings import Distribution, Reading, distributions
from plats.facts.query import LineageStep, RankInterval
from plats.reports.charts.model import Strip, Year
from plats.reports.charts.rankbar import draw_rankbar
from plats.reports.charts.sparkline import draw_sparkline
from plats.reports.charts.strip import draw_strip
from plats.reports.charts.svg import render
from plats.reports.pictures import Setting, strip_of, written
from plats.vocabulary.messages import Count, Figure, Message
from plats.vocabulary.units import Unit
from plats.web.common.drawing import paint_for_page
from plats.web.common.language import language
from plats.web.common.markup import Svg
from plats.web.common.sections import Section, register_section
from plats.web.indicators import queries
from plats.web.indicators.surroundings import SURROUNDINGS, build_surroundings
from plats.web.places.queries import PlacePage, municipality_name


def register_sections() -> None:
    """Add the sections that come from figures."""
    register_section(
        Section(20, "siffror", _("Siffror om området"), "indicators/_figures.html", (), build_figures)
    )
    register_section(Section(30, "bland", _("Bland områdena"), "indicators/_among.html", (), build_among))
    register_section(
        Section(
            35,
            "omgivning",
            _("Området och dess grannar"),
            "indicators/_surroundings.html",
            SURROUNDINGS,
            build_surroundings,
        )
    )
    register_section(Section(90, "saknas", _("Vad saknas?"), "indicators/_missing.html", (), build_missing))


@dataclass(frozen=True)
class FigureRow:
    """One indicator's row on a place's page."""

    reading: Reading
    spark: Svg | None
    rankbar: Svg | None
    rank_words: Message | None
    change: Message | None
    chain: list[LineageStep]
    cite: Message
    difference: Figure | None
    address: str


@dataclass(frozen=True)
class FigureGroup:
    """A theme's rows."""

    title: str
    rows: list[FigureRow]


def build_figures(page: PlacePage) -> Mapping[str, Any]:
    """Every indicator that has a figure here, or a reason for none, theme by theme."""
    municipality = municipality_name(page.facts.municipality)
    pattern = _address_pattern(page)
    groups = []
    for theme in page.definitions.themes:
        rows = [
            _row(one, page, municipality, pattern)
            for one in page.readings
            if one.indicator.theme == theme.id and not one.indicator.class_labels
        ]
        if rows:
            groups.append(FigureGroup(theme.title.write(language()), rows))
    return {"groups": groups, "municipality": municipality}


def build_among(page: PlacePage) -> Mapping[str, Any] | None:
    """Strips with this place in colour among the others, for the headline figures."""
    chosen = {one.theme: one for one in reversed(queries.headline_indicators(page.division))}
    found = distributions(page.facts, page.definitions, [one.id for one in chosen.values()], page.division)
    municipality = municipality_name(page.facts.municipality)
    setting = Setting(page.facts, municipality, language(), page.links, page.code)
    strips = [
        _strip(one, setting)
        for one in found.values()
        if len(one.shown) > 2 and one.indicator.unit is not Unit.COUNT
    ]
    if not strips:
        return None
    definition = page.definitions.divisions[str(page.division)]
    return {
        "strips": strips,
        "count": len(page.links),
        "plural": definition.plural,
        "municipality": municipality,
    }


def build_missing(page: PlacePage) -> Mapping[str, Any]:
    """Themes that no figure by area answers."""
    return {"themes": missing(page.facts)}


# Internals


def _address_pattern(page: PlacePage) -> str:
    """The address of an indicator's page with this place in focus, with {id} for the indicator."""
    start = reverse("indicators:indicator", args=["id"]).removesuffix("id/")
    return f"{start}{{id}}/?indelning={page.place.division}&plats={page.code}"


def _row(reading: Reading, page: PlacePage, municipality: str, pattern: str) -> FigureRow:
    chain = page.facts.lineage.get(reading.fact.lineage, [])
    unit = Unit.PERCENTAGE_POINTS if reading.indicator.unit is Unit.SHARE else reading.indicator.unit
    difference = reading.difference if reading.indicator.unit is not Unit.COUNT else None
    return FigureRow(
        reading=reading,
        spark=_spark(reading),
        rankbar=_rankbar(reading),
        rank_words=_rank_words(reading),
        change=findings.change(reading),
        chain=chain,
        cite=findings.with_source(reading, page.place.name, municipality, chain),
        difference=Figure(difference, unit) if difference is not None else None,
        address=pattern.format(id=reading.indicator.id),
    )


def _spark(reading: Reading) -> Svg | None:
    if len(reading.series) < 2:
        return None
    years = [
        Year(fact.period.year, fact.cell.value, written(fact, reading.indicator.unit, language()))
        for fact in reading.series
    ]
    drawing = draw_sparkline(years, label=reading.indicator.title.write(language()), paint=paint_for_page())
    return Svg(render(drawing)) if drawing is not None else None


def _rankbar(reading: Reading) -> Svg | None:
    rank = reading.fact.rank
    if rank is None:
        return None
    label = _rank_words(reading)
    said = label.say(gettext, language()) if label else ""
    return _drawn_rankbar(rank, said, language())


@lru_cache(maxsize=4096)
def _drawn_rankbar(rank: RankInterval, said: str, _language: str) -> Svg:
    """A rank interval's bar: the same few bars stand on every place's page, so each is drawn once."""
    return Svg(
        render(draw_rankbar(rank.of, low=rank.low, high=rank.high, label=said, paint=paint_for_page()))
    )


def _rank_words(reading: Reading) -> Message | None:
    rank = reading.fact.rank
    if rank is None:
        return None
    counts = {"low": Count(rank.low), "high": Count(rank.high), "of": Count(rank.of)}
    if rank.low == rank.high:
        return Message("Rangordning {low} av {of}", **counts)
    return Message("Rangordning {low}–{high} av {of}", **counts)


@lru_cache(maxsize=1024)
def _drawn_strip(strip: Strip, _language: str) -> Svg:
    """A strip as markup; the same dots in the same language are the same drawing."""
    return Svg(render(draw_strip(strip, paint_for_page())))


def _strip(distribution: Distribution, setting: Setting) -> dict[str, Any]:
    return {
        "indicator": distribution.indicator,
        "period": distribution.period,
        "svg": _drawn_strip(strip_of(distribution, setting), language()),
        "gap": gap(distribution, {}),
        "direction": findings.better(distribution.indicator.direction),
        "unstable": any(str(fact.cell.state) == "unstable" for fact in distribution.facts),
    }
