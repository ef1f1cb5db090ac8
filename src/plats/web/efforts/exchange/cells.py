"""What one cell says, and what it means. Everything that is written here is read back unchanged.

A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that already looks
guarded; reading takes one away. Several things in a cell stand on a line each, their parts between bars.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from plats.web.common.days import EARLIEST, LATEST

_GUARDED = re.compile(r"'* *[=+\-@\t\r\n]")
_UNKNOWN_ESCAPES = re.compile(r"\\(.)", re.DOTALL)
_MOST_DIGITS = 20
_ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
_MEANINGS = {"\\": "\\", "|": "|", "n": "\n", "s": " "}


def shielded(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _GUARDED.match(text) else text


def bared(text: str) -> str:
    """The text as it was before it was shielded. A line break is one sign, whoever wrote it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def lines_of(things: Sequence[Sequence[str]]) -> str:
    """Several things in one cell."""
    return "\n".join(" | ".join(_escaped(part) for part in parts).rstrip(" ") for parts in things)


def things_of(cell: str, width: int) -> list[list[str]]:
    """The things a cell holds, each with `width` parts; parts left out at the end are empty. ValueError for more."""
    found = []
    for line in cell.split("\n"):
        if not line.strip():
            continue
        parts = _split(line)
        if len(parts) > width:
            raise ValueError(line)
        found.append(parts + [""] * (width - len(parts)))
    return found


def number_text(value: Decimal | float | None) -> str:
    """A number with a decimal comma, as exactly as it is held; '' when it is not known."""
    return "" if value is None else str(value).replace(".", ",")


def decimal_of(text: str) -> Decimal:
    """A number, with comma or point, thousands apart or not. ValueError otherwise, and for one that nothing counts."""
    try:
        found = Decimal(_plain_number(text))
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite() or found.adjusted() > _MOST_DIGITS:
        raise ValueError(text)
    return found


def float_of(text: str) -> float:
    """A number as the processor holds it. ValueError otherwise."""
    found = float(_plain_number(text))
    if not math.isfinite(found):
        raise ValueError(text)
    return found


def whole_of(text: str) -> int:
    """A whole number. ValueError otherwise."""
    found = decimal_of(text)
    if found != found.to_integral_value():
        raise ValueError(text)
    return int(found)


def date_text(value: date | None) -> str:
    return value.isoformat() if value else ""


def date_of(text: str) -> date:
    """A day as 2026-01-31, within reason. ValueError otherwise."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day


# Internals


def _plain_number(text: str) -> str:
    return re.sub(r"[\s\u00a0]", "", text).replace(",", ".").replace("\u2212", "-")


def _escaped(part: str) -> str:
    text = re.sub(r"[\\|\n]", lambda found: _ESCAPES[found[0]], part)
    # A blank at an end belongs to the text; those beside the bars do not.
    return re.sub(r"^ | $", lambda _found: "\\s", text)


def _plain(part: str) -> str:
    return _UNKNOWN_ESCAPES.sub(lambda found: _MEANINGS.get(found[1], found[0]), part)


def _split(line: str) -> list[str]:
    """The parts between bars that are no signs of the text."""
    parts, current, escaped = [], "", False
    for sign in line:
        if sign == "|" and not escaped:
            parts.append(current)
            current = ""
        else:
            current += sign
        escaped = sign == "\\" and not escaped
    return [_plain(part.strip(" ")) for part in [*parts, current]]
