"""Finds what points out a person in free text: personal identity numbers, telephone numbers, number plates, e-mail.

For catching a slip before it is saved, not for finding someone who hides a number on purpose in words. What is read
is the text as an eye reads it: digits of any script, dashes of any length, and nothing that is invisible.

Sources: Skatteverket SKV 704 (personnummer) and SKV 707 (samordningsnummer), which add 60 to the day; IVO's rules for
reporting people without a number (YYYYMMDD-T123, YYYYMMDD-TF10); PTS, the numbering plan for telephony;
Transportstyrelsen, registration numbers (23 letters; since 2019 the last sign may be a letter, never O).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from plats.vocabulary.telephones import telephone_spans


class PersonalKind(StrEnum):
    """What was found. The order is that of weight: of two that overlap the first is reported."""

    PERSONAL_NUMBER = "personal_number"
    COORDINATION_NUMBER = "coordination_number"
    INTERIM_NUMBER = "interim_number"
    EMAIL = "email"
    TELEPHONE = "telephone"
    PLATE = "plate"


EXPLANATIONS: dict[PersonalKind, str] = {
    PersonalKind.PERSONAL_NUMBER: "ett personnummer (födelsedatum, fyra siffror och rätt kontrollsiffra)",
    PersonalKind.COORDINATION_NUMBER: "ett samordningsnummer (födelsedag plus 60 och rätt kontrollsiffra)",
    PersonalKind.INTERIM_NUMBER: "ett tillfälligt personnummer (födelsedatum, bokstav och siffror)",
    PersonalKind.EMAIL: "en e-postadress",
    PersonalKind.TELEPHONE: "ett telefonnummer",
    PersonalKind.PLATE: "ett fordons registreringsnummer",
}
"""What each kind is, as the end of 'Texten innehåller ...'. The text is also the English catalog's message id."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that points out a person: what, and which letters of the text (`end` is the first after)."""

    kind: PersonalKind
    start: int
    end: int

    @property
    def explanation(self) -> str:
        return EXPLANATIONS[self.kind]


def find_personal(text: str) -> tuple[Finding, ...]:
    """What in the text points out a person, in the order it stands.

    >>> [(one.kind.value, one.start) for one in find_personal("Ring 070-174 06 05 om bilen ABC123")]
    [('telephone', 5), ('plate', 28)]
    >>> find_personal("KS-2023/123, 556036-0793 och 51 500 000 kr")
    ()
    """
    read, places = _as_read(text)
    taken = bytearray(len(read))
    found: list[Finding] = []
    for kind, start, end in sorted(_spans(read), key=_weight):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Finding(kind, places[start], places[end - 1] + 1))
    return tuple(sorted(found, key=lambda one: one.start))


def has_right_checksum(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the nine before it (Luhn's sum, as in SKV 704)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


# Internals

Span = tuple[PersonalKind, int, int]

# Minus signs and bullets that are no dashes to Unicode but are to an eye.
_MORE_DASHES = frozenset("−˗⁃⁻₋﬩➖")
# Letters and symbols that show nothing.
_MORE_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\t")

# Between the birth date and the last four: a sign, perhaps with blanks round it; a line may end after the sign.
_JOINT = r"[ ]{0,2}(?:[-+./_:]\s{0,3})?"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_DATE_PARTS = r"(?P<within>[-./ ]?)(?P<month>0[1-9]|1[0-2])(?P=within)(?P<day>" + _DAY + ")"
_LAST = r"(?P<joint>" + _JOINT + r")(?P<last>\d{4}(?!\d)|(?:[TRSUWXJKLMN]\d{3}|TF\d{2})(?![^\W_]))"
# Looked for at every place where digits begin, so that one number's failing does not hide the next.
_NUMBERS = (
    re.compile(rf"(?<!\d)(?=(?P<whole>(?P<year>(?:18|19|20)[ ]?\d\d){_DATE_PARTS}{_LAST}))", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?=(?P<whole>(?P<year>\d\d){_DATE_PARTS}{_LAST}))", re.IGNORECASE),
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")

_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]++(?:@|[ ]{0,2}[(\[][ ]?(?:at|snabel-?a)[ ]?[)\]][ ]{0,2})"
    r"(?:[\w-]+\.)+[^\W\d_]{2,24}"
)

# No I, Q or V. The last sign is a digit or a letter other than O. 000 is not given out.
_PLATE_LETTER = "A-HJ-PR-UW-Z"
_AFTER_PLATE = r"(?![^\W_])(?![-/:.]\d)(?![ ]\d)"
_PLATE = re.compile(
    rf"(?i:(?!sha))(?<![\w#])(?<!\w[-/.])(?:[{_PLATE_LETTER}{_PLATE_LETTER.lower()}]{{3}})(?!000)\d\d"
    rf"[\d{_PLATE_LETTER.replace('J-P', 'J-NP')}{_PLATE_LETTER.replace('J-P', 'J-NP').lower()}]{_AFTER_PLATE}"
)
# With a blank or dash only in capitals: 'med 120' and 'kap 123' are everyday Swedish.
_SPACED_PLATE = re.compile(
    rf"(?i:(?!sha))(?<![\w#])(?<!\w[-/.])(?P<letters>[{_PLATE_LETTER}]{{3}})[ -](?!000)\d\d"
    rf"[\d{_PLATE_LETTER.replace('J-P', 'J-NP')}]{_AFTER_PLATE}"
    r"(?![ ]?(?:%|§|kr\b|tkr\b|mnkr\b|kronor|procent|st\b|elever|barn|personer|platser|lägenheter|bostäder|invånare))"
)
_REGISTRATION_WORD = re.compile(
    rf"(?:reg\.?[ ]?-?nr|registreringsnummer|registreringsnumret)[.: ]{{1,3}}"
    rf"(?P<plate>[{_PLATE_LETTER}]{{3}}[ -]?\d\d[\d{_PLATE_LETTER}])(?![^\W_])",
    re.IGNORECASE,
)
# What stands before three digits in a municipality's capitals without being a plate.
_NO_PLATE = (
    "APT BAS BOX BUP DEN DET DKK DNR EST EUR FAX GBP HAR HSB HUS KAP KLF KSN LSS MED NOK OCH OSG OSL PBL PER PUL RUM "
    "RUT SAL SCB SEK SFS SKR SOL SOU SSK STR TEL USD"
)


def _weight(span: Span) -> tuple[int, int, int]:
    """Heavier kinds first; of one kind the longer, then the earlier."""
    kind, start, end = span
    return (list(PersonalKind).index(kind), start - end, start)


def _spans(read: str) -> Iterator[Span]:
    if any(map(str.isdigit, read)):
        yield from _number_spans(read)
        yield from ((PersonalKind.TELEPHONE, start, end) for start, end in telephone_spans(read))
        yield from _plate_spans(read)
    if "@" in read or "at" in read or "nabel" in read:
        yield from ((PersonalKind.EMAIL, *match.span()) for match in _EMAIL.finditer(read))


def _number_spans(read: str) -> Iterator[Span]:
    for pattern in _NUMBERS:
        for match in pattern.finditer(read):
            kind = _number_kind(match)
            if kind is not None:
                yield (kind, *match.span("whole"))


def _number_kind(match: re.Match[str]) -> PersonalKind | None:
    """What a date with four signs after it is; None when it is something else."""
    year, month, day, last = (match[part].replace(" ", "") for part in ("year", "month", "day", "last"))
    is_coordination = int(day) > 60
    if not _is_date(year, int(month), int(day) - 60 if is_coordination else int(day)):
        return None
    if not last.isdigit():
        # No check digit to go by, so a sign or the century must say that this is one number.
        return PersonalKind.INTERIM_NUMBER if match["joint"].strip() or len(year) == 4 else None
    if last.startswith("000") or not has_right_checksum(year[-2:] + month + day + last):
        return None
    if match["within"] and not match["joint"].strip() and _CLOCK.fullmatch(last):
        return None  # 2024-03-12 14.30, written without the dot: a day and a time
    return PersonalKind.COORDINATION_NUMBER if is_coordination else PersonalKind.PERSONAL_NUMBER


def _is_date(year: str, month: int, day: int) -> bool:
    """Whether the day exists; with two digits for the year, in some century."""
    years = [int(year)] if len(year) == 4 else [century + int(year) for century in (1800, 1900, 2000)]
    return any(_exists(one, month, day) for one in years)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _plate_spans(read: str) -> Iterator[Span]:
    for match in _PLATE.finditer(read):
        yield (PersonalKind.PLATE, *match.span())
    for match in _SPACED_PLATE.finditer(read):
        if match["letters"] not in _NO_PLATE:
            yield (PersonalKind.PLATE, *match.span())
    for match in _REGISTRATION_WORD.finditer(read):
        yield (PersonalKind.PLATE, *match.span("plate"))


def _as_read(text: str) -> tuple[str, range | list[int]]:
    """The text as an eye reads it, and where each of its letters stands in the original."""
    if text.isascii() and text.isprintable():
        return text, range(len(text))
    shown = [(_shown(letter), place) for place, letter in enumerate(text)]
    return "".join([letter for letter, _ in shown]), [place for letter, place in shown if letter]


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    """A letter as an eye reads it: any digit as 0-9, any dash as '-', any blank as ' ', the invisible as nothing."""
    if letter in "\r\n":
        return letter
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "Pd" or letter in _MORE_DASHES:
        return "-"
    if category == "Zs" or letter in _MORE_BLANKS:
        return " "
    if category in ("Cf", "Cc", "Mn", "Me"):
        return ""
    # Full-width and mathematical letters and digits in circles, but a note's raised figure is no part of a number.
    if unicodedata.decomposition(letter).startswith(("<super>", "<sub>")):
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter
