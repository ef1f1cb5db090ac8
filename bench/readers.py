"""`python -m bench readers`: six hundred people reading at once, on the server `plats serve` starts with two workers.

Makes an installation of its own in a temporary folder with the example world, signs in as the planner, and measures a
public page and a list that needs a sign-in beside a bare Django page on the same kind of server. Needs wrk (Debian:
apt-get install wrk), which takes its share of the same processor cores.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from bench.measure import ROOT, busy, our_python
from bench.server import bare_django

CONNECTIONS, SECONDS = 600, 30
# Few and short: what is still in the server's queue when the measuring begins would be measured too.
WARM_UP = ["-c8", "-d3s"]
PORT = 8932
PUBLIC, LIST = "/omraden/regso/flemingsberg-vastra/", "/organisationer/"
READER = "planerare@samhallsbyggnad.exempel.se"
_MS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """What the readers met: answers a second, and within how many milliseconds half, 90 % and 99 % of them came.

    `computing` is the server's own milliseconds of processor time for each answer: what a busy machine does not change.
    """

    per_second: float
    computing: float
    p50: float
    p90: float
    p99: float
    late: int

    def row(self, title: str, bare: Load | None = None) -> str:
        beside = f"   takt {self.per_second / bare.per_second:.2f} av bar Django" if bare else ""
        return (
            f"{title:<42} {self.per_second:6.0f}/s  p50 {self.p50:6.0f} ms  p90 {self.p90:6.0f} ms  "
            f"p99 {self.p99:6.0f} ms  {self.computing:5.2f} ms dator per svar  utan svar {self.late}{beside}"
        )


def main(_: list[str]) -> int:
    if shutil.which("wrk") is None:
        print("Programmet wrk behövs. På Debian: apt-get install wrk")
        return 2
    with bare_django() as address:
        bare = measured(address)
    with site() as address:
        public = measured(address + PUBLIC)
        cookie = signed_in(address)
        listed = measured(address + LIST, cookie)
    print(f"{CONNECTIONS} läsare samtidigt i {SECONDS} s, två processer av fyra trådar; {busy()}")
    print(bare.row("bar Django-sida"))
    print(public.row(f"öppen sida {PUBLIC}", bare))
    print(listed.row(f"inloggad lista {LIST}", bare))
    return int(bool(public.late or listed.late))


def measured(url: str, cookie: str = "") -> Load:
    """What wrk says after a warm-up. An error when an answer was no page."""
    words = ["wrk", "-t2", "--timeout", "60s", "--latency"]
    words += ["-H", f"Cookie: {cookie}"] if cookie else []
    subprocess.run([*words, *WARM_UP, url], check=True, capture_output=True)
    before = _computed()
    asked = [*words, f"-c{CONNECTIONS}", f"-d{SECONDS}s", url]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    computed = _computed() - before
    if "Non-2xx" in said:
        raise AssertionError(f"Alla svar är inte sidor:\n{said}")
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    answers = re.search(r"(\d+) requests in", said)
    assert rate is not None, said
    assert answers is not None, said
    p50, p90, p99 = (_percentile(said, share) for share in (50, 90, 99))
    late = sum(map(int, errors.groups())) if errors else 0
    return Load(float(rate[1]), 1000 * computed / int(answers[1]), p50, p90, p99, late)


@contextmanager
def site() -> Iterator[str]:
    """A new installation with figures and the example world, and its address."""
    plats = Path(our_python()).with_name("plats")
    with tempfile.TemporaryDirectory(prefix="plats-readers-") as folder:
        environment = {"PLATS_HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        for verb in ("init", "demo"):
            subprocess.run([plats, verb], check=True, capture_output=True, cwd=ROOT, env=environment)
        # The log goes where nobody reads it, and is written as in production.
        server = subprocess.Popen(
            [plats, "serve", "--port", str(PORT), "--workers", "2"],
            cwd=ROOT,
            env=environment | {"PLATS_LOG": "json"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{PORT}"
            _wait_until_ready(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=60)


def signed_in(address: str) -> str:
    """The cookie of someone who has just signed in as a browser would."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = browser.open(f"{address}/logga-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None, "Inloggningssidan har inget formulär."
    sent = {"csrfmiddlewaretoken": token[1], "username": READER, "password": _password()}
    request = urllib.request.Request(f"{address}/logga-in/", urlencode(sent).encode(), {"Referer": address})  # noqa: S310
    browser.open(request)
    assert browser.open(address + LIST).geturl() == address + LIST, "Inloggningen gick inte."
    return "; ".join(f"{one.name}={one.value}" for one in jar)


# Internals


def _password() -> str:
    """As the example world makes it."""
    return f"tre blå tranor över {READER.split('@', maxsplit=1)[0]}"


def _percentile(said: str, share: int) -> float:
    found = re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)\b", said)
    assert found is not None, said
    return float(found[1]) * _MS[found[2]]


def _computed() -> float:
    """Seconds of processor time that the server under measure has used: the processes that this one has started."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
        used[int(path.parent.name)] = int(fields[11]) + int(fields[12])
    ours = {os.getpid()}
    for _ in range(4):
        ours |= {child for child, parent in parents.items() if parent in ours}
    return sum(used[one] for one in ours - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def _wait_until_ready(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/halsa/redo/", timeout=5) as answer:  # noqa: S310
                assert json.load(answer)["ok"]
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Webbplatsen på {address} svarar inte. Är porten upptagen?")
