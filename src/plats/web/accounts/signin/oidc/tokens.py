"""Whether an identity token is what it says: signed by the provider, for us, now, in answer to what we asked.

Pure: takes the token and the provider's keys. django-allauth reads the token without looking at its signature, on the
ground that it came straight from the provider. We look: then no proxy and no confused provider can name anyone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

# Those with a key pair. With a shared secret, or none, anyone who knows the secret or nothing at all could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_DIFFER_SECONDS = 60
OLDEST_SECONDS = 10 * 60
_NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (jwt.InvalidSignatureError, "signature"),
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.InvalidIssuerError, "issuer"),
    (jwt.InvalidAudienceError, "audience"),
    (jwt.ImmatureSignatureError, "not_yet"),
    (jwt.MissingRequiredClaimError, "incomplete"),
    (jwt.InvalidAlgorithmError, "algorithm"),
)


class TokenError(Exception):
    """A token that is not to be believed; `reason` is a word for the audit chain."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def verified_claims(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """What the token says, once everything about it has been found right; else TokenError."""
    try:
        header = jwt.get_unverified_header(token)
        key = _key(header, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[str(header["alg"])],
            audience=client_id,
            issuer=issuer,
            leeway=CLOCKS_DIFFER_SECONDS,
            options={"require": _NEEDED},
        )
    except jwt.PyJWTError as error:
        raise TokenError(_reason(error)) from error
    _judge(claims, client_id=client_id, nonce=nonce)
    return claims


# Internals


def _key(header: Mapping[str, Any], keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The provider's key that the token names. A token that names none is taken only when there is but one to mean."""
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise TokenError("algorithm")
    listed = keys.get("keys")
    known = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    fit = [
        one
        for one in known
        if one.get("use", "sig") == "sig"
        and one.get("alg", algorithm) == algorithm
        and ("kid" not in header or one.get("kid") == header["kid"])
    ]
    if len(fit) != 1:
        raise TokenError("key")
    try:
        return jwt.PyJWK(fit[0], algorithm=str(algorithm))
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise TokenError("key") from error


def _judge(claims: Mapping[str, Any], *, client_id: str, nonce: str) -> None:
    """What the library leaves to us."""
    if not constant_time_compare(str(claims["nonce"]), nonce):
        raise TokenError("nonce")
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise TokenError("audience")
    if time.time() - float(claims["iat"]) > OLDEST_SECONDS:
        raise TokenError("stale")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 191:
        raise TokenError("subject")


def _reason(error: jwt.PyJWTError) -> str:
    return next((word for kind, word in _REASONS if isinstance(error, kind)), "malformed")
