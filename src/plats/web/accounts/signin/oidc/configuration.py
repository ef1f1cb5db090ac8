"""Which identity provider the municipality has, as the environment says it. Pure: read before there is a site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DOCUMENT = "/.well-known/openid-configuration"
UNTRUSTED_LEVEL = 2
"""What a sign-in proves whose level nobody here has said that they trust: no more than a password."""
LEVELS = (2, 3)
_TEST_WORDS = frozenset(
    {
        "qa",
        "q",
        "tst",
        "stage",
        "staging",
        "stg",
        "demo",
        "dev",
        "devel",
        "utv",
        "utveckling",
        "sandbox",
        "acc",
    }
    | {
        "acceptans",
        "accept",
        "preprod",
        "pp",
        "lab",
        "mock",
        "fake",
        "exempel",
        "example",
        "invalid",
        "local",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """An OpenID Connect provider. `trusted_acr` says which of its levels (acr) proves what here."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    trusted_acr: Mapping[str, int] = field(default_factory=dict)

    @property
    def document_url(self) -> str:
        """Where the provider describes itself."""
        return self.issuer.rstrip("/") + DOCUMENT

    def level_of(self, acr: str) -> int:
        """What a sign-in at this level proves here."""
        return self.trusted_acr.get(acr, UNTRUSTED_LEVEL)


def read_provider(
    variables: Mapping[str, str], *, production: bool, is_test: bool
) -> IdentityProvider | None:
    """The provider of the PLATS_OIDC_ variables; None when there is none. In production no test provider passes."""
    if production and is_test:
        raise ImproperlyConfigured(
            "PLATS_OIDC_QA är på: det är en provmiljö. Ta bort PLATS_OIDC_QA och ange den skarpa utfärdaren, "
            "eller stäng av PLATS_PRODUCTION."
        )
    issuer = variables.get("PLATS_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    client_id, secret = (
        _needed(variables, "PLATS_OIDC_CLIENT_ID"),
        _needed(variables, "PLATS_OIDC_CLIENT_SECRET"),
    )
    _check_address(issuer, production=production)
    return IdentityProvider(
        issuer=issuer,
        client_id=client_id,
        client_secret=secret,
        name=variables.get("PLATS_OIDC_NAME", "").strip() or "kommunens inloggning",
        trusted_acr=_levels(variables.get("PLATS_OIDC_TRUSTED_ACR", "")),
    )


def looks_like_test(issuer: str) -> bool:
    """Whether an issuer's address says that it is for trying out: 'https://qa.example.se', 'https://idp-test.kommun.se'."""
    parts = urlsplit(issuer)
    host = parts.hostname or ""
    if _is_loopback(host):
        return True
    words = re.split(r"[./_~-]+", f"{host}/{parts.path}".lower())
    bare = [word.rstrip("0123456789") for word in words]
    return any(
        word in _TEST_WORDS or word.startswith("test") or word.endswith("test") for word in bare if word
    )


# Internals


def _needed(variables: Mapping[str, str], name: str) -> str:
    text = variables.get(name, "").strip()
    if not text:
        raise ImproperlyConfigured(
            f"PLATS_OIDC_ISSUER är angiven men inte {name}. Ange båda, eller ingen av dem."
        )
    return text


def _check_address(issuer: str, *, production: bool) -> None:
    parts = urlsplit(issuer)
    if parts.query or parts.fragment or not parts.hostname or parts.username:
        raise ImproperlyConfigured(
            f"PLATS_OIDC_ISSUER är '{issuer}'. Skriv utfärdarens adress så som den själv skriver den i sitt dokument "
            f"{DOCUMENT}, till exempel https://inloggning.kommun.se."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname)):
        raise ImproperlyConfigured(f"PLATS_OIDC_ISSUER är '{issuer}'. Utfärdaren ska ha en adress med https.")
    if production and looks_like_test(issuer):
        raise ImproperlyConfigured(
            f"PLATS_OIDC_ISSUER är '{issuer}', som ser ut som en provmiljö. I produktion godtas bara den skarpa "
            "utfärdaren: vem som helst kan få en identitet i en provmiljö."
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _levels(text: str) -> dict[str, int]:
    """'urn:example:loa3=3, urn:example:loa2=2' as a mapping."""
    found = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        acr, _, level = part.rpartition("=")
        if not acr or not level.isdecimal() or int(level) not in LEVELS:
            raise ImproperlyConfigured(
                f"PLATS_OIDC_TRUSTED_ACR har '{part}'. Skriv utfärdarens nivå, likhetstecken och vår nivå (2 eller 3), "
                "till exempel http://id.elegnamnden.se/loa/1.0/loa3=3."
            )
        found[acr.strip()] = int(level)
    return found
