"""The first sections of a place's page: what is there, its schools, other assessments, and its borders over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.derive.readings import school_facts
from plats.derive.surroundings import nearest_of_each
from plats.reports.charts.model import Marker, Outline
from plats.reports.charts.model import Place as PlaceDrawing
from plats.reports.charts.place_map import draw_place
from plats.reports.charts.svg import render
from plats.web.common.drawing import paint_for_page
from plats.web.common.language import language
from plats.web.common.markup import Svg
from plats.web.common.sections import Section, register_section
from plats.web.places.queries import SITE_KINDS, PlacePage

# What the school's row shows, where the school has it; each is the school's own and never the area's.
SCHOOL_INDICATORS = (
    "pupils",
    "merit_rating",
    "vocational_eligible_share",
    "all_subjects_passed_share",
    "certified_teachers_share",
    "survey_safety",
    "survey_calm",
)
_MARKER_KINDS = {"school": "school", "library": "library", "sports": "sport", "station": "station"}


def register_sections() -> None:
    """Add the sections that places knows by itself."""
    register_section(Section(10, "har", _("Det som finns här"), "places/_here.html", (), build_here))
    register_section(Section(15, "nara", _("Närmast härifrån"), "places/_nearest.html", (), build_nearest))
    register_section(
        Section(40, "skolor", _("Skolor här"), "places/_schools.html", SCHOOL_INDICATORS, build_schools)
    )
    register_section(
        Section(60, "bedomningar", _("Andra bedömningar"), "places/_assessments.html", (), build_assessments)
    )
    register_section(
        Section(80, "granser", _("Gränser och utgåvor"), "places/_borders.html", (), build_borders)
    )


def build_here(page: PlacePage) -> Mapping[str, Any]:
    """The map with neighbours, and the list of what stands here."""
    where = page.geography
    neighbours = where.neighbours_of(page.division, page.code)
    return {
        "svg": _place_map(page, neighbours) if page.has_boundary else None,
        "neighbours": [(where.name(page.division, code), page.links.get(code, "")) for code in neighbours],
        "sites": [(site, SITE_KINDS[site.kind], _MARKER_KINDS.get(site.kind, "")) for site in page.sites],
        "has_boundary": page.has_boundary,
    }


def build_nearest(page: PlacePage) -> Mapping[str, Any] | None:
    """The nearest of each kind of place to go to; nothing where no point of the area is loaded."""
    found = nearest_of_each(page.facts, page.division, page.code)
    return {"nearest": [(one, SITE_KINDS[one.site.kind]) for one in found]} if found else None


def build_schools(page: PlacePage) -> Mapping[str, Any] | None:
    """The schools that stand here with their own results."""
    schools = [site for site in page.sites if site.kind == "school"]
    if not schools:
        return None
    figures = school_facts(page.facts)
    columns = [page.definitions.indicators[name] for name in SCHOOL_INDICATORS]
    rows = [(site, [(one, figures.get(site.site, {}).get(one.id)) for one in columns]) for site in schools]
    return {"columns": columns, "rows": rows}


def build_assessments(page: PlacePage) -> Mapping[str, Any] | None:
    """SCB's area type by year, and which areas on the police's list some of the people here live in."""
    reading = next((one for one in page.readings if one.indicator.id == "area_type"), None)
    overlaps = page.geography.police_overlaps(page.keys)
    if reading is None and not overlaps:
        return None
    return {"area_type": reading, "overlaps": overlaps}


def build_borders(page: PlacePage) -> Mapping[str, Any]:
    """The place's area versions, and what its division says of itself."""
    versions = [page.facts.areas[key] for key in page.keys if key in page.facts.areas]
    definition = page.definitions.divisions[str(page.division)]
    return {
        "versions": versions,
        "definition": definition,
        "approximate": any(one.approximate for one in versions),
    }


# Internals

# Putting out names takes half a second and the drawing has no figures in it, so it is kept as long as its borders are.
_maps: dict[tuple[str, ...], Svg] = {}


def _place_map(page: PlacePage, neighbours: list[str]) -> Svg:
    key = (page.geography.fingerprint, page.place.division, page.code, language())
    if key not in _maps:
        _maps[key] = _draw_place_map(page, neighbours)
    return _maps[key]


def _draw_place_map(page: PlacePage, neighbours: list[str]) -> Svg:
    """The place, its neighbours as links, and markers for what stands here and around."""
    where = page.geography
    shapes = where.shapes(page.division)

    def outline(code: str) -> Outline:
        return Outline(code, where.name(page.division, code), shapes[code])

    markers = tuple(
        Marker(_MARKER_KINDS[site.kind], site.name, site.x, site.y)
        for site in page.facts.sites
        if site.kind in _MARKER_KINDS
    )
    # Neighbours first, so that their names get room; the others fill the frame.
    others = [*neighbours, *(code for code in shapes if code not in neighbours and code != page.code)]
    around = tuple((outline(code), page.links.get(code, "")) for code in others)
    title = str(_("Karta över %(place)s med grannområden och det som finns här")) % {"place": page.place.name}
    place = PlaceDrawing(outline(page.code), around, markers)
    return Svg(render(draw_place(place, title=title, paint=paint_for_page())))
