"""How the report writes figures, states, ranks and periods in Swedish."""

from __future__ import annotations

from dataclasses import dataclass

from plats.catalog.models import Indicator
from plats.derive.readings import Reading
from plats.facts.query import Fact, RankInterval
from plats.vocabulary.cells import SIGNS, State
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Message
from plats.vocabulary.periods import PeriodKind
from plats.vocabulary.units import MINUS, NBSP, Unit, symbol_of, write_value

STATE_WORDS: dict[State, str] = {
    State.VALUE: "värde",
    State.UNSTABLE: "osäkert värde",
    State.HIDDEN: "dold",
    State.MISSING: "saknas",
    State.NOT_APPLICABLE: "ej tillämplig",
}

LEGEND: tuple[tuple[str, str], ...] = (
    ("62,3", "Siffran visas."),
    (
        "62,3*",
        "Osäker siffra: få personer, ett brett intervall eller ofullständig täckning. Skälet står intill.",
    ),
    ("..", "Dold uppgift: gruppen är så liten att enskilda personer kan kännas igen."),
    ("saknas", "Uppgiften finns inte inläst. Den räknas aldrig som noll."),
    (".", "Ej tillämpligt: en sådan siffra kan inte finnas."),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as the reader meets it: the number or the state's sign, its unit and its star."""

    number: str
    unit: str
    unstable: bool
    state: State

    @property
    def text(self) -> str:
        """In one piece: "60,0 %", "62,5 %*", "..", "saknas"."""
        unit = f"{NBSP}{self.unit}" if self.unit else ""
        return f"{self.number}{unit}{'*' if self.unstable else ''}"

    @property
    def bare(self) -> str:
        """Without the unit, for columns whose heading has it: "60,0", "62,5*"."""
        return f"{self.number}{'*' if self.unstable else ''}"


def written(fact: Fact | None, unit: Unit) -> Written:
    """A fact as it is written; no fact at all is missing, never zero and never blank."""
    if fact is None:
        return Written(SIGNS[State.MISSING], "", unstable=False, state=State.MISSING)
    cell = fact.cell
    if not cell.shows_number:
        return Written(SIGNS[cell.state], "", unstable=False, state=cell.state)
    number = write_value(cell.number, unit)
    return Written(number, symbol_of(unit), unstable=cell.state is State.UNSTABLE, state=cell.state)


def beside(fact: Fact | None, indicator: Indicator, division: Division) -> str:
    """The figure of the municipality or the nation; "." where none is ever made or it would say nothing."""
    if fact is None and division not in indicator.divisions:
        return SIGNS[State.NOT_APPLICABLE]
    if indicator.unit is Unit.COUNT and division is Division.NATION:
        return SIGNS[State.NOT_APPLICABLE]
    return written(fact, indicator.unit).bare


def difference(reading: Reading) -> str:
    """The distance to the municipality with its sign, or a count's share of all; "." where there is none."""
    if reading.difference is None or reading.municipality is None:
        return SIGNS[State.NOT_APPLICABLE]
    if reading.indicator.unit is Unit.COUNT:
        whole = reading.municipality.cell.number
        share = reading.fact.cell.number / whole if whole else 0.0
        return f"{write_value(share, Unit.SHARE)}{NBSP}% av alla" if whole else SIGNS[State.NOT_APPLICABLE]
    unit = Unit.PERCENTAGE_POINTS if reading.indicator.unit is Unit.SHARE else reading.indicator.unit
    text = write_value(reading.difference, unit)
    zero = write_value(0.0, unit)
    return text if text.startswith(MINUS) or text == zero else f"+{text}"


def rank(interval: RankInterval | None) -> str:
    """A rank interval: "11–13 av 22", or one number when the ends are equal."""
    if interval is None:
        return ""
    low, high = min(interval.low, interval.high), max(interval.low, interval.high)
    place = f"{low}" if low == high else f"{low}–{high}"
    return f"{place} av {interval.of}"


def period(fact: Fact) -> str:
    """The figure's own period: 2022, riksdagsvalet 2018, läsåret 2024/25."""
    return fact.period.label if fact.period.kind is not PeriodKind.YEAR else fact.period.text


def sentence(message: Message) -> str:
    """A message in Swedish, with a capital and a full stop."""
    text = message.say()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def sentences(messages: tuple[Message, ...]) -> str:
    return " ".join(sentence(message) for message in messages)


def listed(names: tuple[str, ...] | list[str]) -> str:
    """ "A, B och C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"


def column_unit(indicator: Indicator) -> str:
    """What a column's figures are counted in: "%", "tkr", "antal"."""
    return symbol_of(indicator.unit) or ("antal" if indicator.unit is Unit.COUNT else "")
