"""Sentences kept in the database with their parts apart, so that each reader meets them in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from plats.vocabulary.messages import Bilingual, Count, Message, Part
from plats.vocabulary.personal import find_personal


class PersonalPartError(ValueError):
    """A sentence that would carry what points out a person to where it is not to stand."""


def as_json(message: Message) -> dict[str, Any]:
    """The sentence as a row keeps it. Its text must be a literal of the program: it is also the catalog's message id.

    Raises PersonalPartError when a part points out a person: rows of this kind are shown, mailed about and counted.
    """
    for name, part in message.parts.items():
        if isinstance(part, str) and find_personal(part):
            raise PersonalPartError(
                f"Delen {name} pekar ut en person. Skriv en roll, en plats eller ett nummer."
            )
    return {
        "text": message.text,
        "parts": {name: _part_as_json(part) for name, part in message.parts.items()},
    }


def from_json(content: Mapping[str, Any]) -> Message:
    """The sentence of a row."""
    text, parts = content["text"], content["parts"]
    return Message(text, **{name: _part(part) for name, part in parts.items()})


def both_languages(message: Message) -> Bilingual:
    """A sentence as a name inside another: written now, in both languages."""
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            said[language] = message.say(gettext, language)
    return Bilingual(**said)


def in_both_languages(text: Any) -> Bilingual:
    """A lazily translated word in both languages, such as the name of a role."""
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            said[language] = str(text)
    return Bilingual(**said)


# Internals


def _part_as_json(part: Part) -> Any:
    if isinstance(part, str):
        return part
    if isinstance(part, Count):
        return {"count": part.value}
    if isinstance(part, Bilingual):
        return {"sv": part.sv, "en": part.en}
    raise TypeError(f"En del av slaget {type(part).__name__} kan inte sparas. Skriv den som text.")


def _part(content: Any) -> Part:
    if isinstance(content, str):
        return content
    return Count(content["count"]) if "count" in content else Bilingual(sv=content["sv"], en=content["en"])
