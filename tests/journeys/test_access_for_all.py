"""Every kind of page, in both languages and both colour schemes: no barrier that a machine can find."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.visits import (
    IN_SWEDISH,
    NARROWEST,
    PAGES,
    PHONE,
    SCREEN,
    open_page,
    swedish_lines,
    visit,
)

pytestmark = pytest.mark.journey

_AXE = Axe().axe_script

# Run in the page, and only what is grave is handed over: axe's whole answer is large. Without preload: our pages have
# no styles from elsewhere for axe to fetch.
_GRAVE = """() => axe.run(document, {resultTypes: ["violations"], preload: false}).then(({violations}) =>
  violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one =>
    `${one.id} (${one.impact}), ${one.nodes.length} times: ${one.help}: ${one.nodes[0].html.slice(0, 300)}`))"""


def barriers(page: Page) -> list[str]:
    """Axe's serious and critical findings, each with the first element it concerns."""
    # What the page does when its window changes, as letting one reach a table that now scrolls, is done in a frame.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    found: list[str] = page.evaluate(_GRAVE)
    return found


def test_axe_finds_what_is_grave(browser: Browser, site: str) -> None:
    with visit(browser, site, bypass_csp=True) as page:
        open_page(page, "/tillganglighet/")
        page.evaluate("document.documentElement.lang = ''; document.title = ''")
        assert {one.split()[0] for one in barriers(page)} == {"document-title", "html-has-lang"}


@pytest.mark.parametrize("kind", PAGES)
def test_no_serious_barrier_and_no_page_wider_than_its_window(browser: Browser, site: str, kind: str) -> None:
    """Light and wide, dark and on a phone; in Swedish and English; and at 320 px, the reading at 400 per cent."""
    titles = set()
    # Axe is put in the page by the test, which the page's own policy rightly refuses.
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        for language, prefix in (("sv", ""), ("en", "/en")):
            open_page(page, f"{prefix}{PAGES[kind]}")
            assert page.evaluate("document.documentElement.lang") == language
            assert page.get_by_role("heading", level=1).count() == 1
            assert page.title().endswith(" – Platsperspektiv Huddinge")
            titles.add(page.title())
            _judge(page, "light", SCREEN)
            if language == "sv":
                _judge(page, "dark", PHONE)
                page.set_viewport_size(NARROWEST)
                assert _width(page) <= NARROWEST["width"]
                page.emulate_media(color_scheme="light")
                page.set_viewport_size(SCREEN)
            elif kind not in IN_SWEDISH:
                # Last: what is left to read is made of the page itself.
                assert swedish_lines(page) == []
    assert "" not in titles


# Internals


def _judge(page: Page, scheme: Literal["light", "dark"], size: ViewportSize) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    assert barriers(page) == [], f"{scheme}, {size['width']} px"
    assert _width(page) <= size["width"]


def _width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))
