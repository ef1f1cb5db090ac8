"""Requests to the installation on this machine: by TLS to nginx, plainly to it, or past it to the site itself."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass

NAME = os.environ.get("PLATS_DEPLOYED_NAME", "")
HERE, HTTP, HTTPS, SITE = "127.0.0.1", 80, 443, 8000


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        body = gzip.decompress(self.body) if self.headers["Content-Encoding"] == "gzip" else self.body
        return body.decode()


def ask(
    path: str, *, method: str = "GET", body: bytes | None = None, port: int = HTTPS, **headers: str
) -> Answer:
    """One request, for the installation's name unless another is given; `_` in a header's name is `-`."""
    sent = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = _Connection(port)
    try:
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """To this machine, whatever name is asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(HERE, port, timeout=60)

    def connect(self) -> None:
        self.sock = socket.create_connection((HERE, self.port), timeout=60)
        if self.port == HTTPS:
            self.sock = _trusting().wrap_socket(self.sock, server_hostname=NAME)


def _trusting() -> ssl.SSLContext:
    """The certificate is made for the trial and signed by nobody; its name is judged in the browser."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def send(content: bytes) -> Answer:
    """A form of this size. nginx answers before it has read all of one that is too large, so sending may break off."""
    connection = _Connection(HTTPS)
    head = {"Host": NAME, "Content-Type": "application/octet-stream", "Content-Length": str(len(content))}
    try:
        connection.putrequest("POST", "/logga-ut/", skip_host=True)
        for name, value in head.items():
            connection.putheader(name, value)
        connection.endheaders()
        with suppress(OSError):
            connection.send(content)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
