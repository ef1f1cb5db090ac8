"""A provider that speaks OpenID Connect and lies on command: its own small server, on loopback."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "platsperspektiv"
SUBJECT = "a-subject"
KEY_ID = "1"
ADDRESS = "utredare@exempel.se"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def as_jwk(key: rsa.RSAPrivateKey, **more: str) -> dict[str, Any]:
    """The public half, as a provider publishes it."""
    jwk: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return jwk | {"kid": KEY_ID, "use": "sig", "alg": "RS256"} | more


@dataclass
class Hostile:
    """What it says, and how. Everything is right until a test changes it."""

    issuer: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    other_key: rsa.RSAPrivateKey = field(default_factory=new_key)
    claims: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    header: dict[str, Any] = field(default_factory=lambda: {"kid": KEY_ID})
    signs_with: str = "key"
    document: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] | None = None
    token_answer: Any = None
    userinfo: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Paths that answer 500, or 302 to somewhere else."""
    elsewhere: set[str] = field(default_factory=set)
    asked: dict[str, list[str]] = field(default_factory=dict)
    sent: list[dict[str, list[str]]] = field(default_factory=list)

    def answer_to(self, address: str, **more: str) -> str:
        """The query that someone is sent back with, after the question at this address."""
        self.asked = parse_qs(urlsplit(address).query)
        query = {"code": secrets.token_hex(8), "state": self.asked["state"][0]} | more
        return "&".join(f"{name}={value}" for name, value in query.items() if value)

    def token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "auth_time": now,
            "nonce": self.asked["nonce"][0],
            "email": ADDRESS,
            "email_verified": True,
            "acr": "loa3",
        } | self.claims
        claims = {name: value for name, value in claims.items() if name not in self.without}
        return self._signed(claims)

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.signs_with == "nothing":
            return jwt.encode(claims, key=None, algorithm="none", headers=self.header)
        if self.signs_with == "public key as secret":
            return _signed_with_the_public_key(claims, self.key, self.header)
        if self.signs_with == "our secret":
            return jwt.encode(claims, "hemlighet" * 8, algorithm="HS256", headers=self.header)
        key = self.other_key if self.signs_with == "other key" else self.key
        text = jwt.encode(claims, key, algorithm="RS256", headers=self.header)
        return text[:-8] + ("AAAAAAAA" if self.signs_with == "spoilt" else text[-8:])

    def reply(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/who",
            } | self.document
        if path == "/keys":
            return {"keys": [as_jwk(self.key)] if self.keys is None else self.keys}
        if path == "/who":
            return {"sub": SUBJECT, "email": ADDRESS, "email_verified": True} | self.userinfo
        if self.token_answer is not None:
            return self.token_answer
        return {"access_token": "abc", "token_type": "Bearer", "expires_in": 300, "id_token": self.token()}


@contextmanager
def hostile() -> Iterator[Hostile]:
    """The provider, while it runs."""
    provider = Hostile()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Internals


def _handler(provider: Hostile) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            provider.sent.append(parse_qs(body.decode()))
            self._reply()

        def _reply(self) -> None:
            path = urlsplit(self.path).path
            if path in provider.elsewhere:
                self.send_response(302)
                self.send_header("Location", f"{provider.issuer}/elsewhere{path}")
                self.end_headers()
                return
            content = json.dumps(provider.reply(path.removeprefix("/elsewhere"))).encode()
            self.send_response(500 if path in provider.broken else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _signed_with_the_public_key(
    claims: dict[str, Any], key: rsa.RSAPrivateKey, header: dict[str, Any]
) -> str:
    """The well-known confusion: HS256 with the public key as its secret. By hand, since the library refuses to."""
    import hmac

    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def part(content: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    text = f"{part({'alg': 'HS256', 'typ': 'JWT'} | header)}.{part(claims)}"
    signature = hmac.new(pem, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
