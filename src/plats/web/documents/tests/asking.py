"""How the pages of documents are asked for and answered in tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from plats.web.accounts.models import User
from plats.web.documents.models import Document

LIST = "/handlingar/"
NUMBER = "640823-3234"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def sent(client: Client, path: str, status: int, **fields: Any) -> str:
    response = client.post(path, fields)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def written(document: Document, user: User, **changes: str) -> dict[str, str]:
    """The change form as a browser sends it: each field, and what the form showed in it."""
    shown = {
        "title": document.title,
        "case_number": document.case_number,
        "place": "",
        "description": document.description,
        "responsible": str(document.responsible.public_id),
    }
    initial = {f"initial-{name}": value for name, value in shown.items()} | {"initial-is_protected": "False"}
    return shown | initial | {"revision": str(document.revision)} | changes
