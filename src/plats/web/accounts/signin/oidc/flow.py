"""The way to the municipality's identity provider and back: state, nonce and PKCE out; a believed answer in."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from plats.web.accounts.signin.oidc.configuration import IdentityProvider
from plats.web.accounts.signin.oidc.tokens import TokenError, verified_claims

SCOPES = ("openid", "profile", "email")
FRESH_SECONDS = 5 * 60
"""How lately the provider must have seen the person, when someone confirms who they are."""
_KEPT_UNDER = "municipality"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# What a provider that misbehaves can make the libraries raise.
_BROKEN = (OAuth2Error, ValueError, KeyError, TypeError, AttributeError)


class OidcError(Exception):
    """An answer that lets nobody in; `reason` is a word for the page and the audit chain."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider has said, believed: who, how surely, and what we wanted to know it for."""

    subject: str
    acr: str
    email: str
    email_verified: bool
    wanted: str
    confirms: bool


def begin(request: HttpRequest, provider: IdentityProvider, *, wanted: str, confirms: bool) -> str:
    """The address to send the person to. What is asked is kept in their session, for ten minutes and one answer."""
    adapter = _Adapter(request, provider)
    nonce, proof = secrets.token_urlsafe(32), generate_code_challenge()
    state = {
        "nonce": nonce,
        "verifier": proof.pop("code_verifier"),
        "wanted": wanted,
        "confirms": confirms,
        "user": _number(request),
    }
    asked = {"nonce": nonce, "code_challenge_method": "S256", "code_challenge": proof["code_challenge"]}
    if confirms:
        asked |= {"prompt": "login", "max_age": "0"}
    if strong := [
        acr for acr, level in provider.trusted_acr.items() if level == max(provider.trusted_acr.values())
    ]:
        asked["acr_values"] = " ".join(strong)
    client = adapter.get_client(request, adapter.app)
    client.state = statekit.stash_state(request, provider_id=_KEPT_UNDER, state=state)
    return str(client.get_redirect_url(adapter.authorize_url, SCOPES, asked))


def finish(request: HttpRequest, provider: IdentityProvider) -> Answer:
    """Judge the answer that the person has been sent back with; OidcError unless all of it is right."""
    state = statekit.unstash_state(request, provider_id=_KEPT_UNDER, state_id=request.GET.get("state", ""))
    # Asked by one and answered as another: someone has signed in or out in between.
    if state is None or state["user"] != _number(request):
        raise OidcError("state")
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise OidcError("issuer")
    if "error" in request.GET:
        raise OidcError("cancelled" if request.GET["error"] == "access_denied" else "provider_error")
    if not request.GET.get("code"):
        raise OidcError("no_code")
    adapter = _Adapter(request, provider)
    sent = _exchange(adapter, request.GET["code"], state["verifier"])
    claims = _claims(adapter, sent, state["nonce"])
    if state["confirms"] and not _lately(claims):
        raise OidcError("not_fresh")
    said = claims if "email" in claims else adapter.said_about(sent, claims["sub"])
    return Answer(
        subject=claims["sub"],
        acr=str(claims.get("acr", "")),
        email=str(said.get("email") or ""),
        email_verified=said.get("email_verified") in (True, "true"),
        wanted=state["wanted"],
        confirms=state["confirms"],
    )


# Internals


class _Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """django-allauth's plumbing, with the provider of the environment. Its document is looked at before it is used."""

    def __init__(self, request: HttpRequest, provider: IdentityProvider) -> None:
        super().__init__(request, _KEPT_UNDER)
        self.configured = provider
        self.app = SocialApp(
            provider="openid_connect",
            provider_id=_KEPT_UNDER,
            name=provider.name[:40],
            client_id=provider.client_id,
            secret=provider.client_secret,
            settings={"server_url": provider.document_url},
        )

    def get_provider(self) -> OpenIDConnectProvider:
        return OpenIDConnectProvider(self.request, app=self.app)

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_document"):
            self._document = self.fetched(self.configured.document_url)
            if self._document.get("issuer") != self.configured.issuer:
                raise OidcError("issuer")
            for name in _ENDPOINTS:
                _refuse_unsafe(self._document.get(name), self.configured.issuer)
        return self._document

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002  its signature
        # One address in whatever language one reads: the provider knows it letter by letter.
        with override("sv"):
            return request.build_absolute_uri(reverse("accounts:oidc_answer"))

    def fetched(self, address: str, **headers: str) -> dict[str, Any]:
        """An object that the provider hands out."""
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(address, headers={"Accept": "application/json", **headers})
                answer.raise_for_status()
                content = answer.json()
        except requests.RequestException as error:
            raise OidcError("unreachable") from error
        if not isinstance(content, dict):
            raise OidcError("malformed")
        return content

    def said_about(self, sent: Mapping[str, Any], subject: str) -> dict[str, Any]:
        """What the provider says about the person besides the token. It must be about the same one."""
        address = self.openid_config.get("userinfo_endpoint")
        if not address:
            return {}
        _refuse_unsafe(address, self.configured.issuer)
        said = self.fetched(address, Authorization=f"Bearer {sent['access_token']}")
        if said.get("sub") != subject:
            raise OidcError("subject")
        return said


def _exchange(adapter: _Adapter, code: str, verifier: str) -> dict[str, Any]:
    client = adapter.get_client(adapter.request, adapter.app)
    try:
        sent = client.get_access_token(code, pkce_code_verifier=verifier)
    except requests.RequestException as error:
        raise OidcError("unreachable") from error
    except _BROKEN as error:
        # A code that is used, expired, another's or made up ends here: the provider does not exchange it.
        raise OidcError("code") from error
    return dict(sent)


def _claims(adapter: _Adapter, sent: Mapping[str, Any], nonce: str) -> dict[str, Any]:
    token = sent.get("id_token")
    if not isinstance(token, str):
        raise OidcError("no_token")
    config, provider = adapter.openid_config, adapter.configured
    keys = adapter.fetched(config["jwks_uri"])
    try:
        return verified_claims(
            token, keys=keys, issuer=provider.issuer, client_id=provider.client_id, nonce=nonce
        )
    except TokenError as error:
        raise OidcError(error.reason) from error


def _lately(claims: Mapping[str, Any]) -> bool:
    at = claims.get("auth_time")
    return isinstance(at, int | float) and time.time() - at <= FRESH_SECONDS


def _number(request: HttpRequest) -> str:
    return str(request.user.public_id) if request.user.is_authenticated else ""


def _refuse_unsafe(address: object, issuer: str) -> None:
    """An endpoint in plain text is refused, but where the issuer itself is one on this machine."""
    scheme = urlsplit(address).scheme if isinstance(address, str) else ""
    if scheme != "https" and not (scheme == "http" and issuer.startswith("http:")):
        raise OidcError("malformed")
