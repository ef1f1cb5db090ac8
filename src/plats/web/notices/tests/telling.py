"""Shorthands: tell someone, sign in, read a page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from plats.vocabulary.messages import Message
from plats.web.accounts.models import User
from plats.web.notices.actions import notify
from plats.web.notices.models import Notice


def tell(*people: User, kind: str = "quiet", by: User | None = None, **more: Any) -> list[Notice]:
    message = more.pop("message", Message("Prov {number}.", number="1"))
    return notify(by=by, recipients=people, message=message, kind=kind, **more)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())
