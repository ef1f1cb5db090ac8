"""`python -m bench server URL`: a page of a running site beside a bare Django page on the same kind of server.

Start the site with two workers first: plats serve --workers 2. Needs wrk (Debian: apt-get install wrk).
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import ROOT, busy, our_python

CONNECTIONS = 16
SECONDS = 10
PORT = 8931
LEAST_SHARE = 1 / 3


def main(arguments: list[str]) -> int:
    if not arguments or shutil.which("wrk") is None:
        print(
            "Ange adressen till en sida på en webbplats som är igång med två processer; programmet wrk behövs."
        )
        print("  python -m bench server http://127.0.0.1:8000/omraden/regso/flemingsberg-vastra/")
        return 2
    ours = requests_per_second(arguments[0])
    with bare_django() as address:
        bare = requests_per_second(address)
    share = ours / bare
    verdict = "ok" if share >= LEAST_SHARE else "FÖR LÅNGSAMT"
    print(
        f"{arguments[0]}  {ours:.0f} förfrågningar/s   bar Django-sida {bare:.0f}/s   "
        f"andel {share:.2f} (minst {LEAST_SHARE:.2f})  {verdict}"
    )
    print(f"{CONNECTIONS} anslutningar, {SECONDS} s; {busy()}")
    return int(share < LEAST_SHARE)


def requests_per_second(url: str) -> float:
    """What wrk counts after a short warm-up; an error when not every answer was a page."""
    command = ["wrk", f"-c{CONNECTIONS}", "-t2"]
    warm_up = subprocess.run([*command, "-d2s", url], check=False, capture_output=True, text=True)
    assert warm_up.returncode == 0, f"{url} svarar inte. Starta webbplatsen först. {warm_up.stderr}"
    said = subprocess.run(
        [*command, "--timeout", "10s", f"-d{SECONDS}s", url], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in said, f"Alla svar är inte sidor:\n{said}"
    assert "Socket errors" not in said, f"Alla förfrågningar fick inte svar:\n{said}"
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found is not None, said
    return float(found[1])


@contextmanager
def bare_django() -> Iterator[str]:
    """The bare page, on gunicorn as `plats serve` starts it: two processes of four threads."""
    gunicorn = Path(our_python()).with_name("gunicorn")
    options = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{PORT}", "--no-control-socket"]
    options += ["--log-level", "warning"]
    server = subprocess.Popen([str(gunicorn), *options, "bench.bare_django:application"], cwd=ROOT)
    try:
        _wait_until_it_answers()
        yield f"http://127.0.0.1:{PORT}/"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_it_answers() -> None:
    for _ in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Servern på port {PORT} svarar inte. Är porten upptagen?")
