"""What we say to django-allauth: how secrets are kept, what we are called, and that nobody is let in by it alone."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from plats.web.common.municipality import municipality_name
from plats.web.common.secret_files import persistent_key


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors lie encrypted: whoever reads the database alone cannot make codes from them."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise FactorKeyError(
                "Hemligheten för andra faktorn går inte att läsa med installationens nyckel (factor_key). "
                "Lägg tillbaka nyckeln från säkerhetskopian, eller återställ kontots inloggning."
            ) from error

    def get_totp_issuer(self) -> str:
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": site_name()}

    def _get_site_name(self) -> str:
        return site_name()

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        # The number outside the database: a passkey hands it to whoever asks, so it says nothing about the person.
        return {"id": user.public_id.bytes, "display_name": user.name, "name": user.email}


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody signs up. Providers come from the environment only, never from a row in the database."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  its signature
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:  # noqa: ARG002  its signature
        return []

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        # What the provider's addresses are is said by its own document; being sent elsewhere is refused.
        session.max_redirects = 0
        return session


class FactorKeyError(Exception):
    """A secret that the installation's key does not open."""


def site_name() -> str:
    """What an app for codes and a passkey call us: 'Platsperspektiv Huddinge'."""
    return " ".join(part for part in ("Platsperspektiv", municipality_name()) if part)


# Internals


def _cipher() -> Fernet:
    return _cipher_of(settings.PLATS_FACTOR_KEY, str(settings.PLATS_HOME))


@lru_cache(maxsize=8)
def _cipher_of(given: str, home: str) -> Fernet:
    key = given or persistent_key(Path(home), "factor_key")
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
