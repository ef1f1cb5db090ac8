from __future__ import annotations

import time
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plats.vocabulary.personal import EXPLANATIONS, PersonalKind, find_personal, has_right_checksum

# Skatteverket's own examples and test numbers (SKV 704, SKV 707), which belong to nobody.
FOUND = [
    ("640823-3234", "personal_number", "640823-3234"),
    ("6408233234", "personal_number", "6408233234"),
    ("19640823-3234", "personal_number", "19640823-3234"),
    ("196408233234", "personal_number", "196408233234"),
    ("640823 3234", "personal_number", "640823 3234"),
    ("640823 - 3234", "personal_number", "640823 - 3234"),
    ("19 640823-3234", "personal_number", "19 640823-3234"),
    ("1964-08-23-3234", "personal_number", "1964-08-23-3234"),
    ("64 08 23-3234", "personal_number", "64 08 23-3234"),
    ("640823-\r\n3234", "personal_number", "640823-\r\n3234"),
    ("121212+1212", "personal_number", "121212+1212"),
    ("(640823-3234)", "personal_number", "640823-3234"),
    ("pnr640823-3234x", "personal_number", "640823-3234"),
    ("640823-3234²", "personal_number", "640823-3234"),
    ("rum 12 640823-3234", "personal_number", "640823-3234"),
    ("640823–3234", "personal_number", "640823–3234"),
    ("640823−3234", "personal_number", "640823−3234"),
    ("６４０８２３－３２３４", "personal_number", "６４０８２３－３２３４"),
    ("64\u200b0823\u00ad-32\u200d34", "personal_number", "64\u200b0823\u00ad-32\u200d34"),
    ("701063-2391", "coordination_number", "701063-2391"),
    ("19701063-2391", "coordination_number", "19701063-2391"),
    ("20140728-T123", "interim_number", "20140728-T123"),
    ("20140728TF26", "interim_number", "20140728TF26"),
    ("140728-tf26", "interim_number", "140728-tf26"),
    ("ring 070-174 06 05 nu", "telephone", "070-174 06 05"),
    ("0701740605", "telephone", "0701740605"),
    ("070 174 06 05", "telephone", "070 174 06 05"),
    ("070.174.06.05", "telephone", "070.174.06.05"),
    ("+46 70 174 06 05", "telephone", "+46 70 174 06 05"),
    ("+46(0)70-174 06 05", "telephone", "+46(0)70-174 06 05"),
    ("0046701740605", "telephone", "0046701740605"),
    ("08-465 004 04", "telephone", "08-465 004 04"),
    ("08-46 50 04", "telephone", "08-46 50 04"),
    ("(08) 465 004 04", "telephone", "(08) 465 004 04"),
    ("08 465 004 04, 12 platser", "telephone", "08 465 004 04"),
    ("031-390 06 00", "telephone", "031-390 06 00"),
    ("0980-319 00", "telephone", "0980-319 00"),
    ("0313900600", "telephone", "0313900600"),
    ("tel. 08465004", "telephone", "08465004"),
    ("bilen ABC123 stod", "plate", "ABC123"),
    ("abc123", "plate", "abc123"),
    ("ABC 123", "plate", "ABC 123"),
    ("ABC-123", "plate", "ABC-123"),
    ("ABC12D", "plate", "ABC12D"),
    ("reg.nr abc 12d", "plate", "abc 12d"),
    ("skriv till fornamn.efternamn@exempel.se.", "email", "fornamn.efternamn@exempel.se"),
    ("namn (at) exempel.se", "email", "namn (at) exempel.se"),
    ("namn＠exempel.se", "email", "namn＠exempel.se"),
]

NOT_FOUND = [
    ("DeSO", "0126C1010, 0126A0010"),
    ("RegSO", "0126R001"),
    ("kommundel", "0126K01"),
    ("municipality", "Huddinge (0126)"),
    ("electoral districts", "01260101, 01260102 och 01800101"),
    ("school unit", "79012683"),
    ("case numbers", "KS-2023/123, KS 2023/123, KS 2023/0123 och SBN-2024/1123.456"),
    ("case number with a committee of three letters", "KSN 123/2024 och BSN-123/24"),
    ("dates", "2023-02-13, 20230213, 13/2 2023, 08-12-2024, 13.02.2023, 230213"),
    ("a day and a time", "2024-03-12 1430 och 2024-03-12 14:30:05"),
    ("organisation numbers", "212000-0068, 2120000068, 162120000068, 556036-0793"),
    ("amounts", "51 500 000 kr, 1 250 000,50 kr, 51 020 300 400 kr, 120 mnkr, 0,75 procent"),
    ("currency", "SEK 500, EUR 250, USD 100"),
    ("school years", "2024/25 och 2024/2025"),
    ("law", "lag (2023:196), OSL 10:27, SFS 2009:400, 26 kap. 1 §"),
    ("postal codes", "141 61 Huddinge, 14161"),
    ("coordinates", "59.2368, 17.9822; 6571234, 674321; N 59 14 12 E 17 58 56; 17.98221234567"),
    ("opening hours", "08.30-16.00, 08-16, kl 08-12 13-16, 08:00–17:00"),
    ("short numbers", "112, 114 14, 1177, 113 13"),
    (
        "everyday words before three digits",
        "och 120, kap 123, MED 120 PLATSER, RUM 123, BOX 123, LSS 150 timmar",
    ),
    ("letters that no plate has", "IQV123, QAA111, ÅÄÖ123, ABC000, ABC12O"),
    ("a colour and a hash", "#abc123 och 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("area codes with figures", "Skogås R014-015 11,986; Vårby R020-022 10,537"),
    ("a name of an algorithm", "sha256 och SHA512"),
    ("ISBN and giro", "978-91-7000-123-4, bankgiro 5050-1055, plusgiro 12 34 56-7"),
    ("a population table", "12 345 6 789 10 111 12 131"),
    ("a wrong check digit", "640823-3235, 19640823-3230, 701063-2390"),
    ("a day that does not exist", "640230-3234, 991301-1234, 640892-3234"),
    ("an address", "https://exempel.se/omraden/regso/varby-gard/?ar=2024"),
]

# Written forms that a number may have in text: {} is filled with century, date and last four.
FORMS = (
    "{date}-{last}",
    "{date}{last}",
    "{date} {last}",
    "{date} - {last}",
    "{century}{date}-{last}",
    "{century}{date}{last}",
    "{century}{date} {last}",
    "{century} {date}-{last}",
    "{date}+{last}",
    "{century}{date}+{last}",
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 23))


def check_digit(nine: str) -> int:
    """By hand from SKV 704: each other digit doubled, digits of the products added, up to the next ten."""
    total = sum(
        sum(map(int, str(int(digit) * weight)))
        for digit, weight in zip(nine, "212121212", strict=True)
        for weight in [int(weight)]
    )
    return -total % 10


@st.composite
def numbers(
    draw: st.DrawFn, *, right: bool = True, coordination: bool | None = None
) -> tuple[str, PersonalKind]:
    """A number in a written form, and what kind it is."""
    day = draw(DAYS)
    is_coordination = draw(st.booleans()) if coordination is None else coordination
    written = f"{day:%y%m}{day.day + (60 if is_coordination else 0):02d}"
    nine = written + f"{draw(st.integers(1, 999)):03d}"
    digit = check_digit(nine)
    if not right:
        digit = (digit + draw(st.integers(1, 9))) % 10
    form = draw(st.sampled_from(FORMS))
    kind = PersonalKind.COORDINATION_NUMBER if is_coordination else PersonalKind.PERSONAL_NUMBER
    return form.format(century=f"{day:%Y}"[:2], date=written, last=f"{nine[6:]}{digit}"), kind


def kinds(text: str) -> list[str]:
    return [one.kind.value for one in find_personal(text)]


def borders_on_a_digit(before: str, after: str) -> bool:
    """Whether the nearest letter that shows is a digit on either side: then it is another, longer number."""
    hidden = {"Cf", "Cc", "Mn", "Me"}
    shown = [letter for letter in before if letter == "\n" or unicodedata.category(letter) not in hidden]
    following = [letter for letter in after if letter == "\n" or unicodedata.category(letter) not in hidden]
    near = shown[-1:] + following[:1]
    return any(unicodedata.digit(letter, None) is not None for letter in near)


@pytest.mark.parametrize(("text", "kind", "part"), FOUND, ids=[text for text, _, _ in FOUND])
def test_what_points_out_a_person_is_found_where_it_stands(text: str, kind: str, part: str) -> None:
    (found,) = find_personal(text)
    assert (found.kind.value, text[found.start : found.end]) == (kind, part)


@pytest.mark.parametrize(("what", "text"), NOT_FOUND, ids=[what for what, _ in NOT_FOUND])
def test_what_a_municipality_writes_every_day_is_left_alone(what: str, text: str) -> None:
    assert [(one.kind.value, text[one.start : one.end]) for one in find_personal(text)] == []


def test_several_are_found_in_the_order_they_stand() -> None:
    text = "a@exempel.se, 640823-3234, ABC123 och 070-174 06 05"
    assert kinds(text) == ["email", "personal_number", "plate", "telephone"]


def test_of_two_that_overlap_the_heavier_is_told() -> None:
    assert kinds("640823-3234@exempel.se") == ["personal_number"]


def test_the_check_digit_is_that_of_the_tax_agency() -> None:
    # SKV 704: 6+0+8... worked for 640823-323: 12 4 0 8 4 3 6 2 6 -> 1+2+4+0+8+4+3+6+2+6 = 36, to 40 is 4.
    assert check_digit("640823323") == 4
    assert has_right_checksum("6408233234")
    assert [has_right_checksum(f"640823323{digit}") for digit in range(10)].count(True) == 1


def test_each_kind_says_what_it_is() -> None:
    assert set(EXPLANATIONS) == set(PersonalKind)
    (found,) = find_personal("640823-3234")
    assert found.explanation.startswith("ett personnummer")


@given(numbers())
def test_every_valid_number_in_every_written_form_is_found(number: tuple[str, PersonalKind]) -> None:
    text, kind = number
    (found,) = find_personal(text)
    assert (found.kind, found.start, found.end) == (kind, 0, len(text))


@given(numbers(right=False))
def test_a_number_with_a_wrong_check_digit_is_no_personal_number(number: tuple[str, PersonalKind]) -> None:
    assert not {"personal_number", "coordination_number"} & set(kinds(number[0]))


@given(numbers(), st.text(max_size=60), st.data())
def test_a_number_put_anywhere_in_a_text_is_found(
    number: tuple[str, PersonalKind], around: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(around)))
    before, after = around[:place], around[place:]
    assume(not borders_on_a_digit(before, after))
    text = before + number[0] + after
    # A century just before it, '19 640823-3234', is part of what is found.
    assert [
        one
        for one in find_personal(text)
        if one.kind == number[1] and one.start <= len(before) < len(before + number[0]) <= one.end
    ]


@given(numbers(), st.sampled_from(["0٠", "0०", "0０", "0𝟎", "0𝟬", "0\U0001e950"]))
def test_digits_of_another_script_do_not_hide_a_number(number: tuple[str, PersonalKind], zeros: str) -> None:
    other = ord(zeros[1])
    written = "".join(chr(other + int(letter)) if letter.isdigit() else letter for letter in number[0])
    (found,) = find_personal(written)
    assert (found.kind, found.start, found.end) == (number[1], 0, len(written))


@given(numbers(), st.sampled_from("‐‑‒–—―−﹣－⁃⸺"))
def test_another_dash_does_not_hide_a_number(number: tuple[str, PersonalKind], dash: str) -> None:
    assert kinds(number[0].replace("-", dash)) == [number[1].value]


@given(
    numbers(),
    st.lists(
        st.tuples(
            st.integers(0, 20), st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\ufe0f\u0301\x00")
        ),
        max_size=8,
    ),
)
def test_what_does_not_show_does_not_hide_a_number(
    number: tuple[str, PersonalKind], hidden: list[tuple[int, str]]
) -> None:
    text = number[0]
    for place, letter in hidden:
        cut = 1 + place % (len(text) - 1)
        text = text[:cut] + letter + text[cut:]
    (found,) = find_personal(text)
    assert found.kind == number[1]
    assert found.start == 0
    assert text[found.end :].strip("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\ufe0f\u0301\x00") == ""


@given(st.text(max_size=300))
def test_any_text_is_read_and_findings_stand_apart_inside_it(text: str) -> None:
    found = find_personal(text)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, found, strict=False))


@given(DAYS, DAYS)
def test_days_are_never_numbers(one: date, other: date) -> None:
    text = f"{one.isoformat()} till {other.isoformat()}, {one:%Y%m%d}–{other:%Y%m%d}, {one:%y%m%d}, {one:%d/%m %Y}"
    assert find_personal(text) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1 ",
        " ",
        "070-",
        "08-12 ",
        "ABC 12 ",
        "a@",
        "@a.",
        "a.",
        "a (at) ",
        "850709-",
        "85 07 09 ",
        "+46 ",
        "19",
        "\u200b8",
        "\t",
        "640823-3234 ",
        "0126C1010, ",
        "x@a.b.c.",
        "08-123 45 67 ",
        "tel.",
    ],
    ids=repr,
)
def test_a_hundred_thousand_letters_take_well_under_a_second(piece: str) -> None:
    """Whatever the letters are: no pattern goes back over what it has read more than a few times."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    started = time.perf_counter()
    find_personal(text)
    assert timedelta(seconds=time.perf_counter() - started) < timedelta(seconds=1)
