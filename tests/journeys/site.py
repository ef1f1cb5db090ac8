"""A running site of its own: a home folder, and the server that shows it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import copy_database, surroundings
from tests.people import STRANGER

START_SECONDS = 60
STOP_SECONDS = 10
COMMAND_SECONDS = 180

_PLATS = str(Path(sys.executable).with_name("plats"))
# Made by the action, as on an installation; the example world knows no one without a role.
_MAKE_STRANGER = """
import json, sys
from plats.cli.output import set_up_django
set_up_django()
from plats.web.accounts.actions import May, create_user
person = json.load(sys.stdin)
create_user(by=None, may=May(person.pop("may")), **person)
"""


def prepare_home(home: Path) -> None:
    """The embedded figures, derived; the example world with a login for each role, and a stranger."""
    plats(home, "init")
    plats(home, "demo")
    stranger = {
        "email": STRANGER.email,
        "name": STRANGER.name,
        "may": STRANGER.may,
        "password": STRANGER.password,
    }
    _run([sys.executable, "-c", _MAKE_STRANGER], home, json.dumps(stranger))


def plats(home: Path, *words: str) -> None:
    """Run the command on a home; what it printed is shown when it fails."""
    _run([_PLATS, *words], home)


def copy_home(source: Path, target: Path) -> None:
    """A home of one's own with the same figures."""
    shutil.copytree(source, target)
    copy_database(source, target)


def letters_of(home: Path) -> Path:
    """Where the site puts its letters."""
    return home / "letters"


@contextmanager
def serving(home: Path, *, port: int | None = None, **more: str) -> Iterator[str]:
    """The site's address while it runs, at a port of one's own and with more in its surroundings where asked for."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    log = home / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [_PLATS, "serve", "--port", str(port), "--workers", "2"],
            env=surroundings(home, PLATS_MAIL_DIR=str(letters_of(home)), **more),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_healthy(server, address, log)
            yield address
        finally:
            _stop(server)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


# Internals


def _run(command: list[str], home: Path, given: str = "") -> None:
    done = subprocess.run(
        command,
        env=surroundings(home),
        input=given,
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command[:3])} failed:\n{done.stdout}\n{done.stderr}"


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/", timeout=5) as answer:
                assert answer.status == 200
                return
        except urllib.error.HTTPError as error:
            error.close()
            raise AssertionError(
                f"The start page answers {error.code}:\n{log.read_text()[-3000:]}"
            ) from error
        except OSError:
            # Not listening yet; wait for the process itself, so that an early death ends the wait at once.
            _wait_briefly(server)
    raise AssertionError(f"The site did not start:\n{log.read_text()[-3000:]}")


def _wait_briefly(server: subprocess.Popen[bytes]) -> None:
    try:
        server.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=STOP_SECONDS)
