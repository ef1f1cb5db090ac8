"""A new password: the old sessions end with the old one."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from plats.web.accounts.models import Ending, User
from plats.web.accounts.signin import sessions
from plats.web.audit.recording import Record, recorded

_SECRET_CHANGED = {"password": ["•", "•"]}


def change_password(request: HttpRequest, *, by: User, password: str) -> None:
    """Set one's own password; every session but the one at hand ends."""
    with recorded(by=by, act="user.password") as record:
        set_password(record, by, password)
        # Also gives the session at hand a new key, and lets it outlive the password it began with.
        update_session_auth_hash(request, by)
        sessions.end_others(
            by=by, user=by, kept=request.session[sessions.NUMBER], ending=Ending.PASSWORD_CHANGED
        )


def set_no_password(record: Record, user: User) -> None:
    """Let no password open the account, inside an act that is under way."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record.noted(kind="user", object_id=str(user.public_id), values=_SECRET_CHANGED)


def set_password(record: Record, user: User, password: str) -> None:
    """Set a password inside an act that is under way. The entry names the field and nothing more."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record.noted(kind="user", object_id=str(user.public_id), values=_SECRET_CHANGED)
