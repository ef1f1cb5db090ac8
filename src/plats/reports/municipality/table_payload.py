"""The report's tables as plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plats.catalog.models import Indicator
from plats.derive.readings import Distribution
from plats.facts.query import Fact
from plats.reports.municipality.model import AreaTable, Report, School, SourceRow
from plats.reports.municipality.words import Written, column_unit, period, written
from plats.vocabulary.cells import SIGNS, State
from plats.vocabulary.codes import Division


def figure(one: Written) -> dict[str, Any]:
    return {"number": one.number, "unit": one.unit, "unstable": one.unstable, "state": one.state.value}


def area_table(table: AreaTable, municipality: str) -> dict[str, Any]:
    """All areas with the headline indicators; the municipality and the nation last."""
    spreads = [table.distributions[one.id] for one in table.indicators]
    rows = [
        {
            "name": table.names[code],
            "cells": [
                _cell(table.fact(one.id, code), one, table.distributions[one.id].period)
                for one in table.indicators
            ],
        }
        for code in table.codes
    ]
    whole = [_total(spread, spread.municipality, Division.MUNICIPALITY) for spread in spreads]
    nation = [_total(spread, spread.nation, Division.NATION) for spread in spreads]
    return {
        "title": table.division.plural.sv,
        "columns": [
            {
                "title": spread.indicator.short_title.sv,
                "unit": column_unit(spread.indicator),
                "period": period(spread.facts[0]) if spread.facts else "",
            }
            for spread in spreads
        ],
        "rows": rows,
        "totals": [{"name": municipality, "cells": whole}, {"name": "Sverige", "cells": nation}],
    }


def school_table(schools: Sequence[School], indicators: Sequence[Indicator]) -> dict[str, Any]:
    """Every school with its own results; a figure from another period than its column's carries its own."""
    latest = {one.id: _latest(schools, one) for one in indicators}
    shown = [one for one in indicators if latest[one.id] is not None]
    return {
        "columns": [
            {
                "title": one.short_title.sv,
                "unit": column_unit(one),
                "period": latest[one.id].period.text,  # type: ignore[union-attr]
            }
            for one in shown
        ],
        "rows": [
            {
                "name": school.site.name,
                "about": ", ".join(part for part in (school.site.detail, school.area_name) if part),
                "cells": [
                    _cell(school.facts.get(one.id), one, latest[one.id].period.text)  # type: ignore[union-attr]
                    for one in shown
                ],
            }
            for school in schools
        ],
        "cannot": [f"{one.short_title.sv}: {one.cannot_say.sv}" for one in shown],
    }


def school_notes(school: School) -> str:
    """A school's results in one line, each with its period; states without a number are said too."""
    notes = [
        f"{name} {written(school.facts[key], unit_of).text} ({school.facts[key].period.text})"
        for key, name, unit_of in _notes(school)
    ]
    return ", ".join([school.site.detail, *notes] if school.site.detail else notes)


def police_list(report: Report) -> dict[str, Any]:
    """The areas on the police's list, as text: edition, whose assessment and of what."""
    editions = sorted({area.key.edition for area in report.police})
    definition = report.police_division
    source = next((one.source for one in definition.editions if one.edition in editions), "")
    return {
        "areas": [area.name for area in report.police],
        "editions": ", ".join(editions),
        "description": definition.description.sv,
        "note": definition.note.sv if definition.note else "",
        "source": source,
    }


def source_row(row: SourceRow) -> dict[str, str]:
    known = row.provenance
    return {
        "agency": known.agency,
        "title": known.title,
        "table": known.table,
        "address": known.address,
        "licence": known.licence,
        "retrieved": known.retrieved,
        "sha256": row.sha256,
        "note": known.note,
    }


# Internals


def _cell(fact: Fact | None, indicator: Indicator, column_period: str) -> dict[str, str]:
    one = written(fact, indicator.unit)
    own = "" if fact is None or fact.period.text == column_period else f" ({fact.period.text})"
    return {"text": f"{one.number}{own}", "star": "*" if one.unstable else "", "state": one.state.value}


def _total(spread: Distribution, fact: Fact | None, division: Division) -> dict[str, str]:
    """The municipality's or the nation's cell; "." where the indicator is never made for it."""
    if fact is None and division not in spread.indicator.divisions:
        return {"text": SIGNS[State.NOT_APPLICABLE], "star": "", "state": State.NOT_APPLICABLE.value}
    return _cell(fact, spread.indicator, spread.period)


def _latest(schools: Sequence[School], indicator: Indicator) -> Fact | None:
    found = [school.facts[indicator.id] for school in schools if indicator.id in school.facts]
    return max(found, key=lambda fact: fact.period.start, default=None)


def _notes(school: School) -> list[tuple[str, str, Any]]:
    from plats.vocabulary.units import Unit

    wanted = [
        ("pupils", "elever", Unit.COUNT),
        ("merit_rating", "meritvärde", Unit.MERIT_POINTS),
        ("certified_teachers_share", "behöriga lärare", Unit.SHARE),
        ("survey_safety", "trygghet enligt eleverna", Unit.SCORE_0_10),
    ]
    return [one for one in wanted if one[0] in school.facts]
