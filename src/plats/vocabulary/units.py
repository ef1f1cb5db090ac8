"""Units: what a number counts, and how it is written.

A share is 0-1 inside the program and written as percent; a percent (0-100) never travels under the name share.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NBSP = "\u00a0"
MINUS = "\u2212"


class Unit(StrEnum):
    COUNT = "count"
    SHARE = "share"
    PERCENTAGE_POINTS = "percentage_points"
    TKR = "tkr"
    PER_1000 = "per_1000"
    MERIT_POINTS = "merit_points"
    SCORE_0_10 = "score_0_10"
    PUPILS_PER_TEACHER = "pupils_per_teacher"
    INDEX = "index"
    AREA_CLASS = "area_class"
    SEGREGATION_INDEX = "segregation_index"
    METRES = "metres"


@dataclass(frozen=True, slots=True)
class UnitForm:
    """How numbers of a unit are written."""

    decimals: int
    scale: float
    symbol: str
    word_sv: str
    word_en: str


FORMS: dict[Unit, UnitForm] = {
    Unit.COUNT: UnitForm(0, 1, "", "antal", "number"),
    Unit.SHARE: UnitForm(1, 100, "%", "procent", "per cent"),
    Unit.PERCENTAGE_POINTS: UnitForm(1, 100, "procentenheter", "procentenheter", "percentage points"),
    Unit.TKR: UnitForm(1, 1, "tkr", "tusen kronor", "thousand kronor"),
    Unit.PER_1000: UnitForm(
        1, 1, "per 1" + NBSP + "000", "per 1" + NBSP + "000 invånare", "per 1,000 inhabitants"
    ),
    Unit.MERIT_POINTS: UnitForm(1, 1, "poäng", "meritpoäng", "merit points"),
    Unit.SCORE_0_10: UnitForm(1, 1, "av 10", "på en skala 0–10", "on a scale from 0 to 10"),
    Unit.PUPILS_PER_TEACHER: UnitForm(1, 1, "elever per lärare", "elever per lärare", "pupils per teacher"),
    Unit.INDEX: UnitForm(1, 1, "", "index", "index"),
    Unit.AREA_CLASS: UnitForm(0, 1, "", "områdestyp", "area type"),
    Unit.SEGREGATION_INDEX: UnitForm(3, 1, "", "segregationsindex", "segregation index"),
    Unit.METRES: UnitForm(0, 1, "meter", "meter", "metres"),
}


def decimals_of(unit: Unit) -> int:
    return FORMS[unit].decimals


def write_number(value: float, decimals: int, language: str = "sv") -> str:
    """A number as a reader of `language` writes it: decimal comma and hard blanks in Swedish.

    Rounds half away from zero on the written decimals, as the agencies' tables do; minus is U+2212.
    """
    from decimal import ROUND_HALF_UP, Decimal

    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    if language == "sv":
        text = text.replace(",", NBSP).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def write_value(value: float, unit: Unit, language: str = "sv") -> str:
    """A value in its unit without the symbol: a share of 0.6004 is '60,0'."""
    form = FORMS[unit]
    return write_number(value * form.scale, form.decimals, language)


def symbol_of(unit: Unit, language: str = "sv") -> str:
    """The short text after the number; '' where the number stands alone."""
    form = FORMS[unit]
    if language != "sv" and form.symbol not in ("", "%", "tkr"):
        return form.word_en
    return form.symbol
