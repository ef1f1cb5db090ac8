"""Everything can be reached and done with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

# Menu, search, tabs: the map must not lie further away than this from the skip link.
MOST_STOPS = 30


def focused(page: Page) -> str:
    """What a screen reader calls the thing in focus."""
    said = page.evaluate(
        "() => { const on = document.activeElement; return on.getAttribute('aria-label') ?? on.textContent.trim(); }"
    )
    return str(said)


def tab_to(page: Page, words: str) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"'{words}' was not reached in {MOST_STOPS} stops; the last was '{focused(page)}'.")


def test_the_first_stop_leads_past_the_menu(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("navigation", name="Indikator på kartan").get_by_role("link").first
    ).to_be_focused()


def test_the_map_is_one_stop_and_its_areas_lie_behind_the_arrows(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Vårby gård: ")
    # Segeltorp lies east of Vårby gård, Gladö-Lissma southernmost.
    page.keyboard.press("ArrowRight")
    east = focused(page)
    assert east.split(":")[0] != "Vårby gård"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    assert focused(page).startswith("Skogås östra: ")
    page.keyboard.press("Home")
    assert focused(page).startswith("Vårby gård: ")
    page.keyboard.press("Tab")
    assert ": " not in focused(page)


def test_an_area_in_focus_is_seen_and_opens_with_enter(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Vårby gård: ")
    for _ in range(MOST_STOPS):
        page.keyboard.press("ArrowDown")
        if focused(page).startswith("Gladö-Lissma: "):
            break
    expect(page.get_by_role("link", name="Gladö-Lissma: 81,1 %")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gladö-Lissma")


def test_the_chain_opens_and_the_search_is_sent_from_the_keyboard(page: Page) -> None:
    page.goto("/omraden/regso/flemingsberg-vastra/")
    page.get_by_text("Källa och metod").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fryst kopia").first).to_be_visible()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("varby")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sökning: varby")


def test_focus_stays_on_the_choice_when_the_map_is_changed(screen: Page) -> None:
    screen.goto("/")
    choice = screen.get_by_role("navigation", name="Indikator på kartan").get_by_role(
        "link", name="Hyresrätter"
    )
    choice.focus()
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", name="Hyresrätter, 2023")).to_be_visible()
    expect(choice).to_be_focused()
