"""Passkeys (WebAuthn): a key pair in a telephone, a computer or on a stick, opened by its own PIN or fingerprint.

Every key is asked to verify its owner and to know which account it is for. So one key is both factors: it opens a
session by itself, without address and password, and nothing that can be guessed or given away is sent.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import build_user_payload, get_server
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from plats.web.accounts.models import SecondFactor, User
from plats.web.audit.recording import recorded

CEREMONY_LIVES = timedelta(minutes=5)
LONGEST_NAME = 60
MOST_KEYS = 20
_STATE = "plats_passkey"
_KEYS = Authenticator.Type.WEBAUTHN


class PasskeyError(Exception):
    """A key's answer that is not to be believed. The message is for the log, not for the reader."""


def options_to_add(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser is asked when a key is to be made for an account."""
    options, state = get_server().register_begin(
        user=build_user_payload(user),
        credentials=[_credential(key) for key in keys_of(user)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _remember(request, state, "add")
    return dict(options)


def add(request: HttpRequest, *, by: User, name: str, answer: str) -> None:
    """Add the key that the browser has made, under its owner's name for it."""
    state = _recall(request, "add")
    credential = _read(answer)
    try:
        made = get_server().register_complete(state, RegistrationResponse.from_dict(credential))
    except _DISBELIEVED as error:
        raise PasskeyError(str(error)) from error
    if made.credential_data is None:
        raise PasskeyError("no credential in the answer")
    with recorded(by=by, act="factor.add") as record:
        User.objects.select_for_update().get(pk=by.pk)
        if keys_of(by).count() >= MOST_KEYS:
            raise PasskeyError("too many keys")
        data = {
            "number": uuid.uuid4().hex,
            "name": name[:LONGEST_NAME],
            "credential": bytes(made.credential_data).hex(),
            "uses": made.counter,
        }
        record.created(SecondFactor.objects.create(user=by, type=_KEYS, data=data))


def options_to_show(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """What the browser is asked when a key is to be shown: one of this account's, or any that knows its account."""
    options, state = get_server().authenticate_begin(
        credentials=[_credential(key) for key in keys_of(user)] if user is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _remember(request, state, "show")
    return dict(options)


def shown(request: HttpRequest, answer: str) -> User:
    """Whose key the browser has shown. PasskeyError unless everything in the answer is as it should be."""
    state = _recall(request, "show")
    credential = _read(answer)
    try:
        response = AuthenticationResponse.from_dict(credential)
        number = uuid.UUID(bytes=response.response.user_handle or b"")
    except _DISBELIEVED as error:
        raise PasskeyError(str(error)) from error
    user = User.objects.filter(public_id=number, is_active=True).first()
    if user is None:
        raise PasskeyError("no such account")
    _use(user, state, response)
    found: User = user
    return found


def keys_of(user: User) -> Any:
    """The account's passkeys, the oldest first."""
    return SecondFactor.objects.of(user).filter(type=_KEYS)


# Internals

# What the library raises on an answer that is malformed, forged or about something else.
_DISBELIEVED = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)


def _credential(key: Any) -> AttestedCredentialData:
    return AttestedCredentialData(bytes.fromhex(key.data["credential"]))


@transaction.atomic
def _use(user: User, state: Any, response: AuthenticationResponse) -> None:
    keys = list(Authenticator.objects.select_for_update().filter(user=user, type=_KEYS))
    try:
        used = get_server().authenticate_complete(state, [_credential(key) for key in keys], response)
    except _DISBELIEVED as error:
        raise PasskeyError(str(error)) from error
    key = next(one for one in keys if _credential(one).credential_id == used.credential_id)
    count, before = response.response.authenticator_data.counter, key.data["uses"]
    # Keys that are shared between one's devices do not count and always say 0. One that counts and does not go up
    # has been copied.
    if (count or before) and count <= before:
        raise PasskeyError("the key's counter has not gone up")
    key.data["uses"] = count
    key.last_used_at = timezone.now()
    key.save(update_fields=["data", "last_used_at"])


def _remember(request: HttpRequest, state: Any, purpose: str) -> None:
    request.session[_STATE] = {"state": state, "for": purpose, "at": timezone.now().isoformat()}


def _recall(request: HttpRequest, purpose: str) -> Any:
    """What was asked, once: an answer is not taken twice."""
    kept = request.session.pop(_STATE, None)
    if kept is None or kept["for"] != purpose:
        raise PasskeyError("nothing was asked")
    if timezone.now() - datetime.fromisoformat(kept["at"]) > CEREMONY_LIVES:
        raise PasskeyError("asked too long ago")
    return kept["state"]


def _read(answer: str) -> dict[str, Any]:
    try:
        read = json.loads(answer)
    except ValueError as error:
        raise PasskeyError("not JSON") from error
    if not isinstance(read, dict):
        raise PasskeyError("not an object")
    return read
