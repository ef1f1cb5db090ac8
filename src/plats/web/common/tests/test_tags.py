from __future__ import annotations

import html
import re

import pytest
from django.template import Context, Template
from django.utils.translation import override

from plats.vocabulary import cells
from plats.vocabulary.cells import Cell
from plats.vocabulary.messages import Bilingual, Count, Figure, Message
from plats.vocabulary.units import NBSP, Unit
from plats.web.common.markup import Svg


def rendered(template: str, language: str = "sv", **context: object) -> str:
    with override(language):
        return Template(template).render(Context(context))


def seen(markup: str) -> str:
    """What the eye meets: the markup without what is visually hidden."""
    without_hidden = re.sub(r'<span class="vh">.*?</span>', "", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", without_hidden))


def heard(markup: str) -> str:
    """What a screen reader says: the markup without what is hidden from it."""
    without_seen = re.sub(r'<(\w+)[^>]*aria-hidden="true"[^>]*>.*?</\1>', "", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", without_seen))


@pytest.mark.parametrize(
    ("cell", "language", "eye", "ear"),
    [
        (cells.value(0.6234), "sv", "62,3", "62,3"),
        (cells.value(0.6234), "en", "62.3", "62.3"),
        (cells.unstable(0.899, "Få personer."), "sv", "89,9*", "89,9 (osäkert Få personer.)"),
        (cells.unstable(0.899, "Få personer."), "en", "89.9*", "89.9 (uncertain Få personer.)"),
        (cells.hidden("Under fem personer."), "sv", "..", "dolt: Under fem personer."),
        (cells.hidden(), "en", "..", "hidden"),
        (cells.missing("Inte inläst."), "sv", "saknas", "saknas: Inte inläst."),
        (cells.missing(), "en", "missing", "missing"),
        (cells.not_applicable(), "sv", ".", "inte tillämpligt"),
        (
            cells.not_applicable("Ingen finns i nämnaren."),
            "en",
            ".",
            "not applicable: There is nobody in the denominator.",
        ),
    ],
)
def test_each_state_is_told_to_eye_and_ear_in_both_languages(
    cell: Cell, language: str, eye: str, ear: str
) -> None:
    markup = rendered("{% cell c u %}", language, c=cell, u=Unit.SHARE)
    assert seen(markup) == eye
    assert heard(markup) == ear


def test_a_reason_for_uncertainty_can_be_pointed_at() -> None:
    assert 'title="Få personer."' in rendered(
        "{% cell c u %}", c=cells.unstable(0.5, "Få personer."), u=Unit.SHARE
    )


def test_a_reason_cannot_carry_markup_onto_the_page() -> None:
    markup = rendered("{% cell c u %}", c=cells.missing('"><script>x</script>'), u=Unit.SHARE)
    assert "<script" not in markup


def test_a_cell_with_its_unit_does_not_break_before_it() -> None:
    assert rendered("{% cell c u with_unit=True %}", c=cells.value(0.5), u=Unit.SHARE) == f"50,0{NBSP}%"
    assert rendered("{% cell c u with_unit=True %}", c=cells.value(3), u=Unit.COUNT) == "3"
    assert "%" not in rendered("{% cell c u with_unit=True %}", c=cells.hidden(), u=Unit.SHARE)


def test_a_sentence_is_written_in_the_readers_language_with_its_figures() -> None:
    message = Message(
        "{place}: {people} {share}", place="Vårby", people=Count(6813), share=Figure(0.6668, Unit.SHARE)
    )
    assert rendered("{{ m|say }}", m=message) == f"Vårby: 6{NBSP}813 66,7"
    assert rendered("{{ m|say }}", "en", m=message) == "Vårby: 6,813 66.7"


def test_a_sentence_is_translated_by_its_template() -> None:
    assert rendered("{{ m|say }}", "en", m=Message("Sidan finns inte")) == "The page does not exist"
    assert rendered("{{ m|say }}", "en", m="") == ""


def test_a_name_in_a_sentence_is_escaped() -> None:
    assert rendered("{{ m|say }}", m=Message("{name}", name="<b>")) == "&lt;b&gt;"


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert rendered("{{ n|number }} {{ n|number:1 }}", n=113920.25) == f"113{NBSP}920 113{NBSP}920,3"
    assert rendered("{{ n|number }}", "en", n=-113920) == "\u2212113,920"


def test_an_absent_number_is_never_written_as_one() -> None:
    with pytest.raises(ValueError, match="cell"):
        rendered("{{ n|number }}", n=None)


def test_a_text_of_the_catalog_is_shown_in_the_readers_language() -> None:
    name = Bilingual("Andel sysselsatta", "Employed share")
    assert rendered("{{ t|text }}", t=name) == "Andel sysselsatta"
    assert rendered("{{ t|text }}", "en", t=name) == "Employed share"


def test_only_our_own_drawings_are_shown_as_markup() -> None:
    assert rendered("{{ s|svg }}", s=Svg("<svg></svg>")) == "<svg></svg>"
    assert rendered("{{ s|svg }}", s="<svg></svg>") == "&lt;svg&gt;&lt;/svg&gt;"
