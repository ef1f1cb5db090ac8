"""A partner reports what it does, an analyst ties it to a goal, and someone in Vårby finds what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing import sign_in_as
from tests.journeys.site import copy_home, serving
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, open_page, visit

pytestmark = pytest.mark.journey

HALL = "Öppen sporthall i Vårby (exempel)"


@pytest.fixture(scope="module")
def efforts(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example world, which this module may change."""
    own = tmp_path_factory.mktemp("efforts") / "home"
    copy_home(home, own)
    with serving(own) as address:
        yield address


def signed_in(page: Page, who: str, where: str) -> None:
    sign_in_as(page, f"{who}@{where}.exempel.se", f"tre blå tranor över {who}")


def test_a_partner_reports_in_skogas_and_an_analyst_closes_the_hole(browser: Browser, efforts: str) -> None:
    with visit(browser, efforts, viewport=SCREEN) as page:
        signed_in(page, "partneransvarig", "bostadsbolaget")
        page.goto("/mitt/insatser/")
        page.get_by_role("link", name="Ny insats").click()
        page.get_by_label("Rubrik").fill("Läxhjälp i Skogås (exempel)")
        page.get_by_label("Slag", exact=True).select_option(label="tidigt stöd")
        page.get_by_label("Problem", exact=True).fill("Få elever får hjälp hemma.")
        page.get_by_label("Orsak", exact=True).fill("Trångboddhet.")
        page.get_by_label(re.compile(r"Skogås \(")).check()
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Läxhjälp i Skogås (exempel)")
        expect(page.get_by_role("main")).to_contain_text("Få elever får hjälp hemma.")
        page.goto("/mitt/insatser/")
        page.get_by_role("button", name="Publicera Läxhjälp i Skogås").click()
        expect(page.get_by_role("button", name="Sluta visa för alla Läxhjälp i Skogås")).to_be_visible()
    with visit(browser, efforts, viewport=SCREEN) as page:
        signed_in(page, "utredare", "kommunstyrelsen")
        page.goto("/insatser/roda-traden/")
        holes = page.get_by_role("main").get_by_text("hål: ingen insats")
        before = holes.count()
        page.get_by_role("link", name="Läxhjälp i Skogås (exempel)").click()
        page.get_by_role("button", name="Knyt", exact=True).click()
        page.goto("/insatser/roda-traden/")
        expect(page.get_by_role("row").filter(has_text="Läxhjälp i Skogås")).to_have_count(1)
        expect(holes).to_have_count(before - 1)


def test_the_registrar_finds_an_effort_by_the_number_of_a_decision_about_it(
    browser: Browser, efforts: str
) -> None:
    with visit(browser, efforts, viewport=SCREEN) as page:
        signed_in(page, "utredare", "kommunstyrelsen")
        page.goto("/mitt/insatser/ny/")
        page.get_by_label("Rubrik").fill("Språkkafé (exempel)")
        page.get_by_label("Slag", exact=True).select_option(label="dialog")
        page.get_by_label("Problem", exact=True).fill("Få möts över språkgränser.")
        page.get_by_label("Orsak", exact=True).fill("Okänd.")
        page.get_by_role("checkbox", name="Trångsund (kommundel)").check()
        page.get_by_role("button", name="Spara", exact=True).click()
        page.get_by_role("link", name="Lägg till beslut").click()
        page.get_by_label("Beslutad", exact=True).fill("2026-10-01")
        page.get_by_label("Beslutad av").fill("Kommunstyrelsen")
        page.get_by_label("Beslut", exact=True).fill("Starta språkkafé")
        page.get_by_label("Diarienummer").fill("KS-2026/4711")
        page.get_by_role("button", name="Spara", exact=True).click()
        page.get_by_role("link", name="Andel per plats").click()
        page.get_by_label("Trångsund").fill("12,5")
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("12,5")
        page.get_by_role("link", name="Svara på frågorna om barn").click()
        page.get_by_label("Vad är bäst för barnen?").fill("Att få vara med.")
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("1 av 7 frågor är besvarade")
        page.get_by_role("link", name="Bifoga fil").click()
        plan = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Planen (exempel)"}
        page.get_by_label("Välj fil").set_input_files([plan])  # type: ignore[list-item]
        page.get_by_role("button", name="Bifoga", exact=True).click()
        expect(page.get_by_role("link", name="plan.txt")).to_be_visible()
    with visit(browser, efforts, viewport=SCREEN) as page:
        signed_in(page, "registrator", "kommunstyrelsen")
        page.goto("/register/diarienummer/?number=KS-2026/4711")
        page.get_by_role("link", name="Språkkafé (exempel)", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Starta språkkafé, Kommunstyrelsen (KS-2026/4711)")


def test_someone_in_varby_finds_what_is_there_when_it_is_open_and_whom_to_call(
    browser: Browser, efforts: str
) -> None:
    with visit(browser, efforts, viewport=PHONE) as page:
        open_page(page, "/omraden/regso/varby-gard/")
        part = page.get_by_role("region", name="Det här finns här för dig")
        expect(part.get_by_role("link", name=HALL)).to_be_visible()
        for words in ("Fredag och lördag 18–22", "Fritidsledarna i hallen", "På lätt svenska", "In English"):
            expect(part).to_contain_text(words)
        expect(part.get_by_role("link", name="08-00 00 00")).to_have_attribute("href", "tel:08-000000")
        page.get_by_role("contentinfo").get_by_role("link", name="English").click()
        part = page.get_by_role("region", name="What is here for you")
        expect(part).to_contain_text("Come and play.")


def test_the_pages_of_efforts_have_no_barrier_at_any_width(browser: Browser, efforts: str) -> None:
    views = [f"/insatser/{one}/" for one in ("var", "roda-traden", "tidslinje", "fore-och-efter")]
    with visit(browser, efforts, bypass_csp=True, reduced_motion="reduce") as page:
        for address in ("/insatser/", *views, "/insatser/oppen-sporthall-i-varby-exempel/"):
            open_page(page, address)
            for viewport in (NARROWEST, PHONE, SCREEN):
                page.set_viewport_size(viewport)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, f"{address} at {viewport['width']}"
                if viewport is not NARROWEST:
                    assert barriers(page) == [], f"{address} at {viewport['width']}"
