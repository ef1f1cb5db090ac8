"""A passkey made of software: what a telephone or a stick answers, and what a forger would."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

ORIGIN = "https://testserver"
FLAG = AuthenticatorData.FLAG


@dataclass
class SoftKey:
    """One key pair for one account. The last fields are for making it lie."""

    number: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    pair: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    owner: str = ""
    uses: int = 0
    counts: bool = True
    origin: str = ORIGIN
    relying_party: str = "testserver"
    verifies_owner: bool = True
    ceremony: str = ""

    def make(self, question: dict[str, Any]) -> str:
        """Answer the question for a new key."""
        self.owner = question["user"]["id"]
        credential = AttestedCredentialData.create(
            b"\0" * 16, self.number, ES256.from_cryptography_key(self.pair.public_key())
        )
        data = AuthenticatorData.create(self._party(), self._flags() | FLAG.AT, self.uses, credential)
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", question["challenge"]),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def show(self, question: dict[str, Any]) -> str:
        """Answer the question for a key that is there."""
        self.uses += 1 if self.counts else 0
        data = AuthenticatorData.create(self._party(), self._flags(), self.uses)
        said = self._client_data("webauthn.get", question["challenge"])
        signature = self.pair.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=said,
            authenticatorData=data,
            signature=signature,
            userHandle=websafe_decode(self.owner),
        )

    def _party(self) -> bytes:
        return hashlib.sha256(self.relying_party.encode()).digest()

    def _flags(self) -> Any:
        return FLAG.UP | FLAG.UV if self.verifies_owner else FLAG.UP

    def _client_data(self, ceremony: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(self.ceremony or ceremony, challenge, self.origin))

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.number),
                "rawId": websafe_encode(self.number),
                "type": "public-key",
                "response": {name: websafe_encode(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )


def ask_to_add(client: Client) -> dict[str, Any]:
    """The question the page is given for a new key."""
    question: dict[str, Any] = client.post("/konto/nycklar/fraga/", secure=True).json()["publicKey"]
    return question


def ask_to_show(client: Client) -> dict[str, Any]:
    """The question the page is given for a key that is there."""
    question: dict[str, Any] = client.post("/logga-in/nyckel/fraga/", secure=True).json()["publicKey"]
    return question


def add_key(client: Client, key: SoftKey, name: str = "Jobbtelefonen") -> Any:
    data = {"name": name, "credential": key.make(ask_to_add(client))}
    return client.post("/konto/nycklar/", data, secure=True)


def sign_in_with(client: Client, key: SoftKey, **more: str) -> Any:
    data = {"credential": key.show(ask_to_show(client)), **more}
    return client.post("/logga-in/nyckel/", data, secure=True)
