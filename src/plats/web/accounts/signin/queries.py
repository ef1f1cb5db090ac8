"""What one reads about one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from plats.web.accounts.models import LinkedIdentity, Membership, SecondFactor, User
from plats.web.accounts.signin.factors import recovery_codes_left

Type = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Protection:
    """What an account has besides its password."""

    app: SecondFactor | None
    keys: list[SecondFactor]
    codes_left: int | None

    @property
    def is_there(self) -> bool:
        return self.app is not None or bool(self.keys)


def protection_of(user: User) -> Protection:
    """The account's second factors, in one question."""
    rows = list(SecondFactor.objects.visible_to(user).order_by("created_at", "pk"))
    return Protection(
        app=next((row for row in rows if row.type == Type.TOTP), None),
        keys=[row for row in rows if row.type == Type.WEBAUTHN],
        codes_left=recovery_codes_left(user)
        if any(row.type == Type.RECOVERY_CODES for row in rows)
        else None,
    )


def has_app(user: User) -> bool:
    """Whether the account has an app for codes, or recovery codes to use in its place."""
    return bool(SecondFactor.objects.visible_to(user).exclude(type=Type.WEBAUTHN).exists())


def has_key(user: User) -> bool:
    """Whether the account has a passkey."""
    return bool(SecondFactor.objects.visible_to(user).filter(type=Type.WEBAUTHN).exists())


def key_of(user: User, number: str) -> SecondFactor | None:
    """One's own passkey with this number; None for everything else."""
    rows = SecondFactor.objects.visible_to(user).filter(type=Type.WEBAUTHN)
    return next((row for row in rows if row.data["number"] == number), None)


def roles_held(user: User) -> list[Membership]:
    """The roles the account holds today, by organisation."""
    held = Membership.objects.visible_to(user).current().filter(user=user)
    return list(held.select_related("organisation", "unit").order_by("organisation__name", "role", "pk"))


def identities_of(user: User) -> list[LinkedIdentity]:
    """Identities at the municipality's provider that open this account."""
    return list(LinkedIdentity.objects.visible_to(user).order_by("pk"))
