"""The main job: from the situation in the municipality to one place, its figures, a comparison, a file, a report."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.visits import PHONE, SCREEN, visit

pytestmark = pytest.mark.journey

# The report is made when it is first asked for, on a machine that may be busy with other tests.
REPORT_MILLISECONDS = 60_000


def downloaded(page: Page, name: str) -> bytes:
    """The bytes behind a link that downloads."""
    with page.expect_download(timeout=REPORT_MILLISECONDS) as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def from_the_map_to_the_place(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huddinge")
    page.get_by_role("link", name="Flemingsberg västra: 60,0 %").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Flemingsberg västra")
    # 3 117 of 5 191 in work; the municipality 76,56 %; the difference in percentage points.
    row = page.get_by_role("article").filter(
        has=page.get_by_role("link", name="Andel sysselsatta", exact=True)
    )
    expect(row).to_contain_text("60,0")
    expect(row).to_contain_text("76,6")
    expect(row).to_contain_text("−16,5")


def from_the_place_to_the_indicator(page: Page) -> None:
    page.get_by_role("article").get_by_role("link", name="Andel sysselsatta", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Andel sysselsatta")
    expect(page.get_by_role("term").filter(has_text="Täljare")).to_be_visible()
    here = page.get_by_role("table").get_by_role("row").filter(has_text="Flemingsberg västra")
    expect(here).to_contain_text("3 117")
    expect(here).to_contain_text("5 191")


def compared_with_another_place(page: Page) -> None:
    page.get_by_role("link", name="Jämför områden").click()
    page.get_by_role("checkbox", name="Flemingsberg västra").check()
    page.get_by_role("checkbox", name="Fullersta norra").check()
    page.get_by_role("button", name="Jämför").click()
    beside = page.get_by_role("region").get_by_role("table")
    expect(beside.get_by_role("columnheader", name="Fullersta norra")).to_be_visible()
    row = beside.get_by_role("row").filter(has_text="Andel sysselsatta")
    expect(row).to_contain_text("60,0")
    expect(row).to_contain_text("82,6")


def the_figures_as_a_file(page: Page) -> None:
    page.get_by_role("link", name="Andel sysselsatta", exact=True).click()
    page.get_by_role("heading", name="Tabell", exact=True).wait_for()
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig")), delimiter=";"))
    found = [row for row in rows if row["område"] == "Flemingsberg västra" and row["period"] == "2022"]
    assert [(row["value"][:4], row["state"], row["numerator"], row["denominator"]) for row in found] == [
        ("60,0", "value", "3117", "5191")
    ]


def the_report(page: Page) -> None:
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Läget").click()
    page.get_by_role("link", name="Ladda ned rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapport för Huddinge")
    assert downloaded(page, "PDF").startswith(b"%PDF-")
    for name in ("Word (DOCX)", "Excel (XLSX)"):
        assert zipfile.ZipFile(io.BytesIO(downloaded(page, name))).testzip() is None


def the_whole_way(page: Page) -> None:
    from_the_map_to_the_place(page)
    from_the_place_to_the_indicator(page)
    compared_with_another_place(page)
    the_figures_as_a_file(page)
    the_report(page)


def test_a_visitor_gets_from_the_map_to_the_report(page: Page) -> None:
    the_whole_way(page)


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["screen", "phone"])
def test_every_step_works_without_javascript(browser: Browser, site: str, viewport: ViewportSize) -> None:
    with visit(browser, site, viewport=viewport, java_script_enabled=False) as page:
        the_whole_way(page)


def test_the_theme_opens_to_its_other_figures(page: Page) -> None:
    page.goto("/omraden/regso/flemingsberg-vastra/")
    # The place's surroundings name the same indicator further down.
    unemployed = page.get_by_role("article").get_by_role("link", name="Andel arbetslösa", exact=True)
    expect(unemployed).to_be_hidden()
    page.get_by_text("3 siffror till: Arbete").click()
    expect(unemployed).to_be_visible()


def test_a_figures_chain_is_one_click_away(page: Page) -> None:
    page.goto("/omraden/regso/flemingsberg-vastra/")
    row = page.get_by_role("article").filter(
        has=page.get_by_role("link", name="Andel sysselsatta", exact=True)
    )
    row.get_by_text("Källa och metod").click()
    for words in ("SCB", "Fryst kopia", "Metod", "3 117 av 5 191"):
        expect(row.get_by_role("list")).to_contain_text(words)


def test_a_sentence_with_its_source_can_be_copied(browser: Browser, site: str) -> None:
    with visit(browser, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/omraden/regso/flemingsberg-vastra/")
        row = page.get_by_role("article").filter(
            has=page.get_by_role("link", name="Andel sysselsatta", exact=True)
        )
        row.get_by_text("Kopiera mening med källa").click()
        row.get_by_role("button", name="Kopiera").click()
        expect(row.get_by_role("status")).to_have_text("Kopierad")
        copied = page.evaluate("navigator.clipboard.readText()")
    for words in ("60,0", "Flemingsberg västra", "2022", "SCB"):
        assert words in copied


def test_the_map_changes_with_the_address_and_back_again(screen: Page) -> None:
    screen.goto("/")
    tabs = screen.get_by_role("navigation", name="Indikator på kartan")
    tabs.get_by_role("link", name="Låg ek. standard").click()
    expect(screen.get_by_role("heading", name="Låg ekonomisk standard, 2022")).to_be_visible()
    expect(tabs.get_by_role("link", name="Låg ek. standard")).to_have_attribute("aria-current", "page")
    # The new map can do what the first one could.
    expect(screen.get_by_role("group", name="Kartans storlek")).to_be_visible()
    assert "indikator=low_economic_standard_share" in screen.url
    screen.reload()
    expect(screen.get_by_role("heading", name="Låg ekonomisk standard, 2022")).to_be_visible()


def test_going_back_to_another_map_shows_the_whole_page(screen: Page) -> None:
    """The map alone and the whole page have the same address: the browser must not take one for the other."""
    screen.goto("/")
    screen.get_by_role("navigation", name="Indikator på kartan").get_by_role(
        "link", name="Låg ek. standard"
    ).click()
    expect(screen.get_by_role("heading", name="Låg ekonomisk standard, 2022")).to_be_visible()
    screen.get_by_role("link", name="Flemingsberg västra: 35,4 %").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Flemingsberg västra")
    screen.go_back()
    expect(screen.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
    expect(screen.get_by_role("heading", name="Låg ekonomisk standard, 2022")).to_be_visible()


def test_the_map_can_be_enlarged_and_restored(screen: Page) -> None:
    screen.goto("/")
    whole = screen.get_by_role("button", name="Visa hela kartan")
    expect(whole).to_be_disabled()
    screen.get_by_role("button", name="Förstora kartan").click()
    expect(whole).to_be_enabled()
    whole.click()
    expect(whole).to_be_disabled()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_how_evenly_groups_live_from_the_start_to_the_file(
    browser: Browser, site: str, scripts: bool
) -> None:
    """Born abroad, RegSO: 0,363 in 2020 and 0,352 in 2023."""
    with visit(browser, site, viewport=SCREEN, java_script_enabled=scripts) as page:
        page.goto("/")
        page.get_by_role("link", name="Segregation: mått, områden och förändring").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            "Utländsk och svensk bakgrund i Huddinge: åtskillnaden är 41 procent"
        )
        page.get_by_role("navigation", name="Grupper").get_by_role("link", name="Födelseland").click()
        page.get_by_role("navigation", name="Indelning").get_by_role("link", name="RegSO-områden").click()
        expect(page.get_by_text("D har minskat från 0,363 (2020) till 0,352 (2023)")).to_be_visible()
        areas = page.get_by_role("region", name="Vad varje område bidrar med")
        areas.get_by_text("Tabellen bakom").click()
        expect(areas.get_by_role("rowheader", name="Vårby gård")).to_be_visible()
        rows = list(csv.DictReader(io.StringIO(_first_csv(page).decode("utf-8-sig")), delimiter=";"))
        page.get_by_role("navigation", name="År").get_by_role("link", name="2020").click()
        expect(page.get_by_text("Det är 0,363 över 22 RegSO-områden 2020")).to_be_visible()
    found = [row for row in rows if row["tecken"] == "D" and row["indelning"] == "regso"]
    assert [(row["period"], row["value"][:5]) for row in found] == [
        ("2020", "0,363"),
        ("2021", "0,359"),
        ("2022", "0,355"),
        ("2023", "0,352"),
    ]


def _first_csv(page: Page) -> bytes:
    """The first file on the page: every measure."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    return Path(waiting.value.path()).read_bytes()
