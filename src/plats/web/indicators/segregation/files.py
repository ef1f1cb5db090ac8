"""The page's tables and pictures as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from plats.derive.segregation import sentences
from plats.reports.charts.bars import draw_bars
from plats.reports.charts.ranking import draw_ranking
from plats.reports.charts.strip import draw_strip
from plats.reports.charts.svg import Element, render
from plats.reports.raster import png
from plats.reports.segregation import (
    change_picture,
    levels_picture,
    others_picture,
    scales_picture,
    series_picture,
)
from plats.vocabulary.cells import Cell, State
from plats.vocabulary.units import Unit
from plats.web.common.downloads import Row, Table
from plats.web.common.drawing import paint_for_file
from plats.web.common.language import language
from plats.web.indicators.segregation.maps import draw_contributions
from plats.web.indicators.segregation.pages import SegregationPage, segregation_page

PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_INDEX = Unit.SEGREGATION_INDEX


def table(grouping: str, part: str, division: str, period: str) -> Table | None:
    """One of the page's tables; None when there is no such table or no figures."""
    page = _page(grouping, division, period)
    if page is None or page.reading is None or part not in _TABLES:
        return None
    columns, rows = _TABLES[part](page)
    where = page.reading.where
    sources = [
        f"{step.provenance.agency}: {step.provenance.title} ({step.provenance.licence})"
        for step in page.reading.chain
        if step.provenance
    ]
    notes = (
        page.definition.title.write(language()),
        page.definition.description.write(language()),
        page.definition.cannot_say.write(language()),
        *sources,
    )
    name = f"segregation-{grouping}-{where.division}-{where.period.text}-{part}"
    return Table(name, columns, list(rows), notes)


def picture(grouping: str, part: str, division: str, period: str, kind: str) -> bytes | None:
    """One of the page's pictures; None when there is no such picture or nothing to draw."""
    page = _page(grouping, division, period)
    if page is None or page.reading is None or kind not in PICTURE_TYPES:
        return None
    drawing = _drawing(page, part)
    if drawing is None:
        return None
    text = render(drawing)
    return text.encode() if kind == "svg" else png(text)


# Internals

_Rows = tuple[tuple[str, ...], Iterable[Row]]


def _page(grouping: str, division: str, period: str) -> SegregationPage | None:
    """The page; None for a grouping there is not, which an address of a file must name rightly."""
    page = segregation_page(grouping, division, period)
    return page if page.definition.id == grouping else None


def _drawing(page: SegregationPage, part: str) -> Element | None:
    reading = page.reading
    if reading is None:
        return None
    paint = paint_for_file()
    if part == "matt":
        return draw_ranking(series_picture(reading, page.words), paint)
    if part == "nivaer" and page.levels is not None:
        return draw_bars(levels_picture(reading, page.words), paint)
    if part == "omgivning" and page.scales is not None:
        return draw_ranking(scales_picture(reading, page.words), paint)
    if part == "omraden":
        return draw_contributions(reading, page.setting, paint)
    if part == "forandring" and page.change is not None:
        return draw_ranking(change_picture(reading, page.words), paint)
    if part == "kommuner" and reading.others:
        names = page.reader.municipality_names
        return draw_strip(others_picture(reading, page.setting, page.words, names), paint)
    return None


def _measures(page: SegregationPage) -> _Rows:
    """Every measure at every division and period, with interval."""
    measures = page.words.definitions.measures
    found = [one for one in page.reader.segregation.measures if one.where.segregation == page.definition.id]
    rows = [
        Row(
            (
                measures[one.measure].title.write(language()),
                measures[one.measure].symbol,
                str(one.where.division),
                one.where.edition,
                one.where.period.text,
                *_on_scale((one.low, one.high), measures[one.measure].unit),
                one.areas,
                one.excluded,
            ),
            one.cell,
            measures[one.measure].unit,
        )
        for one in found
    ]
    columns = (_("mått"), _("tecken"), _("indelning"), _("utgåva"), _("period"), _("från"), _("till"))
    return (*columns, _("områden"), _("områden som inte är med")), rows


def _levels(page: SegregationPage) -> _Rows:
    rows = [Row((page.words.say(name),), one.cell, _INDEX) for name, one in page.level_rows]
    return (_("nivå"),), rows


def _scales(page: SegregationPage) -> _Rows:
    rows = [Row((page.words.say(name), int(one.part)), one.cell, _INDEX) for name, one in page.scale_rows]
    return (_("omgivning"), _("meter")), rows


def _areas(page: SegregationPage) -> _Rows:
    rows = [
        Row(
            (row.name, row.term.area.code, _percent(row.term.weight), _percent(row.share)),
            row.term.cell,
            _INDEX,
        )
        for row in page.areas
    ]
    return (_("område"), _("kod"), _("andel av alla, procent"), _("andel av måttet, procent")), rows


def _change(page: SegregationPage) -> _Rows:
    causes = [one for one in page.reading.change if one.part] if page.reading else []
    rows = [
        Row(
            (one.since, one.where.period.text, sentences.CAUSES[one.part].write(language())), one.cell, _INDEX
        )
        for one in causes
    ]
    return (_("från"), _("till"), _("orsak")), rows


def _others(page: SegregationPage) -> _Rows:
    others, names = (page.reading.others if page.reading else {}), page.reader.municipality_names
    rows = [
        Row((names.get(code, code), code), Cell(State.VALUE, value), _INDEX)
        for code, value in sorted(others.items())
    ]
    return (_("kommun"), _("kod")), rows


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 6)


def _on_scale(ends: tuple[float | None, ...], unit: Unit) -> tuple[float | None, ...]:
    """An interval's ends on the scale that the file writes the value in."""
    return tuple(_percent(one) if unit is Unit.SHARE else one for one in ends)


_TABLES: dict[str, Callable[[SegregationPage], _Rows]] = {
    "matt": _measures,
    "nivaer": _levels,
    "omgivning": _scales,
    "omraden": _areas,
    "forandring": _change,
    "kommuner": _others,
}
