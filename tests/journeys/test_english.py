"""English second: the same pages, at the same addresses below /en/."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visits import PAGES, open_page

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys of figures and people")]

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


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind not in IN_SWEDISH])
def test_no_swedish_sentence_is_left_on_an_english_page(screen: Page, kind: str) -> None:
    open_page(screen, f"/en{PAGES[kind]}")
    assert swedish_lines(screen) == []


def test_numbers_are_written_in_the_readers_language(screen: Page) -> None:
    screen.goto("/omraden/regso/flemingsberg-vastra/")
    expect(screen.get_by_role("main")).to_contain_text("60,0")
    screen.goto("/en/omraden/regso/flemingsberg-vastra/")
    expect(screen.get_by_role("main")).to_contain_text("60.0")
