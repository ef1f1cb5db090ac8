"""Five gigabytes sent to a real server on loopback: refused at once, with neither memory nor disk used."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import surroundings

FIVE_GIGABYTES = 5 * 1024**3
MEGABYTE = 1024**2
CHUNK = b"a" * MEGABYTE
HEAD = b"\r\n".join(
    [
        b"POST /handlingar/00000000-0000-4000-8000-000000000000/filer/ HTTP/1.1",
        b"Host: localhost",
        b"Content-Type: multipart/form-data; boundary=b",
        # With a token to compare, so that the form would be read to find the other half.
        b"Cookie: plats_csrf=" + b"a" * 32,
        b"%s",
        b"",
        b"",
    ]
)
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG\r\n\x1a\n'


class Server:
    """gunicorn with our application, as `plats serve` runs it, on a home without figures."""

    def __init__(self, home: Path) -> None:
        self.temporary = home / "tmp"
        self.temporary.mkdir(parents=True)
        self.port = _free_port()
        options = [
            "--worker-class",
            "gthread",
            "--threads",
            "4",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--no-control-socket",
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, "plats.web.config.wsgi:application"],
            env=surroundings(home, PLATS_PLAIN_STATIC="1", TMPDIR=str(self.temporary)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def memory(self) -> int:
        """Bytes in memory of the server and its workers."""
        return sum(_resident(pid) for pid in [self.process.pid, *_children(self.process.pid)])

    def on_disk(self) -> int:
        return sum(path.stat().st_size for path in self.temporary.rglob("*") if path.is_file())

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("server"))
    try:
        _wait_until_it_answers(started)
        yield started
    finally:
        started.process.terminate()
        started.process.wait(timeout=30)


@pytest.mark.parametrize("waits", [True, False], ids=["that waits for the answer", "that sends regardless"])
def test_five_gigabytes_are_refused_with_small_memory_and_disk(server: Server, waits: bool) -> None:
    """One sender that announces its size and waits, and one that keeps sending whatever the answer."""
    before = server.memory()
    with server.connect() as line:
        line.sendall(HEAD % f"Content-Length: {FIVE_GIGABYTES}".encode() + PART)
        most, sent = before, 0
        if not waits:
            sent, most = _send_until_closed(line, server)
        assert _status(line) in ({413} if waits else {413, 0})
    assert sent < FIVE_GIGABYTES // 10, "The server went on reading."
    assert max(most, server.memory()) - before < 60 * MEGABYTE
    assert server.on_disk() < MEGABYTE
    assert _answers(server)


def test_an_upload_that_announces_no_size_is_not_read_either(server: Server) -> None:
    before = server.memory()
    with server.connect() as line:
        line.sendall(HEAD % b"Transfer-Encoding: chunked")
        sent, most = _send_until_closed(line, server, frame=b"%x\r\n%s\r\n")
        assert _status(line) in {0, 400, 403, 411, 413}
    assert sent < FIVE_GIGABYTES // 10, "The server went on reading."
    assert max(most, server.memory()) - before < 60 * MEGABYTE
    assert server.on_disk() < MEGABYTE
    assert _answers(server)


# Internals


def _send_until_closed(line: socket.socket, server: Server, frame: bytes = b"") -> tuple[int, int]:
    """Send until the other end has closed; returns how many bytes went out, and the most memory it used meanwhile."""
    chunk = frame % (len(CHUNK), CHUNK) if frame else CHUNK
    sent, most = 0, 0
    try:
        while sent < FIVE_GIGABYTES:
            line.sendall(chunk)
            sent += len(CHUNK)
            if sent % (64 * MEGABYTE) == 0:
                most = max(most, server.memory())
    except OSError:
        pass
    return sent, most


def _status(line: socket.socket) -> int:
    """The answer's status; 0 when the connection was cut before one could be read."""
    try:
        answer = line.recv(4096)
    except OSError:
        return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def _answers(server: Server) -> bool:
    with server.connect() as line:
        line.sendall(b"GET /finns-inte/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return _status(line) == 404


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.process.poll() is None, "The server did not start."
        try:
            if _answers(server):
                return
        except OSError:
            pass
        try:
            server.process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("The server does not answer.")


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
