from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from plats.web.accounts.context_words import ContextWordsValidator


@pytest.mark.parametrize(
    "password",
    [
        "Huddinge2026!!",
        "platsperspektiv 2026",
        "huddinge-huddinge-huddinge",
        "Utredare i Huddinge kommun 1",
        "Systemförvaltare12345",
    ],
)
def test_words_that_lie_near_at_hand_are_no_password(password: str) -> None:
    with pytest.raises(ValidationError, match="nära till hands"):
        ContextWordsValidator().validate(password)


@pytest.mark.parametrize("password", ["tre blå tranor över utredare", "Huddinge ligger söder om allting"])
def test_a_pass_phrase_may_hold_such_a_word(password: str) -> None:
    validate_password(password)


def test_passwords_of_any_composition_and_of_128_letters_are_taken() -> None:
    for password in ("bara små bokstäver här", "x" * 4 + "qwjzk" * 24 + "abcd", "🦢🦢🦢 svanar på sjön"):
        validate_password(password)
