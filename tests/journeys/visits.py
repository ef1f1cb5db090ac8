"""A visit to the site in a browser, and what the visitor should never meet while there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize

SCREEN: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# 1280 px at 400 %, and the narrowest phone.
NARROWEST: ViewportSize = {"width": 320, "height": 256}

# Every kind of page, at an address that has something to show. Swedish; English has /en before.
PAGES = {
    "start": "/",
    "start with another map": "/?indikator=turnout_riksdag&indelning=electoral_district",
    "list of places": "/omraden/",
    "place": "/omraden/regso/flemingsberg-vastra/",
    "approximate place": "/omraden/kommundel/varby/",
    "indicator": "/indikatorer/rental_share/?indelning=regso&plats=0126R001",
    "indicator of schools": "/indikatorer/merit_rating/",
    "indicator without figures": "/indikatorer/exclusion_area_original/",
    "classes instead of figures": "/indikatorer/area_type/",
    "choosing what to compare": "/jamfor/",
    "comparison": "/jamfor/?indelning=regso&plats=flemingsberg-vastra&plats=varby-gard&plats=trangsund",
    "segregation": "/segregation/",
    "segregation over years": "/segregation/?grupper=birth_country&indelning=regso&ar=2023",
    "segregation of ordered classes": "/segregation/?grupper=education&indelning=regso",
    "segregation without figures": "/segregation/?grupper=income_fifths",
    "report": "/rapport/",
    "how we know": "/sa-vet-vi-det/",
    "sources": "/sa-vet-vi-det/kallor/",
    "method": "/sa-vet-vi-det/metod/andel-i-omrade/",
    "method with wide tables": "/sa-vet-vi-det/metod/nas-malet/",
    "search": "/sok/?q=varby",
    "search without hits": "/sok/?q=zzzz",
    "sign-in": "/logga-in/",
    "accessibility": "/tillganglighet/",
    "small numbers": "/integritet/",
    "no such page": "/finns-inte/",
}


# Words that stand in nearly every Swedish sentence and in no English one.
SWEDISH = re.compile(
    r"\b(och|är|inte|för|av|som|till|från|det|eller|saknas|områden?|siffror)\b", re.IGNORECASE
)
# What stays Swedish: names that agencies have given (titles of tables), and methods' own pages.
IN_SWEDISH = ("sources", "method", "method with wide tables")


def swedish_lines(page: Page) -> list[str]:
    """Lines of the page that read as Swedish, but for what is marked as such."""
    text = page.evaluate(
        """() => { const copy = document.body.cloneNode(true);
        for (const own of copy.querySelectorAll('[lang=sv], script, style, .chain')) own.remove();
        document.body.replaceChildren(copy); return copy.innerText; }"""
    )
    return [line.strip() for line in str(text).splitlines() if SWEDISH.search(line)]


@dataclass
class Unwanted:
    """What went wrong in the browser during a visit, in words."""

    home: str
    found: list[str] = field(default_factory=list)
    _refused: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.found.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status < 400:
            return
        if response.request.resource_type == "document":
            # The browser also says so in its console; the journey asserts what the page said.
            self._refused.add(response.url.split("#")[0])
        else:
            self.found.append(f"{response.status} for {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        where = str(message.location.get("url", "")).split("#")[0]
        if message.type in ("error", "warning") and where not in self._refused:
            self.found.append(f"console {message.type}: {message.text}")


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A fresh visitor's page; the visit fails on a script error, a console error or a call to another host."""
    options.setdefault("viewport", SCREEN)
    context = browser.new_context(base_url=address, locale="sv-SE", accept_downloads=True, **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    unwanted = Unwanted(address)
    unwanted.listen(page)
    try:
        yield page
    finally:
        context.close()
    if unwanted.found:
        raise AssertionError("\n".join(unwanted.found))


def open_page(page: Page, address: str) -> Response:
    """Go to an address and return the answer."""
    answer = page.goto(address)
    assert answer is not None
    return answer
