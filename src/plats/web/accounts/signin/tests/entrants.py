"""Who signs in, in the tests, and with what."""

from __future__ import annotations

import time
import uuid

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import encrypt
from django.http import HttpResponse
from django.test import Client

from plats.web.accounts.actions import May, create_user
from plats.web.accounts.models import SecondFactor, User
from plats.web.accounts.signin.factors import CODE_SECONDS
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded

PASSWORD = "tre gula lastbilar"  # noqa: S105  belongs to nobody
WRONG = "fyra röda lastbilar"


def make_user(email: str = "utredare@exempel.se", may: May = May.WRITE) -> User:
    return create_user(by=None, email=email, name="Utredare (exempel)", password=PASSWORD, may=may)


def first_step(
    client: Client, email: str = "utredare@exempel.se", password: str = PASSWORD, **more: str
) -> HttpResponse:
    return client.post("/logga-in/", {"username": email, "password": password, **more})


def add_app(user: User) -> str:
    """Give the account an app for codes; returns the secret that the app holds."""
    secret = generate_totp_secret()
    data = {"number": uuid.uuid4().hex, "secret": encrypt(secret), "last_counter": -1}
    with unrecorded("test"):
        SecondFactor.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return secret


def app_code(secret: str, steps: int = 0) -> str:
    """The code that the app shows now, or so many steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // CODE_SECONDS + steps))


def is_in(client: Client) -> bool:
    """Whether the site shows this visitor a page that takes signing in."""
    return client.get("/konto/sessioner/").status_code == 200


def acts(*names: str) -> list[str]:
    """The acts on record, in order; only those named, when any are."""
    found = AuditEntry.objects.order_by("sequence").values_list("act", flat=True)
    return [act for act in found if not names or act in names]


def last_entry(act: str) -> AuditEntry:
    entry = AuditEntry.objects.filter(act=act).order_by("-sequence").first()
    assert entry is not None, f"{act} is not on record"
    return entry
