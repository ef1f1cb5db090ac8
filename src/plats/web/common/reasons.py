"""Why a figure is hidden, missing or uncertain, in the reader's language.

The store keeps a reason as Swedish text: one or more sentences, some with a number in them. In another language each
sentence is looked up in the English catalog, and those with a number by the sentence around it.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext

from plats.web.common.language import language

_BETWEEN_SENTENCES = re.compile(r"(?<=\.)\s+(?=[A-ZÅÄÖ])")
_NUMBER = re.compile(r"\b\d+\b")


def translate_reason(reason: str) -> str:
    """The reason in the reader's language; a sentence that the catalog does not know stays as it stands."""
    if not reason or language() == "sv":
        return reason
    whole = gettext(reason)
    if whole != reason:
        return whole
    return " ".join(_translate(sentence) for sentence in _BETWEEN_SENTENCES.split(reason))


# Internals


def _translate(sentence: str) -> str:
    known = gettext(sentence)
    if known != sentence:
        return known
    # Known with its number taken out: 'Siffran bygger på {number} procent av områdets invånare.'
    numbers = _NUMBER.findall(sentence)
    template = gettext(_NUMBER.sub("{number}", sentence))
    for number in numbers:
        template = template.replace("{number}", number, 1)
    return template
