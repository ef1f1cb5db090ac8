"""New figures are news to everyone who is signed in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.facts.versions import EmptyStoreError, FactStore
from plats.vocabulary.messages import Message
from plats.web.notices.news import NewsItem


def news_of_figures(user: Any, since: datetime) -> list[NewsItem]:  # noqa: ARG001  the same for everyone
    """The version that is shown, when it was written since. One file is read, no query."""
    try:
        version = FactStore(Path(settings.PLATS_HOME)).current()
    except EmptyStoreError:
        return []
    written = datetime.fromisoformat(version.manifest["written"])
    if written < since:
        return []
    return [
        NewsItem(
            key=f"figures/{version.id}",
            at=written,
            heading=_("Siffror"),
            message=Message(
                "Nya siffror visas från {day}.", day=timezone.localtime(written).date().isoformat()
            ),
            url=reverse("indicators:start"),
        )
    ]
