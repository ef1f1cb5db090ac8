"""Cells as text to states and numbers: decimal comma, blanks inside numbers, `..`, `.`, `~100`, formulas.

Nothing is guessed: a text that is neither a number in the declared form nor a declared sign is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pyarrow as pa

from plats.sources.files.mapping import Mapping
from plats.sources.files.raw import as_text
from plats.vocabulary.cells import State

APPROXIMATE = "Källan anger ett ungefärligt värde."
FORMULA = "cellen innehåller en formel; spara som värden"

REASONS: dict[State, str] = {
    State.HIDDEN: "Källan visar inte uppgiften.",
    State.MISSING: "Uppgiften saknas i källan.",
    State.NOT_APPLICABLE: "Uppgiften kan inte finnas, enligt källan.",
}

# Blank, hard blank and narrow hard blank may stand between thousands.
_BLANKS = " \u00a0\u202f"
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Figures:
    """One column read: a state and a number per row, and the rows that could not be read."""

    state: pa.Array
    value: pa.Array
    reason: pa.Array
    errors: dict[int, str] = field(default_factory=dict)


def read_figures(array: pa.Array, mapping: Mapping) -> Figures:
    """The figures of one column; `errors` says per row index what is wrong with the cell."""
    import pyarrow.compute as pc

    if _is_number(array.type):
        numbers = array.cast(pa.float64())
        plain = pc.fill_null(pc.is_finite(numbers), False)
        text = pc.if_else(plain, "", pc.if_else(pc.fill_null(pc.is_inf(numbers), False), "oändligt", ""))
    else:
        text = as_text(array)
        plain = pc.match_substring_regex(text, _pattern(mapping.decimal))
        numbers = _numbers(pc.if_else(plain, text, None), mapping.decimal)
    return _with_signs(text, plain.to_pylist(), pc.if_else(plain, numbers, None), mapping)


def read_sign(text: str, mapping: Mapping) -> tuple[State, float | None, str] | str:
    """One cell that is no plain number: its state, value and reason; or a sentence about what is wrong."""
    if text in mapping.states:
        state = mapping.states[text]
        return state, None, REASONS[state]
    if text.startswith("="):
        return FORMULA
    for prefix in mapping.approximate_prefixes:
        if text.lower().startswith(prefix.lower()):
            rest = text[len(prefix) :].strip()
            if re.fullmatch(_pattern(mapping.decimal), rest):
                return State.UNSTABLE, _number(rest, mapping.decimal), APPROXIMATE
    return _why_not(text, mapping)


# Internals


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _pattern(decimal: str) -> str:
    mark = re.escape(decimal)
    return rf"^[-+{_MINUS}]?(\d+|\d{{1,3}}([{_BLANKS}]\d{{3}})+)({mark}\d+)?$"


def _numbers(text: pa.Array, decimal: str) -> pa.Array:
    import pyarrow.compute as pc

    clean = pc.replace_substring_regex(text, f"[{_BLANKS}+]", "")
    clean = pc.replace_substring(pc.replace_substring(clean, _MINUS, "-"), decimal, ".")
    return clean.cast(pa.float64())


def _number(text: str, decimal: str) -> float:
    clean = re.sub(f"[{_BLANKS}+]", "", text).replace(_MINUS, "-").replace(decimal, ".")
    return float(clean)


def _with_signs(text: pa.Array, plain: list[bool], numbers: pa.Array, mapping: Mapping) -> Figures:
    """Per-row work only where a cell is no plain number; each different sign is understood once."""
    odd = [index for index, is_plain in enumerate(plain) if not is_plain]
    states, values, reasons = [State.VALUE.value] * len(plain), None, [""] * len(plain)
    errors: dict[int, str] = {}
    seen: dict[str, tuple[State, float | None, str] | str] = {}
    for index in odd:
        sign = text[index].as_py()
        found = seen.setdefault(sign, "") or read_sign(sign, mapping)
        seen[sign] = found
        if isinstance(found, str):
            errors[index] = found
            states[index] = State.MISSING.value
            continue
        states[index], number, reasons[index] = found[0].value, found[1], found[2]
        if number is not None:
            values = numbers.to_pylist() if values is None else values
            values[index] = number
    value = numbers if values is None else pa.array(values, pa.float64())
    return Figures(pa.array(states, pa.string()), value, pa.array(reasons, pa.string()), errors)


def _why_not(text: str, mapping: Mapping) -> str:
    other = "." if mapping.decimal == "," else ","
    if re.fullmatch(_pattern(other), text):
        said, wanted = ("decimalkomma", '","') if other == "," else ("decimalpunkt", '"."')
        hint = f"gäller det hela filen, skriv decimal: {wanted} i kopplingsfilen"
        return f"'{text}' är skrivet med {said}; {hint}"
    hint = "rätta cellen, eller säg under states: i kopplingsfilen vad tecknet betyder"
    return f"'{text}' är inget tal; {hint}"
