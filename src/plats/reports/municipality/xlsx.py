"""The report as a workbook: every figure on its own row, with value and state apart.

A cell whose state shows no number is empty in the value column and says its state in the next, so that a sum over
the column never counts what is hidden or missing as zero.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from plats.reports.municipality.model import Difference, FigureRow, Report
from plats.reports.municipality.payload import difference_number, difference_sentences
from plats.reports.municipality.words import LEGEND, STATE_WORDS, column_unit, period, written
from plats.reports.municipality.workbook import Cell, Column, Sheets
from plats.vocabulary.units import FORMS, Unit

FIGURE_COLUMNS = (
    Column("Indelning", 18),
    Column("Utgåva", 8),
    Column("Kod", 12),
    Column("Område", 26),
    Column("Tema-id", 12),
    Column("Indikator-id", 28),
    Column("Indikator", 36),
    Column("Period", 14),
    Column("Kön", 8),
    Column("Ålder", 14),
    Column("Värde", 12, "value"),
    Column("Läge", 14),
    Column("Enhet", 20),
    Column("Orsak", 40),
    Column("Täljare", 11, "count"),
    Column("Nämnare", 11, "count"),
    Column("Intervall från", 13, "value"),
    Column("Intervall till", 13, "value"),
    Column("Rang från", 10, "whole"),
    Column("Rang till", 10, "whole"),
    Column("Av antal områden", 16, "whole"),
    Column("Täckning", 10, "share"),
    Column("Metod", 20),
    Column("Källa", 36),
)


def write_xlsx(report: Report) -> bytes:
    """The workbook. The same report gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    # Text stays text: a name that begins with =, +, - or @ is never run as a formula.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    moment = datetime(report.stamp.on.year, report.stamp.on.month, report.stamp.on.day, tzinfo=UTC)
    book.set_properties(
        {
            "title": f"Platsrapport för {report.stamp.municipality}",
            "author": f"{report.stamp.municipality} kommun",
            "created": moment.replace(tzinfo=None),
            "comments": f"Lagrets version {report.stamp.version}",
        }
    )
    sheets = Sheets(book)
    sheets.add("Läs mig", (Column("Platsrapport", 24), Column("", 100)), _read_me(report))
    sheets.add("Sammanfattning", _summary_columns(report), _summary(report))
    sheets.add("Skillnader", _DIFFERENCE_COLUMNS, (_difference(one) for one in report.differences))
    sheets.add("Siffror", FIGURE_COLUMNS, (_figure(row) for row in report.figures), _figure_formats(report))
    sheets.add("Källor", _SOURCE_COLUMNS, _sources(report))
    sheets.add("Metoder", _METHOD_COLUMNS, _methods(report))
    sheets.add("Saknas", _MISSING_COLUMNS, ((m.title.sv, m.why.sv, m.how_to_add.sv) for m in report.missing))
    book.close()
    return target.getvalue()


# Internals

_DIFFERENCE_COLUMNS = (
    Column("Tema", 20),
    Column("Indikator", 36),
    Column("Period", 20),
    Column("Skillnad", 12),
    Column("I ord", 90),
    Column("Utan siffra", 60),
)
_SOURCE_COLUMNS = (
    Column("Myndighet", 32),
    Column("Titel", 60),
    Column("Tabell", 40),
    Column("Adress", 50),
    Column("Licens", 26),
    Column("Hämtat", 12),
    Column("sha256", 66),
    Column("Dataset", 40),
    Column("Anmärkning", 60),
)
_METHOD_COLUMNS = (
    Column("Indikator-id", 28),
    Column("Indikator", 40),
    Column("Definition", 60),
    Column("Täljare", 40),
    Column("Nämnare", 40),
    Column("Riktning", 20),
    Column("Metod", 34),
    Column("Version", 24),
    Column("Det här går inte att säga", 80),
)
_MISSING_COLUMNS = (Column("Tema", 34), Column("Varför", 80), Column("Så läggs det till", 80))
_DIRECTIONS = {
    "higher_is_better": "högre är bättre",
    "lower_is_better": "lägre är bättre",
    "none": "ingen riktning",
}


def _figure(row: FigureRow) -> tuple[Cell, ...]:
    fact, cell = row.fact, row.fact.cell
    shown = cell.shows_number
    rank = fact.rank
    return (
        str(fact.area.division),
        fact.area.edition,
        fact.area.code,
        row.area_name,
        row.indicator.theme,
        fact.indicator,
        row.indicator.title.sv,
        fact.period.text,
        {"total": "alla", "women": "kvinnor", "men": "män"}.get(fact.sex, fact.sex),
        "alla" if fact.age == "total" else fact.age,
        cell.value,
        STATE_WORDS[cell.state],
        "andel (0–1)" if row.indicator.unit is Unit.SHARE else FORMS[row.indicator.unit].word_sv,
        cell.reason,
        cell.numerator if shown else None,
        cell.denominator if shown else None,
        fact.low if shown else None,
        fact.high if shown else None,
        rank.low if rank and shown else None,
        rank.high if rank and shown else None,
        rank.of if rank and shown else None,
        fact.coverage if shown else None,
        fact.method,
        ", ".join(row.sources),
    )


def _figure_formats(report: Report) -> list[str]:
    by_unit = {Unit.SHARE: "share", Unit.COUNT: "count", Unit.AREA_CLASS: "whole"}
    return [by_unit.get(row.indicator.unit, "one") for row in report.figures]


def _read_me(report: Report) -> list[tuple[Cell, ...]]:
    stamp = report.stamp
    return [
        ("Kommun", f"{stamp.municipality} ({stamp.code})"),
        ("Utskriven", stamp.on.isoformat()),
        ("Lagrets version", stamp.version),
        ("Definitionernas kontrollsumma", stamp.definitions),
        (
            "Bladet Siffror",
            "En rad per siffra. Är läget inte värde eller osäkert värde är värdet tomt, aldrig noll.",
        ),
        ("Andelar", "Skrivs som tal mellan 0 och 1 och visas som procent."),
        ("Skolor", "Skolornas resultat är skolornas, aldrig områdenas."),
        *((f"Läget {word}", _meaning(state.value)) for state, word in STATE_WORDS.items()),
    ]


def _meaning(state: str) -> str:
    order = ("value", "unstable", "hidden", "missing", "not_applicable")
    return LEGEND[order.index(state)][1]


def _summary_columns(report: Report) -> tuple[Column, ...]:
    columns = [Column("Indelning", 16), Column("Kod", 12), Column("Område", 28)]
    for indicator in _summary_indicators(report):
        columns.append(
            Column(
                f"{indicator.short_title.sv} ({column_unit(indicator)})", 14, _summary_format(indicator.unit)
            )
        )
        columns.append(Column(f"{indicator.short_title.sv}: läge", 12))
        columns.append(Column(f"{indicator.short_title.sv}: period", 14))
    return tuple(columns)


def _summary_format(unit: Unit) -> str:
    return {Unit.SHARE: "share", Unit.COUNT: "count"}.get(unit, "one")


def _summary_indicators(report: Report) -> list[Any]:
    found = {one.id: one for table in report.tables for one in table.indicators}
    return list(found.values())


def _summary(report: Report) -> list[tuple[Cell, ...]]:
    """The municipality, then every kommundel and RegSO area in geographic order."""
    wanted = _summary_indicators(report)
    rows: list[tuple[Cell, ...]] = []
    for table in report.tables:
        for code in table.codes:
            row: list[Cell] = [table.division.title.sv, code, table.names[code]]
            for indicator in wanted:
                fact = table.fact(indicator.id, code) if indicator.id in table.distributions else None
                row += [
                    fact.cell.value if fact is not None else None,
                    STATE_WORDS[written(fact, indicator.unit).state],
                    period(fact) if fact is not None else "",
                ]
            rows.append(tuple(row))
    return rows


def _difference(one: Difference) -> tuple[Cell, ...]:
    indicator = one.distribution.indicator
    absent = [
        f"{one.names.get(fact.area.code, fact.area.code)} ({STATE_WORDS[fact.cell.state]})"
        for fact in one.without_number
    ]
    return (
        one.theme.title.sv,
        indicator.title.sv,
        one.distribution.period,
        difference_number(one),
        " ".join(difference_sentences(one)),
        ", ".join(absent),
    )


def _sources(report: Report) -> list[tuple[Cell, ...]]:
    return [
        (
            row.provenance.agency,
            row.provenance.title,
            row.provenance.table,
            row.provenance.address,
            row.provenance.licence,
            row.provenance.retrieved,
            row.sha256,
            ", ".join(row.datasets),
            row.provenance.note,
        )
        for row in report.sources
    ]


def _methods(report: Report) -> list[tuple[Cell, ...]]:
    return [
        (
            indicator.id,
            indicator.title.sv,
            indicator.description.sv,
            indicator.numerator.sv,
            indicator.denominator.sv,
            _DIRECTIONS[indicator.direction.value],
            method.title,
            ", ".join(method.versions),
            indicator.cannot_say.sv,
        )
        for method in report.methods
        for indicator in method.indicators
    ]
