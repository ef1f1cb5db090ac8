"""The identity provider of `provider/`, while it runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plats.web.accounts.signin.tests.provider.provider_people import CLIENT_ID, CLIENT_SECRET, STRONG_ACR

_PROGRAM = Path(__file__).parent / "provider" / "serve.py"
_START_SECONDS = 60


@contextmanager
def running(folder: Path, redirect: str) -> Iterator[str]:
    """The provider's issuer. It knows one client, which may be sent back to `redirect`."""
    port = _free_port()
    issuer = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLATS_", "DJANGO_"))}
    log = folder / "provider.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(_PROGRAM), str(port), redirect],
            env=kept | {"PROVIDER_HOME": str(folder), "PROVIDER_ISSUER": issuer},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, issuer, log)
            yield issuer
        finally:
            process.terminate()
            process.wait(timeout=10)


def as_environment(issuer: str) -> Mapping[str, str]:
    """What an installation says to use it."""
    return {
        "PLATS_OIDC_ISSUER": issuer,
        "PLATS_OIDC_CLIENT_ID": CLIENT_ID,
        "PLATS_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "PLATS_OIDC_NAME": "Provinloggning (exempel)",
        "PLATS_OIDC_TRUSTED_ACR": f"{STRONG_ACR}=3",
    }


# Internals


def _wait(process: subprocess.Popen[bytes], issuer: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5):  # noqa: S310
                return
        except OSError:
            # Not listening yet; an early death ends the wait at once.
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError(f"The provider did not start:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
