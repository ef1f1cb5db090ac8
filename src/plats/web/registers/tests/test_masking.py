"""What is masked cannot be read, nor counted, in what is handed out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.vocabulary.personal import find_personal
from plats.web.registers.handing_out.masking import MASK, How, mask, missing_words

TEXT = "Kim Exempelsson ringde från 070-174 06 05. Kims bil är ABC123, och kims hund heter Halvan."


def test_in_parts_what_points_out_a_person_is_masked() -> None:
    masked = mask(TEXT, How.PARTS)
    assert (
        masked.text == f"Kim Exempelsson ringde från {MASK}. Kims bil är {MASK}, och kims hund heter Halvan."
    )
    assert masked.places == 2


def test_words_are_masked_however_they_are_cased_and_with_their_endings() -> None:
    masked = mask(TEXT, How.PARTS, ["Kim Exempelsson", "kim"])
    assert masked.text == f"{MASK} ringde från {MASK}. {MASK} bil är {MASK}, och {MASK} hund heter Halvan."
    assert masked.places == 5


def test_a_word_inside_another_is_no_word() -> None:
    assert mask("Halva Alva, salvan", How.PARTS, ["alva"]).text == f"Halva {MASK}, salvan"


def test_spans_that_overlap_are_masked_once() -> None:
    assert mask("alva@exempel.se skrev", How.PARTS, ["alva", "exempel"]).text == f"{MASK} skrev"


def test_whole_says_nothing_of_how_long_it_was() -> None:
    assert mask("a", How.WHOLE).text == mask("a" * 5000, How.WHOLE).text == MASK


def test_open_is_as_it_was() -> None:
    assert mask(TEXT, How.OPEN, ["Kim"]).text == TEXT


@given(
    st.text(max_size=200),
    st.lists(st.text(st.characters(categories=["L"]), min_size=2, max_size=12), max_size=4),
)
def test_nothing_that_was_to_be_masked_is_left(text: str, words: list[str]) -> None:
    masked = mask(f"{text} 19811218-9876 {' '.join(words)}", How.PARTS, words).text
    outside = masked.split(MASK)
    assert not any(find_personal(part) for part in outside)
    for word in words:
        assert missing_words("\n".join(outside), [word]) == [word] or MASK.strip("[]").startswith(
            word.lower()
        )


@pytest.mark.parametrize(("words", "missing"), [(["Kim", "Robin"], ["Robin"]), (["halva"], []), ([], [])])
def test_a_misspelt_word_is_told(words: list[str], missing: list[str]) -> None:
    assert missing_words(f"{TEXT} halva", words) == missing
