"""What a log line may not hold is taken out of its text, whoever wrote it.

The last net, not the first: nothing of ours puts a person's data in a log. It is for what other packages write, and
errs on the side of taking too much.
"""

from __future__ import annotations

import re

from plats.vocabulary.personal import PersonalKind, find_personal

LONGEST = 2_000

# Letters that would end the line, move the cursor or turn the reading direction where the log is read.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_TAKEN_OUT = (
    # Numbers of the form of a personal number, right or wrong: someone may have mistyped one.
    (re.compile(r"(?<!\d)(?:(?:18|19|20)\d{2}|\d{2})\d{2}\d{2}\s?[-+]?\s?\d{4}(?!\d)"), "[nummer]"),
    (re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"), "[adress]"),
    (
        re.compile(
            r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:)+(?::|(?:[0-9a-fA-F]{1,4}:){2,})[0-9a-fA-F:.]*"
            r"|(?<![\w:])::[0-9a-fA-F:.]+"
        ),
        "[adress]",
    ),
    # What is asked for after the question mark of an address.
    (re.compile(r"(?<=[\w/])\?[^\s\"']*=[^\s\"']*"), "?…"),
)
# A number plate looks like much that a log speaks of: sha256, and half of all identifiers.
_PERSONAL = {
    PersonalKind.PERSONAL_NUMBER: "[nummer]",
    PersonalKind.COORDINATION_NUMBER: "[nummer]",
    PersonalKind.INTERIM_NUMBER: "[nummer]",
    PersonalKind.EMAIL: "[e-post]",
    PersonalKind.TELEPHONE: "[telefon]",
}


def one_line(text: str) -> str:
    """The text on one line, in letters that only show themselves: others are written as their numbers."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def masked(text: str) -> str:
    """The text without personal numbers, e-mail addresses, telephone numbers, network addresses and queries."""
    for found in reversed(find_personal(text)):
        if found.kind in _PERSONAL:
            text = f"{text[: found.start]}{_PERSONAL[found.kind]}{text[found.end :]}"
    for pattern, instead in _TAKEN_OUT:
        text = pattern.sub(instead, text)
    return text


def safe(text: str) -> str:
    """What may stand in a log: masked, on one line, and no longer than anyone reads."""
    # Masked before it is made one line: a line break inside a number must not hide it.
    shown = one_line(masked(text[: 2 * LONGEST]))
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
