"""Second factors: codes from an app, recovery codes, and taking any of them away. Passkeys are in `passkeys`."""

from __future__ import annotations

import secrets
import time
import uuid
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from plats.web.accounts.models import Method, SecondFactor, User
from plats.web.audit.recording import recorded

CODE_SECONDS = 30
CODE_DIGITS = 6
DRIFT = 1
"""How many codes before and after the current one are taken: telephones' clocks are not always right."""
RECOVERY_DIGITS = 8
_SECRET = "plats_totp_secret"  # noqa: S105  the name of a place in the session

Type = Authenticator.Type


class LastFactorError(Exception):
    """The account would be left with its password alone."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What an app for codes needs to know: the secret in groups of four, its address, and the address as a picture."""

    secret: str
    address: str
    picture: str

    @property
    def groups(self) -> str:
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def set_up(request: HttpRequest, *, anew: bool) -> Setup:
    """The secret that waits in the session until a code shows that the app has it."""
    kept = "" if anew else request.session.get(_SECRET, "")
    secret = decrypt(kept) if kept else generate_totp_secret()
    request.session[_SECRET] = kept or encrypt(secret)
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, secret)
    svg = adapter.build_totp_svg(address).encode()
    # As an image's address: the page's policy takes no markup from elsewhere, and the picture keeps its white ground.
    return Setup(secret, address, f"data:image/svg+xml;base64,{b64encode(svg).decode('ascii')}")


def add_totp(request: HttpRequest, *, by: User, code: str) -> bool:
    """Add the app whose secret waits in the session, if the code is right; the one before it goes."""
    kept = request.session.get(_SECRET, "")
    counter = matching_counter(decrypt(kept), code, after=-1) if kept else None
    if counter is None:
        return False
    with recorded(by=by, act="factor.add") as record:
        for earlier in SecondFactor.objects.of(by).filter(type=Type.TOTP):
            record.removed(earlier)
            earlier.delete()
        data = {"number": uuid.uuid4().hex, "secret": kept, "last_counter": counter}
        record.created(SecondFactor.objects.create(user=by, type=Type.TOTP, data=data))
    del request.session[_SECRET]
    return True


def use_code(user: User, code: str) -> Method | None:
    """Use a code from the app or a recovery code, by how many digits it has. Each opens once; None when it is wrong."""
    digits = "".join(one for one in code if one.isdigit())
    if len(digits) == RECOVERY_DIGITS:
        return Method.RECOVERY_CODE if _use_recovery_code(user, digits) else None
    return Method.TOTP if _use_totp(user, digits) else None


def matching_counter(secret: str, code: str, *, after: int) -> int | None:
    """The time step whose code this is, if it is later than `after`: a code that was used is not used again."""
    now = int(time.time()) // CODE_SECONDS
    for counter in range(now - DRIFT, now + DRIFT + 1):
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > after and secrets.compare_digest(expected.encode(), code.encode()):
            return counter
    return None


def new_recovery_codes(*, by: User) -> list[str]:
    """Make recovery codes in place of those there were. They can be read now and never again."""
    with recorded(by=by, act="factor.renew_codes") as record:
        # The account's row is the lock: the codes' own row is about to go.
        User.objects.select_for_update().get(pk=by.pk)
        for earlier in SecondFactor.objects.of(by).filter(type=Type.RECOVERY_CODES):
            record.removed(earlier)
            earlier.delete()
        data = {"number": uuid.uuid4().hex, "seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 0}
        made = SecondFactor.objects.create(user=by, type=Type.RECOVERY_CODES, data=data)
        record.created(made)
    return [f"{code[:4]} {code[4:]}" for code in RecoveryCodes(made).generate_codes()]


def first_recovery_codes(*, by: User) -> list[str]:
    """Recovery codes for an account that has none yet; [] when it has."""
    return (
        []
        if SecondFactor.objects.of(by).filter(type=Type.RECOVERY_CODES).exists()
        else new_recovery_codes(by=by)
    )


def recovery_codes_left(user: User) -> int | None:
    """How many recovery codes are unused; None when the account has none at all."""
    row = SecondFactor.objects.of(user).filter(type=Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row is not None else None


def remove(*, by: User, factors: Iterable[SecondFactor], last_may_go: bool) -> None:
    """Take factors away. Recovery codes go with the last of the others: they recover nothing then."""
    going = {factor.pk: factor for factor in factors}
    with recorded(by=by, act="factor.remove") as record:
        User.objects.select_for_update().get(pk=by.pk)
        staying = [one for one in SecondFactor.objects.of(by) if one.pk not in going]
        if not [one for one in staying if one.type != Type.RECOVERY_CODES]:
            if not last_may_go:
                raise LastFactorError
            going |= {one.pk: one for one in staying}
        for factor in going.values():
            record.removed(factor)
            factor.delete()


# Internals


@transaction.atomic
def _use_totp(user: User, code: str) -> bool:
    row: Any = Authenticator.objects.select_for_update().filter(user=user, type=Type.TOTP).first()
    if row is None:
        return False
    counter = matching_counter(decrypt(row.data["secret"]), code, after=row.data["last_counter"])
    if counter is None:
        return False
    row.data["last_counter"] = counter
    row.last_used_at = timezone.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def _use_recovery_code(user: User, code: str) -> bool:
    row: Any = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    if row is None or not RecoveryCodes(row).validate_code(code):
        return False
    Authenticator.objects.filter(pk=row.pk).update(last_used_at=timezone.now())
    return True
