"""What the frame of every page says to one who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from plats.web.notices.queries import unread_count


def mine(request: HttpRequest) -> dict[str, Any]:
    """How many notices are unread: one query, and only when the frame asks. Nobody else costs a question."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.may_read:
        return {}
    return {"unread_notices": lambda: unread_count(user)}
