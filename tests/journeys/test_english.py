"""English second: the same pages, at the same addresses below /en/."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visits import SWEDISH

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?indikator=rental_share&indelning=deso",
        "/omraden/regso/flemingsberg-vastra/",
        "/indikatorer/employed_share/?indelning=kommundel",
        "/jamfor/?indelning=regso&plats=varby-gard",
        "/finns-inte/",
    ],
)
def test_switching_language_keeps_the_page(screen: Page, address: str) -> None:
    screen.goto(address)
    screen.get_by_role("link", name="English").click()
    expect(screen).to_have_url(re.compile(re.escape(f"/en{address}") + "$"))
    screen.get_by_role("link", name="Svenska").click()
    expect(screen).to_have_url(re.compile(r"(?<!/en)" + re.escape(address) + "$"))


def test_the_frame_is_in_english(screen: Page) -> None:
    screen.goto("/en/omraden/regso/flemingsberg-vastra/")
    frame = screen.get_by_role("banner").inner_text() + screen.get_by_role("contentinfo").inner_text()
    assert SWEDISH.findall(frame) == []
    expect(screen.get_by_role("searchbox")).to_have_accessible_name(
        "Search for an area, a school or an indicator"
    )
    expect(screen.get_by_role("link", name="Svenska")).to_have_attribute("lang", "sv")


def test_numbers_are_written_in_the_readers_language(screen: Page) -> None:
    screen.goto("/omraden/regso/flemingsberg-vastra/")
    expect(screen.get_by_role("main")).to_contain_text("60,0")
    screen.goto("/en/omraden/regso/flemingsberg-vastra/")
    expect(screen.get_by_role("main")).to_contain_text("60.0")
