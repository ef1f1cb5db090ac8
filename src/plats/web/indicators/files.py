"""What the files hold: a table of figures, a picture, the report. Made from the store's current version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from plats.catalog.models import Indicator
from plats.facts.files import write_bytes_atomically
from plats.reports.charts.choropleth import draw_choropleth
from plats.reports.charts.ranking import draw_ranking
from plats.reports.charts.series import draw_series
from plats.reports.charts.svg import Element, render
from plats.reports.pictures import breaks_of, map_sheet, ranking_of, series_of, shades_of
from plats.reports.raster import png
from plats.vocabulary.codes import AreaKey, Division
from plats.web.common.downloads import Row, Table
from plats.web.common.drawing import paint_for_file
from plats.web.common.language import language
from plats.web.indicators import queries
from plats.web.places.queries import facts, find_place

PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
REPORT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def figure_table(indicator: Indicator, division: Division) -> Table:
    """Every area and period of an indicator, with the municipality's and the nation's figures last."""
    reader = facts()
    distribution = queries.indicator_distribution(indicator, division, None)
    inside = list(distribution.all_periods) if distribution else []
    beside = queries.municipality_series(reader, indicator) + queries.nation_series(reader, indicator)
    setting = queries.setting_for(reader, division)
    rows = [
        Row(
            (
                setting.name(fact),
                str(fact.area.division),
                fact.area.edition,
                fact.area.code,
                fact.period.text,
                fact.sex,
            ),
            fact.cell,
            indicator.unit,
        )
        for fact in [*inside, *beside]
    ]
    chain = queries.chain_of(reader, inside[0]) if inside else []
    sources = [
        f"{step.provenance.agency}: {step.provenance.title} ({step.provenance.licence})"
        for step in chain
        if step.provenance
    ]
    columns = (_("område"), _("indelning"), _("utgåva"), _("kod"), _("period"), _("kön"))
    notes = (
        indicator.title.write(language()),
        indicator.description.write(language()),
        indicator.cannot_say.write(language()),
        *sources,
    )
    return Table(f"{indicator.id}-{division}", columns, rows, notes)


def picture_file(indicator: Indicator, division: Division, picture: str, kind: str) -> bytes | None:
    """A picture as SVG or PNG; None when there is nothing to draw or no such picture."""
    if kind not in PICTURE_TYPES:
        return None
    drawing = _drawing(indicator, division, picture)
    if drawing is None:
        return None
    text = render(drawing)
    return text.encode() if kind == "svg" else png(text)


def report_file(name: str, kind: str) -> bytes | None:
    """The municipality's report; None when there is no such report."""
    if kind not in REPORT_TYPES or name != settings.PLATS_MUNICIPALITY:
        return None
    return _kept(f"{name}.{kind}", lambda: _report(kind))


def place_report_file(division: str, slug: str) -> tuple[str, bytes] | None:
    """A place's name and its A4 as PDF; None when there is no such place."""
    place = find_place(division, slug)
    if place is None:
        return None
    key = place.versions.order_by("edition").first()
    if key is None:
        return None
    return place.slug, _kept(f"{division}-{slug}.pdf", lambda: _place_report(key.key))


# Internals


def _report(kind: str) -> bytes:
    from plats.reports.municipality.content import build
    from plats.reports.municipality.docx import write_docx
    from plats.reports.municipality.pdf import write_pdf
    from plats.reports.municipality.xlsx import write_xlsx

    writers = {"pdf": write_pdf, "docx": write_docx, "xlsx": write_xlsx}
    return writers[kind](build(facts(), queries.definitions(), _today()))


def _place_report(key: AreaKey) -> bytes:
    from plats.reports.municipality.content import build_place
    from plats.reports.municipality.pdf import write_place_pdf

    return write_place_pdf(build_place(facts(), queries.definitions(), key, _today()))


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    """A document kept beside the version of the figures it was made from, and made anew when they change."""
    kept = Path(settings.PLATS_HOME) / "reports" / facts().version.id / name
    if not kept.exists():
        write_bytes_atomically(kept, make())
    return kept.read_bytes()


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the date printed on the report


def _drawing(indicator: Indicator, division: Division, picture: str) -> Element | None:
    reader = facts()
    distribution = queries.indicator_distribution(indicator, division, None)
    if distribution is None or not distribution.shown:
        return None
    setting = queries.setting_for(reader, division)
    if picture == "rangordning":
        return draw_ranking(ranking_of(distribution, setting), paint_for_file())
    if picture == "serie" and len(distribution.periods) > 1:
        return draw_series(
            series_of(distribution, setting, queries.municipality_series(reader, indicator)), paint_for_file()
        )
    sheet = map_sheet(reader, division, distribution.edition)
    if picture == "karta" and sheet is not None:
        shades = shades_of(distribution, breaks_of(distribution), setting, {})
        return draw_choropleth(sheet, shades, title=indicator.title.write(language()), paint=paint_for_file())
    return None
