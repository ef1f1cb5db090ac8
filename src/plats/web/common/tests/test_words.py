"""Reasons and periods as a reader of either language meets them."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override

from plats.vocabulary.messages import Message
from plats.vocabulary.periods import parse_period
from plats.web.common.periods import period_words
from plats.web.common.reasons import translate_reason
from plats.web.common.translations import compile_catalogs


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    compile_catalogs()


@pytest.mark.parametrize(
    ("text", "swedish", "english"),
    [
        ("riksdag-2018", "riksdagsvalet 2018", "parliamentary election 2018"),
        ("kommun-2022", "kommunvalet 2022", "municipal election 2022"),
        ("HT2024", "höstterminen 2024", "autumn term 2024"),
        ("VT2024", "vårterminen 2024", "spring term 2024"),
        ("2024/25", "2024/25", "2024/25"),
        ("2022", "2022", "2022"),
        ("2023-12-31", "2023-12-31", "2023-12-31"),
    ],
)
def test_an_election_and_a_term_are_named_in_words(text: str, swedish: str, english: str) -> None:
    with override("sv"):  # a page in English before it leaves its language behind
        assert period_words(text) == swedish
    with override("en"):
        assert period_words(text) == english
        assert Template("{{ p|period }}").render(Context({"p": parse_period(text)})) == english


def test_a_sentence_names_its_election() -> None:
    message = Message("{name} hade {after} invånare {last}.", name="Vårby", after="6", last="riksdag-2018")
    assert (
        Template("{{ m|say }}").render(Context({"m": message})) == "Vårby hade 6 invånare riksdagsvalet 2018."
    )


def test_a_sentence_with_its_source_says_when_it_was_retrieved() -> None:
    message = Message(
        "{name} hade {after} invånare {last}.", name="x", after="6", last="SCB, hämtat 2026-11-23"
    )
    with override("en"):
        said = Template("{{ m|say }}").render(Context({"m": message}))
    assert said == "x had 6 inhabitants in SCB, retrieved 2026-11-23."


def test_a_reason_with_a_number_keeps_its_number() -> None:
    stored = "Bara 82 procent av områdets invånare täcks av källan."
    assert translate_reason(stored) == stored
    with override("en"):
        assert (
            translate_reason(stored)
            == "Only 82 per cent of the area's inhabitants are covered by the source."
        )


def test_reasons_after_one_another_are_translated_each() -> None:
    stored = (
        "Siffran bygger på 97 procent av områdets invånare. "
        "Få personer: siffran kan svänga mycket från år till år."
    )
    with override("en"):
        assert translate_reason(stored) == (
            "The figure is based on 97 per cent of the area's inhabitants. "
            "Few people: the figure may vary a great deal from year to year."
        )


def test_a_reason_that_nobody_has_translated_stays_as_it_stands() -> None:
    with override("en"):
        assert translate_reason("Enkäten nådde 40 hushåll.") == "Enkäten nådde 40 hushåll."
        assert translate_reason("") == ""
