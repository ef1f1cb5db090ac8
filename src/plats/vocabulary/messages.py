"""Messages: a Swedish sentence with its figures still apart, so that page and report say the same thing.

`derive` decides what is true and builds a `Message`; the page translates the sentence and writes the figures in
the reader's language, the report writes it in Swedish. The Swedish text is also the message id of the English
catalog, so it is always a plain literal: ``Message("{name} hade {count} invånare.", name=..., count=...)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plats.vocabulary.units import NBSP, Unit, symbol_of, write_number, write_value

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number inside a sentence: written in its unit, with the unit's word when `with_unit`."""

    value: float
    unit: Unit
    with_unit: bool = False

    def write(self, language: str = "sv") -> str:
        text = write_value(self.value, self.unit, language)
        symbol = symbol_of(self.unit, language)
        return f"{text}{NBSP}{symbol}" if self.with_unit and symbol else text


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number inside a sentence."""

    value: int

    def write(self, language: str = "sv") -> str:
        return write_number(self.value, 0, language)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name from a definition file, in both languages."""

    sv: str
    en: str

    def write(self, language: str = "sv") -> str:
        return self.sv if language == "sv" else self.en


Part = str | Figure | Count | Bilingual


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A sentence with named parts."""

    text: str
    parts: Mapping[str, Part]

    def __init__(self, text: str, /, **parts: Part) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "parts", MappingProxyType(parts))

    def say(self, translate: Translate = str, language: str = "sv") -> str:
        """The sentence in `language`, its template passed through `translate`."""
        written = {
            name: part if isinstance(part, str) else part.write(language) for name, part in self.parts.items()
        }
        return translate(self.text).format(**written)

    def __str__(self) -> str:
        return self.say()
