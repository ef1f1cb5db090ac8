"""Distances between areas: how far apart they are, in numbers and in words, and whether that has changed.

Direction is said only between at least two comparable points, over the same areas, and never about a figure whose
price base or definition is not settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plats.analysis.gaps import Gaps, gaps
from plats.derive.readings import Distribution, comparable
from plats.facts.query import Fact
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Bilingual, Figure, Message, Part
from plats.vocabulary.units import FORMS, Unit

ONE_POINT = Message("Ett mättillfälle: ingen utveckling visas.")


@dataclass(frozen=True)
class GapFinding:
    """How far apart the areas are, in numbers and in words."""

    numbers: Gaps
    difference: Figure
    sentence: Message
    development: Message


def gap(distribution: Distribution, people: dict[str, float]) -> GapFinding | None:
    """The distance between areas at the distribution's period; None with fewer than two areas that show a number.

    `people` weights the quantiles, by area code.
    """
    if len(distribution.shown) < 2:
        return None
    numbers = _gaps(distribution.shown, people)
    unit = _difference_unit(distribution.indicator.unit)
    parts: dict[str, Part] = {
        "unit": _unit_words(unit),
        "low": Figure(distribution.shown[numbers.lowest].cell.number, distribution.indicator.unit),
        "high": Figure(
            distribution.shown[numbers.highest].cell.number, distribution.indicator.unit, with_unit=True
        ),
    }
    sentence = Message("{unit} mellan lägsta och högsta område: {low} till {high}.", **parts)
    if distribution.division == Division.SCHOOL:
        sentence = Message("{unit} mellan lägsta och högsta skola: {low} till {high}.", **parts)
    elif unit in (Unit.COUNT, Unit.INDEX):
        sentence = Message("mellan lägsta och högsta område: {low} till {high}.", **parts)
    return GapFinding(
        numbers, Figure(numbers.highest_minus_lowest, unit), sentence, gap_development(distribution, people)
    )


def gap_development(distribution: Distribution, people: dict[str, float]) -> Message:
    """Whether the distance has grown or shrunk between the first and last comparable period, for the same areas."""
    indicator = distribution.indicator
    if indicator.no_direction_until is not None:
        return Message("{text}", text=indicator.no_direction_until.bilingual)
    by_period: dict[str, list[Fact]] = {}
    for fact in distribution.all_periods:
        if fact.cell.shows_number:
            by_period.setdefault(fact.period.text, []).append(fact)
    last = by_period.get(distribution.period, [])
    kept = comparable(
        indicator, sorted((facts[0] for facts in by_period.values()), key=lambda fact: fact.period.start)
    )
    earlier = [fact.period.text for fact in kept if fact.period.text != distribution.period]
    if not earlier or not last:
        return ONE_POINT
    first = by_period[earlier[0]]
    if {fact.area.code for fact in first} != {fact.area.code for fact in last}:
        return Message("Områdena är inte desamma som tidigare: ingen utveckling visas.")
    return _gap_change(indicator.unit, (first, last), people)


# Internals


def _gaps(facts: Sequence[Fact], people: dict[str, float]) -> Gaps:
    """Weighted by people where every area's number is known; else every area weighs the same, so that none is lost."""
    known = all(people.get(fact.area.code, 0.0) > 0 for fact in facts)
    weights = [people[fact.area.code] if known else 1.0 for fact in facts]
    return gaps(np.array([fact.cell.number for fact in facts]), np.array(weights))


def _gap_change(unit: Unit, ends: tuple[list[Fact], list[Fact]], people: dict[str, float]) -> Message:
    before, after = (_gaps(facts, people).highest_minus_lowest for facts in ends)
    difference = _difference_unit(unit)
    parts: dict[str, Part] = {
        "before": Figure(before, difference),
        "after": Figure(after, difference, with_unit=True),
        "first": ends[0][0].period.text,
        "last": ends[1][0].period.text,
    }
    if Figure(before, difference).write() == Figure(after, difference).write():
        return Message("Avståndet är lika stort {first} och {last}: {after}.", **parts)
    if after > before:
        return Message("Avståndet har ökat från {before} ({first}) till {after} ({last}).", **parts)
    return Message("Avståndet har minskat från {before} ({first}) till {after} ({last}).", **parts)


def _difference_unit(unit: Unit) -> Unit:
    """A difference between shares is in percentage points, never in percent."""
    return Unit.PERCENTAGE_POINTS if unit is Unit.SHARE else unit


def _unit_words(unit: Unit) -> Bilingual:
    form = FORMS[unit]
    return Bilingual(form.word_sv, form.word_en)
