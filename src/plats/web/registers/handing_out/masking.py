"""Masking a text: pure. What is masked is replaced by one and the same word, so that its length says nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from plats.vocabulary.personal import find_personal

MASK = "[maskat]"
Span = tuple[int, int]


class How(StrEnum):
    """What is done with a piece."""

    OPEN = "open"
    PARTS = "parts"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it is handed out, and how many places in it are masked."""

    text: str
    places: int


def mask(text: str, how: How, words: Collection[str] = ()) -> Masked:
    """The text as it is handed out. In parts, what points out a person is masked, and each of the words that stands in
    it, however it is cased."""
    if how is How.OPEN or not text:
        return Masked(text, 0)
    if how is How.WHOLE:
        return Masked(MASK, 1)
    spans = list(_joined(sorted([*_found(text), *_worded(text, words)])))
    for start, end in reversed(spans):
        text = text[:start] + MASK + text[end:]
    return Masked(text, len(spans))


def missing_words(text: str, words: Iterable[str]) -> list[str]:
    """The words that stand nowhere in the text: misspelt, or already gone."""
    return [word for word in words if not list(_worded(text, [word]))]


# Internals


def _found(text: str) -> Iterator[Span]:
    for finding in find_personal(text):
        yield finding.start, finding.end


def _worded(text: str, words: Iterable[str]) -> Iterator[Span]:
    for word in words:
        # With an ending too, 'Alva' masks 'Alvas'; but not inside another word, 'halva'.
        for match in re.finditer(rf"(?<!\w){re.escape(word)}\w*", text, re.IGNORECASE):
            yield match.span()


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that touch or overlap are one."""
    current: Span | None = None
    for start, end in spans:
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current
