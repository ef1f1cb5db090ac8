"""Pictures of segregation: what page and download draw is made from a reading here, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plats.catalog.load import Catalog
from plats.derive.geography import geography
from plats.derive.segregation import sentences
from plats.derive.segregation.readings import SegregationReading
from plats.facts.segregation import Local, Measured
from plats.reports.charts.classes import Breaks, class_breaks
from plats.reports.charts.model import Dot, Ranking, Row, Shade, Strip
from plats.reports.pictures import Setting
from plats.vocabulary.cells import SIGNS, State
from plats.vocabulary.messages import Message
from plats.vocabulary.units import NBSP, Unit, write_value

Say = Callable[[Message], str]
_INDEX = Unit.SEGREGATION_INDEX


@dataclass(frozen=True)
class Words:
    """How the reader is spoken to: sentences and names in one language."""

    say: Say
    definitions: Catalog
    language: str

    def plural(self, division: str) -> str:
        return self.definitions.divisions[division].plural.write(self.language)

    def capital(self, text: str) -> str:
        return text[:1].upper() + text[1:]


def series_picture(reading: SegregationReading, words: Words) -> Ranking:
    """The dissimilarity of each division and period with its interval, those shown now in colour."""
    rows = tuple(
        _row(
            f"{words.capital(words.plural(str(one.where.division)))} {one.where.period.text}",
            one,
            words,
            current=one.where == reading.where,
        )
        for one in reading.series
    )
    return Ranking(_title(reading, words), _INDEX, rows, as_given=True)


def levels_picture(reading: SegregationReading, words: Words) -> Ranking:
    """How large a share lies at each level, from the largest areas down."""
    whole = sum(one.cell.number for one in reading.levels)
    divisions = words.definitions.divisions
    rows = tuple(
        Row(
            words.say(sentences.level_name(reading, place, divisions)),
            one.cell.number / whole,
            _percent(one.cell.number / whole, words),
            "",
            current=place == 0,
        )
        for place, one in enumerate(reading.levels)
    )
    return Ranking(_title(reading, words), Unit.SHARE, rows, as_given=True)


def scales_picture(reading: SegregationReading, words: Words) -> Ranking:
    """The dissimilarity in surroundings that reach farther and farther."""
    rows = tuple(
        Row(
            words.say(sentences.scale_name(one)),
            one.cell.number,
            write_value(one.cell.number, _INDEX, words.language),
            "",
            current=place == 0,
        )
        for place, one in enumerate(reading.scales)
    )
    return Ranking(_title(reading, words), _INDEX, rows, as_given=True)


def change_picture(reading: SegregationReading, words: Words) -> Ranking:
    """The causes of a change around zero, in the order they are explained."""
    rows = tuple(
        Row(
            words.capital(sentences.CAUSES[one.part].write(words.language)),
            one.cell.number,
            signed(one.cell.number, words.language),
            "",
            current=True,
        )
        for one in reading.change
        if one.cell.number
    )
    return Ranking(_title(reading, words), _INDEX, rows, mean=0.0, mean_label="0", as_given=True)


def others_picture(
    reading: SegregationReading, setting: Setting, words: Words, names: Mapping[str, str]
) -> Strip:
    """Every municipality as a dot, this one in colour."""
    dots = tuple(
        Dot(
            names.get(code, code),
            value,
            write_value(value, _INDEX, words.language),
            "",
            current=code == setting.facts.municipality,
        )
        for code, value in sorted(reading.others.items())
    )
    own = reading.others.get(setting.facts.municipality)
    label = "" if own is None else f"{setting.municipality} {write_value(own, _INDEX, words.language)}"
    return Strip(_title(reading, words), _INDEX, dots, own, label)


def shares_of_whole(reading: SegregationReading) -> dict[str, float]:
    """Each area's part of everything that areas add, 0-1, by code; only those that show one."""
    shown = {one.area.code: one.cell.number for one in reading.local if one.cell.shows_number}
    whole = sum(shown.values())
    return {code: value / whole for code, value in shown.items()} if whole > 0 else {}


def contribution_breaks(reading: SegregationReading) -> Breaks | None:
    values = list(shares_of_whole(reading).values())
    return class_breaks(values, Unit.SHARE) if values else None


def contribution_shades(
    reading: SegregationReading, breaks: Breaks | None, setting: Setting, people: Mapping[str, float]
) -> list[Shade]:
    """Each area's colour class by its part of the whole."""
    shares = shares_of_whole(reading)
    return [_shade(one, shares.get(one.area.code), breaks, setting, people) for one in reading.local]


def area_names(reading: SegregationReading, setting: Setting) -> dict[str, str]:
    where = geography(setting.facts)
    return {one.area.code: where.name(one.area.division, one.area.code) for one in reading.local}


def signed(value: float, language: str) -> str:
    """A difference with its sign: +0,012 or −0,006."""
    text = write_value(value, _INDEX, language)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


# Internals


def _title(reading: SegregationReading, words: Words) -> str:
    return reading.definition.title.write(words.language)


def _percent(share: float, words: Words) -> str:
    return f"{write_value(share, Unit.SHARE, words.language)}{NBSP}%"


def _row(name: str, shown: Measured, words: Words, *, current: bool) -> Row:
    if not shown.cell.shows_number:
        return Row(name, None, SIGNS[shown.cell.state], "", current=current)
    unstable = shown.cell.state is State.UNSTABLE
    star = "*" if unstable else ""
    written = write_value(shown.cell.number, _INDEX, words.language) + star
    return Row(name, shown.cell.number, written, "", shown.low, shown.high, unstable, current)


def _shade(
    one: Local, share: float | None, breaks: Breaks | None, setting: Setting, people: Mapping[str, float]
) -> Shade:
    missing = "missing" if setting.language != "sv" else SIGNS[State.MISSING]
    sign = SIGNS[one.cell.state] if one.cell.state is State.HIDDEN else missing
    return Shade(
        code=one.area.code,
        written=sign if share is None else f"{write_value(share, Unit.SHARE, setting.language)}{NBSP}%",
        href=setting.addresses.get(one.area.code, ""),
        class_index=breaks.colour_of(share) if breaks and share is not None else None,
        people=people.get(one.area.code),
    )
