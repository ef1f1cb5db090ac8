"""`python -m bench pages URL [URL ...]`: pages of a running site, one request at a time.

Start the site with one worker first: plats serve --workers 1
"""

from __future__ import annotations

import http.client
import statistics
import time
from urllib.parse import urlsplit

from bench.measure import against_limit, busy

REQUESTS = 500
WARM_UP = 20
LIMIT_MS = 60.0


def main(arguments: list[str]) -> int:
    if not arguments:
        print("Ange adressen till en områdessida på en webbplats som är igång, till exempel")
        print("  python -m bench pages http://127.0.0.1:8000/omraden/regso/flemingsberg-vastra/")
        return 2
    code = 0
    for url in arguments:
        seconds = response_times(url)
        p95 = 1000 * statistics.quantiles(seconds, n=100)[94]
        print(
            f"{url}: median {1000 * statistics.median(seconds):.1f} ms, längst {1000 * max(seconds):.1f} ms"
        )
        code |= against_limit(f"p95 av {len(seconds)} förfrågningar", p95, LIMIT_MS, "ms")
    print(busy())
    return code


def response_times(url: str, requests: int = REQUESTS) -> list[float]:
    """Seconds for each request, the body read to its end, over one kept connection."""
    parts = urlsplit(url)
    assert parts.hostname is not None, f"'{url}' är ingen adress."
    connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=30)
    seconds = []
    for number in range(WARM_UP + requests):
        started = time.perf_counter()
        connection.request("GET", parts.path or "/", headers={"Accept-Language": "sv"})
        response = connection.getresponse()
        body = response.read()
        if number >= WARM_UP:
            seconds.append(time.perf_counter() - started)
        assert response.status == 200, f"{url} svarade {response.status}."
        assert b"</html>" in body, f"{url} svarade inte med en hel sida."
    connection.close()
    return seconds
