"""What the page about segregation consists of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext

from plats.catalog.segregations import Measure, SegregationDefinition
from plats.derive.segregation import sentences
from plats.derive.segregation.readings import SegregationReading, places_of, segregation_reading
from plats.facts.query import Facts
from plats.facts.segregation import Local, Measured, Part, Where
from plats.reports.charts.bars import draw_bars
from plats.reports.charts.model import Ranking
from plats.reports.charts.ranking import ranked_list
from plats.reports.charts.strip import draw_strip
from plats.reports.charts.svg import render
from plats.reports.pictures import Setting
from plats.reports.segregation import (
    Words,
    area_names,
    change_picture,
    levels_picture,
    others_picture,
    scales_picture,
    series_picture,
    shares_of_whole,
)
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Message
from plats.web.common.drawing import paint_for_page
from plats.web.common.language import language
from plats.web.common.markup import Svg
from plats.web.indicators import queries
from plats.web.indicators.segregation.maps import contribution_map
from plats.web.places.queries import facts, municipality_name


@dataclass(frozen=True)
class AreaRow:
    """What one area adds: its name and page, its part of the whole, and how it came to be."""

    name: str
    address: str
    term: Local
    share: float | None


@dataclass
class SegregationPage:
    """One grouping at one division and period; `reading` is None where the municipality has no figures for it."""

    reader: Facts
    definition: SegregationDefinition
    reading: SegregationReading | None
    choices: list[SegregationDefinition]
    places: list[Where]

    @cached_property
    def municipality(self) -> str:
        return municipality_name(settings.PLATS_MUNICIPALITY)

    @cached_property
    def words(self) -> Words:
        return words()

    @cached_property
    def setting(self) -> Setting:
        return queries.setting_for(self.reader, self._reading.where.division)

    @cached_property
    def opening(self) -> tuple[Message, list[Message | str]]:
        if self.reading is None:
            title = self.definition.title.bilingual
            return Message("{title} i {municipality}", title=title, municipality=self.municipality), []
        return sentences.opening(self.reading, self.municipality, self.words.definitions.divisions)

    @property
    def divisions(self) -> list[Division]:
        """The divisions there are figures for."""
        held = {one.division for one in self.places}
        return [one for one in self.definition.divisions if one in held]

    @property
    def periods(self) -> list[str]:
        """The periods there are figures for in the division shown."""
        return [
            one.period.text
            for one in self.places
            if (one.division, one.edition) == (self._reading.where.division, self._reading.where.edition)
        ]

    @property
    def measures(self) -> tuple[tuple[Measure, Measured], ...]:
        return self._reading.measures

    # Pictures, each with its sentence

    @property
    def series(self) -> Svg:
        return _drawn_list(series_picture(self._reading, self.words))

    @property
    def development(self) -> Message:
        return sentences.development(self._reading)

    @property
    def levels(self) -> Svg | None:
        if len(self._reading.levels) < 2 or not all(one.cell.shows_number for one in self._reading.levels):
            return None
        return Svg(render(draw_bars(levels_picture(self._reading, self.words), paint_for_page())))

    @property
    def levels_sentence(self) -> Message | None:
        return sentences.levels(self._reading, self.words.definitions.divisions)

    @property
    def level_rows(self) -> list[tuple[Message, Part]]:
        divisions = self.words.definitions.divisions
        return [
            (sentences.level_name(self._reading, place, divisions), one)
            for place, one in enumerate(self._reading.levels)
        ]

    @property
    def scales(self) -> Svg | None:
        if len(self._reading.scales) < 2 or not all(one.cell.shows_number for one in self._reading.scales):
            return None
        return _drawn_list(scales_picture(self._reading, self.words))

    @property
    def scales_sentences(self) -> list[Message | str]:
        return sentences.scales(self._reading)

    @property
    def scale_rows(self) -> list[tuple[Message, Part]]:
        return [(sentences.scale_name(one), one) for one in self._reading.scales if one.part]

    @cached_property
    def map(self) -> queries.Picture | None:
        return contribution_map(self._reading, self.setting)

    @property
    def contributions(self) -> Message | None:
        return sentences.contributions(self._reading)

    @cached_property
    def areas(self) -> list[AreaRow]:
        """Every area in geographic order."""
        by_code = {one.area.code: one for one in self._reading.local}
        names, shares = area_names(self._reading, self.setting), shares_of_whole(self._reading)
        order = queries.where(self.reader).codes(self._reading.where.division, self._reading.where.edition)
        return [
            AreaRow(names[code], self.setting.addresses.get(code, ""), by_code[code], shares.get(code))
            for code in order
            if code in by_code
        ]

    @property
    def change(self) -> Svg | None:
        if self._reading.first is None or not self._reading.change[0].part:
            return None
        return _drawn_list(change_picture(self._reading, self.words))

    @property
    def change_sentence(self) -> Message | str:
        return sentences.change(self._reading)

    @property
    def others(self) -> Svg | None:
        if not self._reading.others:
            return None
        names = self.reader.municipality_names
        strip = others_picture(self._reading, self.setting, self.words, names)
        return Svg(render(draw_strip(strip, paint_for_page())))

    @property
    def other_rows(self) -> list[tuple[str, float]]:
        """Every municipality by its name, or by its code where no name is imported."""
        names = self.reader.municipality_names
        return [(names.get(code, code), value) for code, value in sorted(self._reading.others.items())]

    @property
    def others_sentence(self) -> Message | None:
        return sentences.among_others(self._reading, self.municipality)

    @property
    def cite(self) -> Message:
        return sentences.cite(self._reading, self.municipality, self.words.definitions.divisions)

    # Internals

    @property
    def _reading(self) -> SegregationReading:
        """What there is to show; the template asks for none of it where there is nothing."""
        if self.reading is None:
            raise ValueError("Sidan har inga siffror att visa för den här gruppindelningen.")
        return self.reading


def segregation_page(grouping: str, division: str, period: str) -> SegregationPage:
    """The page for what the address asks for; the nearest there is when it names none."""
    reader, definitions = facts(), queries.definitions()
    choices = list(definitions.segregations.values())
    held = {one.where.segregation for one in reader.segregation.measures}
    first = next((one for one in choices if one.id in held), choices[0])
    chosen = definitions.segregations.get(grouping, first)
    return SegregationPage(
        reader=reader,
        definition=chosen,
        reading=segregation_reading(reader, definitions, chosen.id, division, period),
        choices=choices,
        places=places_of(reader, chosen.id),
    )


def words() -> Words:
    """How this reader is spoken to."""
    spoken = language()
    return Words(lambda message: message.say(gettext, spoken), queries.definitions(), spoken)


# Internals


def _drawn_list(picture: Ranking) -> Svg:
    return Svg(render(ranked_list(picture, paint_for_page())))
