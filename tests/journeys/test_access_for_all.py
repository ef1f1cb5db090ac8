"""Every kind of page, in both languages and both colour schemes: no barrier that a machine can find."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.visits import NARROWEST, PAGES, PHONE, SCREEN, open_page, visit

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys of figures and people")]

GRAVE = ("serious", "critical")
# Without preload: our pages have no styles from elsewhere for axe to fetch.
_OPTIONS = {"resultTypes": ["violations"], "preload": False}


def barriers(page: Page) -> list[str]:
    """Axe's serious and critical findings, each with the first element it concerns."""
    found: list[dict[str, Any]] = Axe().run(page, options=_OPTIONS).response["violations"]
    return [
        f"{one['id']} ({one['impact']}), {len(one['nodes'])} times: {one['help']}: {one['nodes'][0]['html'][:300]}"
        for one in found
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("kind", PAGES)
def test_no_serious_barrier_in_light_in_dark_and_on_a_phone(browser: Browser, site: str, kind: str) -> None:
    # Axe is put in the page by the test, which the page's own policy rightly refuses.
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        open_page(page, PAGES[kind])
        found = {"light": barriers(page)}
        page.emulate_media(color_scheme="dark")
        found["dark"] = barriers(page)
        page.set_viewport_size(PHONE)
        found["phone"] = barriers(page)
    assert found == {"light": [], "dark": [], "phone": []}


@pytest.mark.parametrize("kind", PAGES)
def test_no_serious_barrier_in_english(browser: Browser, site: str, kind: str) -> None:
    with visit(browser, site, bypass_csp=True) as page:
        open_page(page, f"/en{PAGES[kind]}")
        assert barriers(page) == []


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_is_wider_than_its_window(browser: Browser, site: str, kind: str) -> None:
    """At 1280 and 390 px, and at 320 px: the reading at 400 per cent."""
    with visit(browser, site) as page:
        open_page(page, PAGES[kind])
        for viewport in (SCREEN, PHONE, NARROWEST):
            page.set_viewport_size(viewport)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{width} px wide in a window of {viewport['width']} px"


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_says_its_name_and_language(browser: Browser, site: str, kind: str) -> None:
    titles = set()
    with visit(browser, site) as page:
        for language, prefix in (("sv", ""), ("en", "/en")):
            open_page(page, f"{prefix}{PAGES[kind]}")
            assert page.evaluate("document.documentElement.lang") == language
            assert page.get_by_role("heading", level=1).count() == 1
            assert page.title().endswith(" – Platsperspektiv Huddinge")
            titles.add(page.title())
    assert "" not in titles
