"""The README's pictures, taken from the running site: `PLATS_SCREENSHOTS=1 make journeys`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.journeys.visits import PHONE, SCREEN, open_page, visit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        os.environ.get("PLATS_SCREENSHOTS") != "1",
        reason="Set PLATS_SCREENSHOTS=1 to take the pictures anew.",
    ),
]

FOLDER = Path(__file__).parents[2] / "docs" / "images"
MOST_BYTES = 400_000
_PLACE = "/omraden/regso/flemingsberg-vastra/"


@pytest.mark.parametrize(
    ("name", "address", "viewport"),
    [
        ("laget-1280", "/", SCREEN),
        ("laget-390", "/", PHONE),
        ("plats-1280", _PLACE, SCREEN),
        ("plats-390", _PLACE, PHONE),
        (
            "indikator-1280",
            "/indikatorer/employed_share/?indelning=regso&plats=0126R001#karta",
            SCREEN,
        ),
        (
            "jamfor-1280",
            "/jamfor/?indelning=regso&plats=flemingsberg-vastra&plats=fullersta-norra#bredvid",
            SCREEN,
        ),
    ],
)
def test_a_picture_for_the_readme(
    browser: Browser, site: str, name: str, address: str, viewport: ViewportSize
) -> None:
    picture = FOLDER / f"{name}.png"
    with visit(browser, site, viewport=viewport, color_scheme="light") as page:
        open_page(page, address)
        page.evaluate("document.fonts.ready")
        FOLDER.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
    assert picture.stat().st_size < MOST_BYTES
