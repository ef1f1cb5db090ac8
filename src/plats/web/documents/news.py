"""What is new to someone among documents: those that others have written where they may read."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plats.vocabulary.messages import Message
from plats.web.accounts.models import User
from plats.web.documents.models import Document
from plats.web.notices.news import NewsItem

MOST = 50


def news_of_documents(user: User, since: datetime) -> list[NewsItem]:
    """New documents of one's organisations and those released to them, by others than oneself. Two queries."""
    found = Document.objects.visible_to(user).filter(created_at__gte=since).exclude(created_by=user)
    latest = found.select_related("organisation").order_by("-created_at", "-pk")[:MOST]
    return [
        NewsItem(
            key=f"document/{one.public_id}",
            at=one.created_at,
            heading=_("Handling"),
            message=Message("{owner} har skrivit {title}.", owner=one.organisation.name, title=one.title),
            url=one.get_absolute_url(),
        )
        for one in latest
    ]
