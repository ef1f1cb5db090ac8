"""Swedish telephone numbers in running text: mobile, fixed, and with the country's code.

Short numbers (112, 114 14) belong to nobody and are left alone. Clock times, dates and eight-digit codes of electoral
districts also begin with a nought, so a fixed number must be grouped the way people group one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST, LONGEST = 8, 10
"""Digits of a national number, the first nought included."""


def telephone_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where in the text telephone numbers stand. Digits are 0-9, dashes '-' and blanks ' '."""
    for pattern in (_ABROAD, _MOBILE):
        for match in pattern.finditer(text):
            if not _SIX_AND_FOUR.fullmatch(match[0]):
                yield match.span()
    for match in _FIXED.finditer(text):
        end = _end_of_fixed(match)
        if end:
            yield match.start(), end
    for match in _UNBROKEN.finditer(text):
        yield match.span()
    for match in _AFTER_WORD.finditer(text):
        yield match.span("number")


# Internals

# No part of a longer number or a code: no letter or digit before it, nor a digit with a sign, as in a case number.
_START = r"(?<![^\W_])(?<!\d[-./:,])"
_ABROAD = re.compile(
    rf"{_START}(?:\+|00)[ ]?46[ -]{{0,2}}(?:\(0\)[ -]?|0)?[1-9](?:[ ./-]{{0,2}}\d){{6,8}}(?!\d)"
)
_MOBILE = re.compile(rf"{_START}\(?07\d\)?(?:[ ./-]{{0,3}}\d){{7}}(?!\d)")
_FIXED = re.compile(
    rf"{_START}(?:\((?:08|0[1-79]\d{{1,2}})\)|(?:08|0[1-79]\d{{1,2}})(?=[ /-]))(?:[ ]?[-/][ ]?|[ ])?"
    r"(?P<rest>\d{5,8}(?!\d)|\d{2,4}(?:[ -]\d{2,3}(?!\d)){1,4})"
)
_UNBROKEN = re.compile(rf"{_START}0[1-9]\d{{7,8}}(?!\d)(?![-+./:]\d)")
_AFTER_WORD = re.compile(
    r"\b(?:tel|tfn|telefon|telefonnummer|mobil|mobilnummer|ring|sms)\b[.: ]{1,3}(?P<number>0[1-9]\d{6})(?!\d)",
    re.IGNORECASE,
)
# The form of a personal or organisation number, which has a check digit to be judged by.
_SIX_AND_FOUR = re.compile(r"\d{6}[ ]?[-+][ ]?\d{4}")
_DATE_OR_TIMES = re.compile(r"\d\d[-/]\d\d[-/]\d{4}|\d\d ?\d\d ?- ?\d\d ?\d\d|\d\d-\d\d \d\d-\d\d.*")
_THREES = re.compile(r"0\d\d(?: \d{3})+")


def _end_of_fixed(match: re.Match[str]) -> int:
    """Where the number ends; 0 when it is none. Groups after it may be of something else: '08-12 34 56 12 st'."""
    whole = match[0]
    ends = [place for place in range(len(whole), 0, -1) if place == len(whole) or whole[place] in " -"]
    for end in ends:
        if _is_fixed(whole[:end], match.string[max(0, match.start() - 2) : match.start()]):
            return match.start() + end
    return 0


def _is_fixed(written: str, before: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not SHORTEST <= len(digits) <= LONGEST or _DATE_OR_TIMES.fullmatch(written):
        return False
    groups = re.split(r"[ )/-]+", written.lstrip("("))[1:]
    if sum(map(len, groups)) < 5:
        return False
    # Thousands: '51 020 300 400 kr'.
    return not (_THREES.fullmatch(written) and re.fullmatch(r"\d ", before))
