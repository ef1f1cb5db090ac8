"""The report's pictures: the same drawings as on the pages, painted for documents, each with its words."""

from __future__ import annotations

from dataclasses import dataclass

from plats.derive.readings import Reading
from plats.reports.charts.choropleth import draw_choropleth
from plats.reports.charts.classes import class_breaks
from plats.reports.charts.legend import draw_legend, legend_words
from plats.reports.charts.map_sheet import prepare_shapes
from plats.reports.charts.model import Dot, Landmark, Marker, Outline, Place, Shade, Strip, Year
from plats.reports.charts.paint import FOR_DOCUMENT
from plats.reports.charts.place_map import draw_place
from plats.reports.charts.rankbar import draw_rankbar
from plats.reports.charts.sparkline import draw_sparkline
from plats.reports.charts.strip import draw_strip
from plats.reports.municipality.model import Difference, PlacePage, Report
from plats.reports.municipality.words import listed, rank, written

_MARKER_KINDS = {"school": "school", "library": "library", "sports": "sport", "station": "station"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and what it says, for those who cannot see it."""

    svg: str
    alt: str


def headline_map(report: Report) -> Picture | None:
    """The map of the headline indicator; None when no boundary is loaded."""
    if not report.outlines:
        return None
    indicator = report.headline.indicator
    breaks = class_breaks([fact.cell.number for fact in report.headline.shown], indicator.unit)
    facts = {fact.area.code: fact for fact in report.headline.facts}
    shades = []
    for code, _, _ in report.outlines:
        fact = facts.get(code)
        value = fact.cell.value if fact is not None else None
        shades.append(Shade(code, written(fact, indicator.unit).text, "", breaks.colour_of(value)))
    outlines = [Outline(code, name, shape) for code, name, shape in report.outlines]
    landmarks = [Landmark(site.name, site.x, site.y) for site in report.stations]
    title = f"Karta: {indicator.title.sv} {report.headline.period} i {len(outlines)} områden"
    drawn = draw_choropleth(prepare_shapes(outlines, landmarks), shades, title=title, paint=FOR_DOCUMENT)
    words = (
        f"{title}. {report.headline_message}. {legend_words(breaks)}. Varje områdes siffra står i tabellen."
    )
    return Picture(str(drawn), words.replace("..", "."))


def headline_legend(report: Report) -> Picture:
    """The map's colour scale, with the municipality's figure marked."""
    indicator = report.headline.indicator
    breaks = class_breaks([fact.cell.number for fact in report.headline.shown], indicator.unit)
    whole = report.headline.municipality
    mean = whole.cell.value if whole is not None else None
    label = f"{report.stamp.municipality} {written(whole, indicator.unit).number}" if mean is not None else ""
    drawn = draw_legend(breaks, paint=FOR_DOCUMENT, mean=mean, mean_label=label)
    return Picture(str(drawn), legend_words(breaks))


def difference_strip(difference: Difference, municipality: str) -> Picture | None:
    """Every area as a dot and the municipality as a line; None when no area shows a number."""
    spread = difference.distribution
    if not spread.shown:
        return None
    unit = spread.indicator.unit
    dots = tuple(
        Dot(
            difference.names.get(fact.area.code, fact.area.code),
            fact.cell.number,
            written(fact, unit).text,
            "",
            unstable=written(fact, unit).unstable,
        )
        for fact in spread.shown
    )
    whole = spread.municipality if unit.value != "count" else None
    mean = whole.cell.value if whole is not None else None
    label = f"{municipality} {written(whole, unit).number}" if mean is not None else ""
    title = f"Punktdiagram: {spread.indicator.title.sv}, {spread.period}"
    drawn = draw_strip(Strip(title, unit, dots, mean, label), FOR_DOCUMENT)
    values = sorted(dots, key=lambda dot: dot.value)
    line = f" Linjen är {label}." if label else ""
    alt = f"{title}. {len(dots)} punkter från {values[0].written} till {values[-1].written}.{line}"
    return Picture(str(drawn), alt)


def place_map(place: PlacePage) -> Picture | None:
    """The place with what stands there, never a figure; None when its boundary is not loaded."""
    if place.surroundings.shape is None:
        return None
    markers = tuple(
        Marker(_MARKER_KINDS[site.kind], site.name, site.x, site.y) for site in place.surroundings.around
    )
    scene = Place(
        Outline(place.key.code, place.name, place.surroundings.shape),
        tuple((Outline(code, name, shape), "") for code, name, shape in place.surroundings.scene),
        markers,
    )
    title = f"Karta över {place.name}"
    drawn = draw_place(scene, title=title, paint=FOR_DOCUMENT)
    names = [name for _, name, _ in place.surroundings.neighbours]
    beside = f" Grannar: {listed(names)}." if names else ""
    return Picture(str(drawn), f"{title} med det som finns där, uppräknat intill.{beside}")


def rank_picture(reading: Reading) -> str:
    """The rank interval as a bar; the words beside it say the same. "" when there is no rank."""
    interval = reading.fact.rank
    if interval is None:
        return ""
    low, high = sorted((interval.low, interval.high))
    return str(draw_rankbar(interval.of, low=low, high=high, label=rank(interval), paint=FOR_DOCUMENT))


def trend_picture(reading: Reading) -> str:
    """The course as a line on its own scale; "" with under two comparable points or nothing to be said."""
    if reading.indicator.no_direction_until is not None:
        return ""
    years = [Year(fact.period.year, fact.cell.value) for fact in reading.series]
    drawn = draw_sparkline(years, label=reading.indicator.title.sv, paint=FOR_DOCUMENT)
    return str(drawn) if drawn is not None else ""
