"""What the start page and an indicator's page consist of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from plats.catalog.missing import MissingTheme
from plats.catalog.models import DivisionDefinition, Indicator
from plats.catalog.segregations import SegregationDefinition
from plats.derive import findings
from plats.derive.distances import GapFinding, gap
from plats.derive.missing import missing
from plats.derive.readings import Distribution, Reading
from plats.facts.query import Area, Fact, Facts, LineageStep
from plats.reports.charts.ranking import ranked_list
from plats.reports.charts.series import draw_series
from plats.reports.charts.svg import render
from plats.reports.pictures import Setting, ranking_of, series_of
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Message
from plats.web.common.drawing import paint_for_page
from plats.web.common.language import language
from plats.web.common.markup import Svg
from plats.web.indicators import queries
from plats.web.places.queries import divisions_with_places, facts, municipality_name


@dataclass
class MapPart:
    """A map with its sentence, choices and chain: on the start page and on an indicator's page."""

    reader: Facts
    indicator: Indicator
    division: Division
    distribution: Distribution | None
    tabs: list[Indicator]
    divisions: list[tuple[Division, DivisionDefinition]]
    current: str = ""

    @property
    def edition(self) -> str:
        """The edition on the map, or the division's usual one when there is nothing to show."""
        return self.distribution.edition if self.distribution else self.definition.default_edition

    @cached_property
    def people(self) -> dict[str, float]:
        return queries.people_of(self.reader, self.division)

    @cached_property
    def setting(self) -> Setting:
        return queries.setting_for(self.reader, self.division, self.current)

    @cached_property
    def picture(self) -> queries.Picture | None:
        return queries.draw_map(self.distribution, self.setting, self.people) if self.distribution else None

    @property
    def sentence(self) -> Message | None:
        if self.distribution is None:
            return None
        return findings.map_sentence(self.distribution, self.setting.municipality)

    @property
    def chain(self) -> list[LineageStep]:
        """The chain behind the map's figures: every area has the same."""
        shown = self.distribution.shown if self.distribution else ()
        return queries.chain_of(self.reader, shown[0]) if shown else []

    @property
    def cite(self) -> Message | None:
        """The sentence to copy: the municipality's figure and the distance, with source."""
        return cite(self)

    @property
    def definition(self) -> DivisionDefinition:
        return queries.definitions().divisions[str(self.division)]


@dataclass
class StartPage:
    """Läget."""

    map: MapPart
    heading: Message
    lead: Message
    themes: list[queries.ThemeStrip]
    columns: list[Indicator]
    whole: queries.TableRow
    rows: list[queries.TableRow]
    police: list[Area]
    missing: list[MissingTheme]
    key_figures: list[tuple[Indicator, Fact]]


@dataclass
class IndicatorPage:
    """One indicator."""

    map: MapPart
    ranking: Svg | None
    series: Svg | None
    gap: GapFinding | None
    periods: tuple[str, ...]

    @property
    def indicator(self) -> Indicator:
        return self.map.indicator

    @property
    def title(self) -> str:
        return self.indicator.title.write(language())

    @property
    def segregation(self) -> SegregationDefinition | None:
        """The grouping on the page about segregation that is made of the same figures."""
        mine = set(self.indicator.variables)
        groupings = queries.definitions().segregations.values()
        return next((one for one in groupings if mine & _counted(one)), None)

    @property
    def direction(self) -> Message:
        return findings.better(self.indicator.direction)

    @property
    def split(self) -> list[tuple[str, Fact | None, Fact | None]]:
        """(name, women's figure, men's figure) of the municipality and each area; empty where no source has them."""
        distribution = self.map.distribution
        found = {(fact.area.code, fact.sex): fact for fact in distribution.by_sex} if distribution else {}
        if not found:
            return []
        home = self.map.reader.municipality
        named = [
            (home, self.map.setting.municipality),
            *((fact.area.code, name) for name, _, fact in self.rows),
        ]
        return [(name, found.get((code, "women")), found.get((code, "men"))) for code, name in named]

    @property
    def rows(self) -> list[tuple[str, str, Fact]]:
        """(name, address, figure) of each area in geographic order."""
        distribution = self.map.distribution
        if distribution is None:
            return []
        by_code = {fact.area.code: fact for fact in distribution.facts}
        order = queries.where(self.map.reader).codes(self.map.division) or sorted(by_code)
        found = [by_code[code] for code in order if code in by_code]
        return [(self.map.setting.name(fact), self.map.setting.address(fact), fact) for fact in found]


def start_page(indicator: str, division: str) -> StartPage:
    """The start page for the indicator and division asked for; the first ones when the address names none there is."""
    reader = facts()
    chosen = _division(division)
    tabs = queries.headline_indicators(chosen)
    current = next((one for one in tabs if one.id == indicator), tabs[0])
    part = _map_part(reader, current, chosen, tabs)
    columns = queries.headline_indicators(Division.REGSO)
    opening = queries.indicator_distribution(
        queries.definitions().indicators["employed_share"], Division.REGSO, None
    )
    heading, lead = _opening(opening)
    whole, rows = queries.area_table(part.setting, chosen, part.edition, columns)
    return StartPage(
        map=part,
        heading=heading,
        lead=lead,
        themes=queries.theme_strips(part.setting, chosen, part.people),
        columns=columns,
        whole=whole,
        rows=rows,
        police=queries.where(reader).police_areas(),
        missing=missing(reader),
        key_figures=[(one, fact) for one, fact in whole.cells if fact is not None and fact.cell.shows_number][
            :4
        ],
    )


def indicator_page(indicator: Indicator, division: str, period: str | None, place: str) -> IndicatorPage:
    """The page of an indicator, for a division it has, at a period it has, with one place in focus."""
    reader = facts()
    choices = queries.divisions_of(indicator)
    chosen = next((one for one in choices if one == division), choices[0] if choices else Division.REGSO)
    definitions = queries.definitions().divisions
    distribution = queries.indicator_distribution(indicator, chosen, period)
    part = MapPart(
        reader,
        indicator,
        chosen,
        distribution,
        [],
        [(one, definitions[str(one)]) for one in choices],
        current=place,
    )
    return IndicatorPage(
        map=part,
        ranking=_ranking(part),
        series=_series(part),
        gap=gap(distribution, part.people) if distribution else None,
        periods=distribution.periods if distribution else (),
    )


def cite(part: MapPart) -> Message | None:
    """A sentence with source about the municipality's figure on a map."""
    whole = part.distribution.municipality if part.distribution else None
    if whole is None:
        return None
    reading = Reading(part.indicator, whole, (), None, None, None)
    return findings.with_source(reading, part.setting.municipality, part.setting.municipality, part.chain)


# Internals


def _counted(grouping: SegregationDefinition) -> set[str]:
    """What its groups are made of, the total that a rest is taken from left out: nearly every figure has that."""
    return {
        name for group in grouping.groups for name in group.variables if name not in (group.rest_of, group.of)
    }


def _map_part(reader: Facts, indicator: Indicator, division: Division, tabs: list[Indicator]) -> MapPart:
    definitions = queries.definitions().divisions
    choices = [one for one in divisions_with_places() if one in queries.ON_MAP]
    distribution = queries.indicator_distribution(indicator, division, None)
    return MapPart(
        reader, indicator, division, distribution, tabs, [(one, definitions[str(one)]) for one in choices]
    )


def _division(text: str) -> Division:
    choices = [one for one in divisions_with_places() if one in queries.ON_MAP]
    if not choices:
        raise Http404(_("Inga områden är inlästa. Kör plats init."))
    return next(
        (one for one in choices if one == text), Division.REGSO if Division.REGSO in choices else choices[0]
    )


def _opening(distribution: Distribution | None) -> tuple[Message, Message]:
    name = municipality_name(settings.PLATS_MUNICIPALITY)
    if distribution is None:
        return Message("Så skiljer sig områdena i {municipality}", municipality=name), Message(
            "Siffror saknas för arbete."
        )
    return findings.opening(distribution, name)


def _ranking(part: MapPart) -> Svg | None:
    if part.distribution is None or not part.distribution.shown:
        return None
    return Svg(render(ranked_list(ranking_of(part.distribution, part.setting), paint_for_page())))


def _series(part: MapPart) -> Svg | None:
    """The series, where at least two periods have figures."""
    if part.distribution is None or len(part.distribution.periods) < 2:
        return None
    whole = queries.municipality_series(part.reader, part.indicator)
    return Svg(render(draw_series(series_of(part.distribution, part.setting, whole), paint_for_page())))
