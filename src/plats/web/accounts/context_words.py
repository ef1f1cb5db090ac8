"""Passwords made of words that lie near at hand: the municipality's name, the product's, the roles'."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from plats.web.accounts.roles import ROLES
from plats.web.common.municipality import municipality_name

LEAST_LEFT = 8
"""How many letters must be left when the words, digits and signs are taken away."""
PRODUCT_WORDS = (
    "platsperspektiv",
    "perspektiv",
    "plats",
    "kommunen",
    "kommun",
    "lösenord",
    "losenord",
    "password",
)
_NO_LETTER = re.compile(r"[\W\d_]+")


class ContextWordsValidator:
    """A pass phrase may hold such a word, as long as the rest is long enough to be a pass phrase without it."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  Django's own signature
        letters = _NO_LETTER.sub("", password.casefold())
        for word in context_words():
            letters = letters.replace(word, "")
        if len(letters) < LEAST_LEFT:
            raise ValidationError(
                _(
                    "Lösenordet består mest av ord som ligger nära till hands här, siffror och tecken. "
                    "Välj några ord som inte har med kommunen eller systemet att göra."
                ),
                code="password_of_context_words",
            )

    def get_help_text(self) -> str:
        return _("Lösenordet kan inte bara vara kommunens eller systemets namn med siffror efter.")


def context_words() -> list[str]:
    """The words, longest first, so that a longer one is not broken by a shorter."""
    with override("sv"):
        roles = [str(role.display_name) for role in ROLES.values()]
    said = [*PRODUCT_WORDS, *municipality_name().split(), *roles]
    return sorted({_NO_LETTER.sub("", word.casefold()) for word in said} - {""}, key=len, reverse=True)
