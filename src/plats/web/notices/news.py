"""What is new to someone. An app registers in ``AppConfig.ready()`` who knows::

    register_news(news_of_documents)   # news_of_documents(user, since) -> list[NewsItem]

`since` lies somewhat before the moment the reader has seen: a provider returns all from then on, and what has been
seen is left out here. A provider asks through the gates and a fixed number of questions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plats.vocabulary.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One thing that is new: a name that is its own for ever, when, under which word, the sentence, and its page.

    The name goes with the page as one word of several, so it has no blanks: 'release/<number>'.
    """

    key: str
    at: datetime
    heading: Any
    message: Message
    url: str = ""

    def __post_init__(self) -> None:
        if not self.key or self.key.split() != [self.key]:
            raise ValueError(f"'{self.key}' är inget namn på en nyhet. Skriv slag/nummer utan blanksteg.")


Provider = Callable[[Any, datetime], list[NewsItem]]
_providers: list[Provider] = []


def register_news(provider: Provider) -> None:
    """Let an app say what is new; the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def forget_news(provider: Provider) -> None:
    """Take one away again: for tests that have put it there."""
    _providers.remove(provider)


def news_since(user: Any, since: datetime) -> list[NewsItem]:
    """Everything that is new to this person from this moment on, the newest first."""
    found = [item for provider in _providers for item in provider(user, since) if item.at >= since]
    return sorted(found, key=lambda item: (item.at, item.key), reverse=True)
