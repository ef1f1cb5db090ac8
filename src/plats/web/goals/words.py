"""Whether a target will be reached, in a sentence: what can be said, or why nothing more than distance and pace is."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plats.analysis.outlook.backtest import FEWEST_POINTS
from plats.derive.outlooks import COVERAGE, FEWEST_PLACES, Answer, Ground
from plats.vocabulary.units import NBSP, Unit, symbol_of, write_number, write_value
from plats.web.common.language import language
from plats.web.goals.figures import Progress
from plats.web.goals.kinds import TargetScope


def with_unit(number: float, unit: Unit) -> str:
    """A number with its unit: 4,2 procentenheter."""
    symbol = symbol_of(unit, language())
    written = write_value(number, unit, language())
    return f"{written}{NBSP}{symbol}" if symbol else written


def verdict(one: Progress) -> str:
    """What is said of whether the target will be reached."""
    if one.way is None:
        return _(
            "Avstånd och takt kan inte räknas: ett värde saknas, är dolt eller är äldre än utgångsläget."
        )
    if one.way.reached:
        return _("Målet är nått. Om det håller till målåret sägs inte.")
    if one.way.years_left == 0:
        return _("Målåret är passerat och målet är inte nått.")
    if one.is_short:
        return _short(one.points)
    return _alone(one) if one.ahead is None else _WORDS[one.ahead.ground](one, one.ahead)


def about_kind(one: Progress) -> str:
    """Which areas a target for a kind of area follows."""
    if one.kind is None or one.kind.year is None or not one.kind.areas:
        return ""
    count = len(one.kind.areas)
    return ngettext(
        "%(count)s område som hade typen %(year)s. Samma område följs alla år.",
        "%(count)s områden som hade typen %(year)s. Samma områden följs alla år.",
        count,
    ) % {"count": count, "year": one.kind.year}


# Internals


def _short(points: int) -> str:
    return ngettext(
        "%(n)s jämförbar punkt: för kort serie för att säga om målet nås. Det krävs åtta i rad.",
        "%(n)s jämförbara punkter: för kort serie för att säga om målet nås. Det krävs åtta i rad.",
        points,
    ) % {"n": points}


def _alone(one: Progress) -> str:
    if one.target.scope == TargetScope.GAP:
        return _("Prognosen räknas plats för plats. För en skillnad sägs bara avstånd och takt.")
    return _("Prognosen räknas plats för plats. För ett slags områden sägs bara avstånd och takt.")


def _few_places(_one: Progress, answer: Answer) -> str:
    return ngettext(
        "Serien är lång nog, men bara %(n)s plats har den. En prognos lär av minst %(needed)s platser, så här sägs "
        "bara avstånd och takt.",
        "Serien är lång nog, men bara %(n)s platser har den. En prognos lär av minst %(needed)s platser, så här sägs "
        "bara avstånd och takt.",
        answer.places,
    ) % {"n": answer.places, "needed": FEWEST_PLACES}


def _beyond(_one: Progress, answer: Answer) -> str:
    return _(
        "För kort serie: med %(points)s punkter går det att pröva %(furthest)s år framåt. Målåret ligger %(horizon)s "
        "år bort."
    ) % {"points": answer.points, "furthest": answer.furthest, "horizon": answer.horizon}


def _weak(_one: Progress, answer: Answer) -> str:
    if answer.test is not None and answer.test.mean_error >= answer.test.unchanged_error:
        return _(
            "Prognosen är prövad mot tidigare år och bär inte: att gissa att inget ändras hade träffat lika nära. "
            "Därför sägs bara avstånd och takt."
        )
    held = answer.test.coverage if answer.test is not None else 0.0
    return _(
        "Prognosen är prövad mot tidigare år och bär inte: intervallet höll %(held)s av gångerna, och ska hålla "
        "%(wanted)s. Därför sägs bara avstånd och takt."
    ) % {"held": with_unit(held, Unit.SHARE), "wanted": with_unit(COVERAGE, Unit.SHARE)}


def _tried(one: Progress, answer: Answer) -> str:
    if answer.expected is None:
        return ""
    year = one.target.target_year
    expected = with_unit(answer.expected.value, one.shown_unit)
    hundred = _of_a_hundred(answer.expected.chance)
    return _(
        "Går det som hittills är %(expected)s att vänta %(year)s. Av hundra liknande kurvor har %(hundred)s gått så "
        "långt att målet hade nåtts. Nya beslut finns inte med i det."
    ) % {"expected": expected, "year": year, "hundred": hundred}


def _of_a_hundred(chance: float) -> str:
    """A chance is never none and never certain, and is not written as if it were."""
    if chance < 0.01:
        return _("färre än en")
    if chance > 0.99:
        return _("fler än 99")
    return _("ungefär %(n)s") % {"n": write_number(100 * chance, 0, language())}


_WORDS: dict[Ground, Callable[[Progress, Answer], str]] = {
    Ground.SHORT: lambda _one, answer: _short(min(answer.points, FEWEST_POINTS - 1)),
    Ground.PASSED: lambda _one, _answer: _("Målåret är passerat och målet är inte nått."),
    Ground.FEW_PLACES: _few_places,
    Ground.BEYOND: _beyond,
    Ground.WEAK: _weak,
    Ground.TRIED: _tried,
}
