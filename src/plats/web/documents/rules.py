"""Pure decisions about documents."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Registries write them in their own ways: 'KS-2023/123', 'KS 2023/123.456', '5000-K123456-23', 'BUN/2023:12'.
_CASE_NUMBER = re.compile(r"[A-ZÅÄÖ0-9]+(?:[ ./:-]{1,2}[A-ZÅÄÖ0-9]+){1,6}")
_FEWEST_DIGITS = 3
_BETWEEN = r"[^0-9a-zåäöA-ZÅÄÖ]*"
# A letter and those it is found by: å is found by a.
_ALIKE = {"a": "aåäàá", "o": "oöóø", "e": "eéèê", "u": "uü"}
_FOLDED = {letter: plain for plain, letters in _ALIKE.items() for letter in letters}


def tidy_case_number(text: str) -> str:
    """A case number as it is kept: capitals, one blank between words, without 'Dnr' before it."""
    plain = re.sub(r"\s+", " ", text).strip().upper()
    return re.sub(r"^(?:DNR|DIARIENUMMER)[.: ]*", "", plain)


def check_case_number(text: str) -> None:
    """Raise when the text does not have the form of a case number in any registry."""
    if text and (
        not _CASE_NUMBER.fullmatch(tidy_case_number(text)) or sum(map(str.isdigit, text)) < _FEWEST_DIGITS
    ):
        raise ValidationError(
            _("Skriv diarienumret som det står i diariet, till exempel KS-2023/123."), code="case_number"
        )


def search_pattern(text: str) -> str:
    """A regular expression, for either database, that finds the text however it is cased: å = a, blanks as they are."""
    return "".join(_one_of(letter) for letter in text.strip().lower())


def case_number_pattern(text: str) -> str:
    """A regular expression that finds a case number however its parts are divided: 'KS 2023/123' is 'KS-2023/123'."""
    parts = re.findall(r"[0-9a-zåäö]+", tidy_case_number(text).lower())
    return _BETWEEN.join("".join(map(_one_of, part)) for part in parts)


def size_in_words(size: int) -> str:
    """A file's size as a person reads it: '830 kB', '2,4 MB'."""
    if size < 1000:
        return f"{size} byte"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


# Internals


def _one_of(letter: str) -> str:
    # Both cases are spelt out: a database need not know that Å is å.
    letters = _ALIKE.get(_FOLDED.get(letter, ""), letter)
    return f"[{letters}{letters.upper()}]" if letters.isalpha() else re.escape(letter)
