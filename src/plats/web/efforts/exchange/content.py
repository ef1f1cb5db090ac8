"""An effort as a file has it: its own fields, and what belongs to it by names that mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.utils import translation

from plats.web.efforts.exchange import cells
from plats.web.efforts.kinds import EffortKind, EffortState, FactorKind, Moment, PreventionLevel, Sex
from plats.web.efforts.models import Effort

PERCENT = 10_000
"""How many millionths are a percent."""


@dataclass(frozen=True)
class Content:
    """All that a row says. `places` are (id, share), `partners` (name, part); the rest as the columns have it."""

    organisation: str
    values: Mapping[str, Any]
    goals: Sequence[str] = ()
    places: Sequence[tuple[str, int | None]] = ()
    partners: Sequence[tuple[str, str]] = ()
    resources: Sequence[tuple[Any, ...]] = ()
    services: Sequence[tuple[Any, ...]] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it takes, and how a value is written and read."""

    heading: str
    takes: str
    name: str = ""
    write: Callable[[Any], str] = field(default=str)
    read: Callable[[str], Any] = field(default=str)


def _choice(heading: str, name: str, kinds: type[models.TextChoices], empty: str = "") -> Column:
    words = {str(label): value for value, label in kinds.choices}
    labels = {value: label for label, value in words.items()}

    def read(text: str) -> str:
        if not text.strip():
            return empty
        plain = text.strip()
        if plain not in words and plain not in labels:
            raise ValueError(text)
        return str(words.get(plain, plain))

    return Column(heading, ", ".join(words), name, lambda value: labels.get(value, ""), read)


def _text(heading: str, name: str, takes: str = "text") -> Column:
    return Column(heading, takes, name)


def _typed(
    heading: str, name: str, takes: str, write: Callable[[Any], str], read: Callable[[str], Any]
) -> Column:
    return Column(
        heading,
        takes,
        name,
        lambda value: "" if value is None else write(value),
        lambda text: read(text.strip()) if text.strip() else None,
    )


def _whole(heading: str, name: str) -> Column:
    return _typed(heading, name, "heltal; tomt om det är okänt", str, cells.whole_of)


def _day(heading: str, name: str) -> Column:
    return _typed(heading, name, "datum som 2026-01-31; tomt om det är okänt", cells.date_text, cells.date_of)


def _yes(heading: str, name: str, takes: str) -> Column:
    def read(text: str) -> bool:
        return {"ja": True, "nej": False, "": False}[text.strip().lower()]

    return Column(heading, takes, name, lambda value: "ja" if value else "nej", read)


@cache
def columns() -> tuple[Column, ...]:
    """The columns of an effort's own fields, in the order of the file. In Swedish whoever asks: a file has one form."""
    with translation.override("sv"):
        return _columns()


def _columns() -> tuple[Column, ...]:
    return (
        _text("Rubrik", "title", "text, högst 200 tecken"),
        _text("Vad som görs", "summary"),
        _choice("Slag", "kind", EffortKind),
        _choice("För vem", "level", PreventionLevel, PreventionLevel.UNKNOWN),
        _choice("När", "moment", Moment, Moment.UNKNOWN),
        _choice("Läge", "state", EffortState, EffortState.UNKNOWN),
        _day("Från", "starts_on"),
        _day("Till och med", "ends_on"),
        _text("Problem", "problem", "text; måste fyllas i"),
        _text("Orsak", "cause", "text; måste fyllas i"),
        _choice("Faktor", "factor_kind", FactorKind),
        _text("Skydds- eller riskfaktor", "factor"),
        _whole("Ålder från", "age_from"),
        _whole("Ålder till", "age_to"),
        _choice("Kön", "sex", Sex, Sex.ALL),
        _whole("Målgruppens storlek", "group_size"),
        _text("Indikator för effekt", "effect_indicator", "indikatorns id"),
        _text("Väntad effekt", "effect"),
        _typed(
            "Effektens storlek",
            "effect_size",
            "tal; tomt om det är okänt",
            cells.number_text,
            cells.float_of,
        ),
        _whole("Effekten syns år", "effect_year"),
        _text("Så följs det upp", "follow_up"),
        _day("Uppgiften gäller", "as_of"),
        _text("Källa", "source_title"),
        _text("Källans adress", "source_url"),
        _text("Diarienummer", "case_number"),
        _yes("Publicerad", "is_public", "ja eller nej; ändras bara av den som får publicera"),
        _yes("Exempel", "is_example", "ja eller nej; ändras inte i filen"),
    )


ID, REVISION, OWNER = "Id", "Ändring", "Organisation"
GOALS, PLACES, PARTNERS, RESOURCES, SERVICES = "Mål", "Platser", "Medverkande", "Resurser", "Service"
BELONGING = (
    Column(GOALS, "målets adress, en per rad i cellen"),
    Column(PLACES, "platsens id | andel i procent, en per rad; andelen tom om den är okänd"),
    Column(PARTNERS, "organisation | del i insatsen, en per rad"),
    Column(RESOURCES, "år | platsens id | finansiering | kronor | timmar | antal platser, en per rad"),
    Column(
        SERVICES,
        "platsens id | var | öppettider | kontakt | telefon | webbplats | språk | utan tidsbokning ja/nej | väntetid i "
        "dagar | lätt svenska | engelska, en per rad",
    ),
)


@cache
def header() -> tuple[str, ...]:
    """The headings, in the order of the file."""
    return (ID, REVISION, OWNER, *(one.heading for one in columns()), *(one.heading for one in BELONGING))


def written(content: Content) -> dict[str, str]:
    """The cells of a row by their headings, without number and revision."""
    found = {OWNER: content.organisation}
    for column in columns():
        found[column.heading] = column.write(content.values[column.name])
    found[GOALS] = "\n".join(sorted(content.goals))
    found[PLACES] = cells.lines_of(sorted((place, _share(share)) for place, share in content.places))
    found[PARTNERS] = cells.lines_of(sorted(content.partners))
    found[RESOURCES] = cells.lines_of(sorted(map(_resource, content.resources)))
    found[SERVICES] = cells.lines_of(sorted(map(_service, content.services)))
    return found


def values_of(effort: Effort) -> dict[str, Any]:
    """An effort's own fields."""
    return {column.name: getattr(effort, column.name) for column in columns()}


# Internals


def _share(millionths: int | None) -> str:
    """A share in percent, exact: a millionth is a ten-thousandth of a percent."""
    if millionths is None:
        return ""
    return cells.number_text((Decimal(millionths) / PERCENT).normalize() + 0)


def _resource(parts: tuple[Any, ...]) -> list[str]:
    year, place, source, ore, hours, seats = parts
    kronor = "" if ore is None else cells.number_text((Decimal(ore) / 100).quantize(Decimal("0.01")))
    return [str(year), place, source, kronor, _known(hours), _known(seats)]


def _service(parts: tuple[Any, ...]) -> list[str]:
    *texts, without, waiting, easy, english = parts
    said = {True: "ja", False: "nej", None: ""}[without]
    return [*texts, said, _known(waiting), easy, english]


def _known(number: int | None) -> str:
    return "" if number is None else str(number)
