"""Messages: one sentence, its figures apart, in two languages."""

from __future__ import annotations

import pytest

from plats.vocabulary.messages import Bilingual, Count, Figure, Message
from plats.vocabulary.units import NBSP, Unit

SENTENCE = Message(
    "{noun} i {place}: {value} av {people} invånare.",
    noun=Bilingual("Andelen sysselsatta", "The share in work"),
    place="Flemingsberg västra",
    value=Figure(0.6005, Unit.SHARE, with_unit=True),
    people=Count(12480),
)
ENGLISH = {SENTENCE.text: "{noun} in {place}: {value} of {people} inhabitants."}


def test_the_sentence_in_swedish() -> None:
    assert str(SENTENCE) == (
        f"Andelen sysselsatta i Flemingsberg västra: 60,1{NBSP}% av 12{NBSP}480 invånare."
    )


def test_the_sentence_in_english_keeps_its_names_and_changes_its_numbers() -> None:
    said = SENTENCE.say(ENGLISH.__getitem__, "en")
    assert said == f"The share in work in Flemingsberg västra: 60.1{NBSP}% of 12,480 inhabitants."


def test_a_name_with_braces_is_not_taken_for_a_part() -> None:
    assert str(Message("Här ligger {name}.", name="{place}")) == "Här ligger {place}."


def test_a_part_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        str(Message("{name} hade {count} invånare.", name="Vårby"))


def test_a_message_does_not_change() -> None:
    with pytest.raises(TypeError):
        SENTENCE.parts["place"] = "Vårby"  # type: ignore[index]


@pytest.mark.parametrize(
    ("figure", "swedish", "english"),
    [
        (
            Figure(0.26, Unit.PERCENTAGE_POINTS, True),
            f"26,0{NBSP}procentenheter",
            f"26.0{NBSP}percentage points",
        ),
        (Figure(7, Unit.COUNT, True), "7", "7"),
        (Figure(246.5, Unit.TKR, True), f"246,5{NBSP}tkr", f"246.5{NBSP}tkr"),
        (Figure(-0.0214, Unit.PERCENTAGE_POINTS), "\u22122,1", "\u22122.1"),
    ],
)
def test_figures(figure: Figure, swedish: str, english: str) -> None:
    assert figure.write() == swedish
    assert figure.write("en") == english
