"""The one who watches and the one who keeps: the officer sees who looked at a document; the registrar prints the
register, makes an extract and hands a document out. Every page of theirs works for everyone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, open_page, visit
from tests.people import ANALYST, DATA_PROTECTION_OFFICER, ECONOMIST, POLITICIAN, REGISTRAR, STRANGER, Person

pytestmark = pytest.mark.journey

TEXT = "Kim Exempelsson har hört av sig om belysningen. Driftenheten åtgärdar."


def go_to(page: Page, label: str) -> None:
    """By the list of what one can go to."""
    page.goto("/mitt/")
    page.get_by_role("main").get_by_role("link", name=label, exact=True).click()


def write_protected(page: Page, title: str, case_number: str) -> str:
    """A document whose every reading is noted; returns its address."""
    page.goto("/mitt/")
    page.get_by_role("main").get_by_role("link", name="Handlingar", exact=True).click()
    page.get_by_role("link", name="Skriv en handling").click()
    page.get_by_label("Rubrik").fill(title)
    page.get_by_label("Diarienummer").fill(case_number)
    page.get_by_label("Beskrivning").fill(TEXT)
    page.get_by_label("Skyddad").check()
    page.get_by_role("main").get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def read_as(browser: Browser, site: str, person: Person, address: str, *, status: int = 200) -> None:
    with visit(browser, site) as page:
        sign_in(page, person)
        assert open_page(page, address).status == status


def test_the_officer_sees_who_looked_at_a_document_and_not_what_it_says(browser: Browser, site: str) -> None:
    title = "Samtal om belysningen"
    with visit(browser, site) as page:
        sign_in(page, ANALYST)
        address = write_protected(page, title, "KS-2026/701")
    read_as(browser, site, POLITICIAN, address)
    read_as(browser, site, POLITICIAN, address)
    with visit(browser, site) as page:
        sign_in(page, DATA_PROTECTION_OFFICER)
        assert open_page(page, address).status == 403
        go_to(page, "Granskningslogg")
        page.get_by_role("textbox", name="Objekt").fill(address)
        page.get_by_role("button", name="Visa", exact=True).click()
        page.get_by_role("link", name=re.compile("^Allt om objekt ")).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Vem har tittat på: handling")
        looked = page.get_by_role("region", name="Har tittat").get_by_role("row")
        expect(looked.filter(has_text=POLITICIAN.name)).to_contain_text("2")
        expect(looked.filter(has_text=DATA_PROTECTION_OFFICER.name)).to_contain_text("nekades")
        expect(page.get_by_role("main")).not_to_contain_text(title)
        expect(page.get_by_role("main")).not_to_contain_text("Kim Exempelsson")
        # A value shows in an entry that is opened, and that it was opened is then in the log.
        row = (
            page.get_by_role("region", name="Allt i loggen om objektet")
            .get_by_role("row")
            .filter(has_text="la upp")
        )
        row.get_by_role("link").first.click()
        expect(page.get_by_role("main")).to_contain_text("Kim Exempelsson")
        expect(page.get_by_role("main")).to_contain_text("Att du har öppnat posten står nu i loggen.")
        number = page.url.rstrip("/").rpartition("/")[2]
        page.goto("/granskning/?act=audit.")
        opened = (
            page.get_by_role("row").filter(has_text=DATA_PROTECTION_OFFICER.name).filter(has_text="öppnade")
        )
        expect(opened.get_by_role("link", name=f"post {number}", exact=True).first).to_be_visible()


def test_the_registrar_prints_the_register_of_processing(browser: Browser, site: str) -> None:
    with visit(browser, site) as page:
        sign_in(page, REGISTRAR)
        go_to(page, "Behandlingar")
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Behandlingar av personuppgifter")).to_be_visible()
        expect(page.get_by_role("link", name="Hämta som CSV")).to_be_hidden()
        expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
        entry = page.get_by_role("article").filter(has=page.get_by_role("heading", name="Inbjudningar"))
        expect(entry).to_contain_text(
            "180 dagar, räknat från den dag inbjudan antogs, återkallades eller gick ut."
        )
        expect(entry).to_contain_text("Beslutat av arkivansvarig")
        assert len(page.pdf(format="A4")) > 20_000
        page.emulate_media(media="screen")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Hämta som CSV").click()
        lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].startswith("Del;Behandling;Ändamål;Rättslig grund")
        assert len(lines) > 10


def test_the_registrar_makes_an_extract_about_a_person(browser: Browser, site: str) -> None:
    with visit(browser, site) as page:
        sign_in(page, REGISTRAR)
        go_to(page, "Registerutdrag")
        page.get_by_label("E-postadress eller namn").fill(ECONOMIST.email)
        page.get_by_role("main").get_by_role("button", name="Sök").click()
        page.get_by_role("button", name=f"Visa utdrag om {ECONOMIST.name}").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text(ECONOMIST.email)
        expect(main).to_contain_text("Ekonom")
        for other in (ANALYST, POLITICIAN, STRANGER):
            expect(main).not_to_contain_text(other.name)
            expect(main).not_to_contain_text(other.email)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Hämta som JSON").click()
        content = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
        assert content["person"]["email"] == ECONOMIST.email
        assert ECONOMIST.email not in waiting.value.suggested_filename


def test_the_registrar_hands_out_a_document_with_a_name_masked(browser: Browser, site: str) -> None:
    with visit(browser, site) as page:
        sign_in(page, ANALYST)
        write_protected(page, "Brev om belysningen", "KS-2026/702")
    with visit(browser, site) as page:
        sign_in(page, REGISTRAR)
        go_to(page, "Diarienummer")
        page.get_by_role("textbox", name="Diarienummer").fill("ks 2026/702")
        page.get_by_role("main").get_by_role("button", name="Sök").click()
        page.get_by_role("link", name="Lämna ut: Brev om belysningen").click()
        piece = page.get_by_role("article", name="Beskrivning")
        expect(piece).to_contain_text("Pröva sekretess enligt OSL")
        piece.get_by_role("radio", name="Maskera delar").check()
        piece.get_by_label("Ord att maskera").fill("Kim Exempelson")
        page.get_by_role("button", name="Gör den maskade versionen").click()
        expect(page.get_by_role("article", name="Beskrivning")).to_contain_text(
            "Står inte i texten: Kim Exempelson"
        )
        page.get_by_role("article", name="Beskrivning").get_by_label("Ord att maskera").fill(
            "Kim Exempelsson"
        )
        page.get_by_role("button", name="Gör den maskade versionen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Utlämnande KS-2026/702")
        expect(page.get_by_role("main")).to_contain_text("[maskat] har hört av sig om belysningen.")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Hämta som text").click()
        text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert "[maskat] har hört av sig" in text
    assert "Beskrivning: maskat med stöd av OSL" in text
    assert "Exempelsson" not in text


PAGES = {
    DATA_PROTECTION_OFFICER: (
        "/granskning/",
        "/granskning/post/1/",
        "/granskning/radera/",
        "/register/dataflode/",
    ),
    REGISTRAR: (
        "/register/behandlingar/",
        "/register/utdrag/",
        "/register/gallring/?within=365",
        "/register/diarienummer/?number=KS-2026/70",
        "/register/utlamnande/",
    ),
}


@pytest.mark.parametrize("person", PAGES, ids=["officer", "registrar"])
def test_no_serious_barrier_on_any_of_their_pages(browser: Browser, site: str, person: Person) -> None:
    found = {}
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, person)
        for address in PAGES[person]:
            for prefix in ("", "/en"):
                assert open_page(page, prefix + address).status == 200
                for scheme, size in (("light", SCREEN), ("dark", PHONE)):
                    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                    page.set_viewport_size(size)
                    found[f"{prefix}{address} {scheme}"] = barriers(page)
    assert {where: grave for where, grave in found.items() if grave} == {}


@pytest.mark.parametrize("person", PAGES, ids=["officer", "registrar"])
def test_nothing_sticks_out_on_the_narrowest_screen(browser: Browser, site: str, person: Person) -> None:
    with visit(browser, site, viewport=NARROWEST) as page:
        sign_in(page, person)
        for address in PAGES[person]:
            open_page(page, address)
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"], address
