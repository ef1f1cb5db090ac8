"""Signing in at the provider that lies, and being refused."""

from __future__ import annotations

from typing import Any

from django.test import Client

from plats.web.accounts.models import LinkedIdentity
from plats.web.accounts.signin.tests.entrants import acts, is_in, last_entry
from plats.web.accounts.signin.tests.hostile import Hostile

ANSWER = "/logga-in/kommunen/svar/"


def sign_in(client: Client, provider: Hostile, **more: str) -> Any:
    address = client.get("/logga-in/kommunen/?next=/konto/").headers["Location"]
    return client.get(f"{ANSWER}?{provider.answer_to(address, **more)}")


def refused(client: Client, answer: Any, reason: str, status: int = 400) -> None:
    """Nobody in, a page that says so in words, and an entry with the reason."""
    assert answer.status_code == status
    page = answer.content.decode()
    assert "Det gick inte att logga in" in page or "Inloggningen avbröts" in page
    assert not is_in(client)
    assert not LinkedIdentity.objects.exists()
    assert acts("session.open") == []
    entry = last_entry("sign_in.refuse")
    assert (entry.actor, entry.kind, entry.note) == ("system", "identity_provider", reason)
