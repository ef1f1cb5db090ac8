"""A politician in opposition reads what has been promised; a housing company changes its own promises only; a
coordinator writes what will be done under an agreement, and anyone finds it."""

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

VOW = "Vi tänder lamporna längs stråket (exempel)"
WHERE = "Vårby gård"
OWN = "Belysa gångvägarna mellan husen (exempel)"


@pytest.fixture(scope="module")
def partners(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example world, which this module may change."""
    own = tmp_path_factory.mktemp("partners") / "home"
    copy_home(home, own)
    with serving(own) as address:
        yield address


def signed_in(page: Page, who: str, where: str) -> None:
    sign_in_as(page, f"{who}@{where}.exempel.se", f"tre blå tranor över {who}")


def test_a_politician_reads_what_was_promised(browser: Browser, partners: str) -> None:
    with visit(browser, partners, viewport=SCREEN) as page:
        signed_in(page, "fortroendevald", "kommunstyrelsen")
        page.goto("/samverkan/")
        page.get_by_role("link", name="Läs löfteslistan").click()
        expect(page.get_by_role("main")).to_contain_text("Okänt betyder att ingen har visat")
        page.get_by_label("Läge").select_option(label="okänt")
        page.get_by_role("button", name="Visa", exact=True).click()
        expect(page.get_by_role("link", name="Införa en fritidsbank")).to_be_visible()
        expect(page.get_by_role("link", name="Satsa på fler lärare")).to_have_count(0)
        page.get_by_role("link", name="Visa alla").click()
        page.get_by_role("link", name="Satsa på fler lärare").click()
        expect(page.get_by_role("main")).to_contain_text("30 nya lärare")
        expect(page.get_by_role("main")).to_contain_text("läge 2023-02-13")


def test_a_housing_company_changes_its_own_promise_and_sees_others(browser: Browser, partners: str) -> None:
    with visit(browser, partners, viewport=SCREEN) as page:
        signed_in(page, "partneransvarig", "bostadsbolaget")
        page.goto("/mitt/")
        page.get_by_role("main").get_by_role("link", name="Överenskommelser och åtaganden").click()
        main = page.get_by_role("main")
        expect(main.get_by_role("link", name=OWN)).to_be_visible()
        expect(main.get_by_role("link", name="Satsa på fler lärare")).to_have_count(0)
        main.get_by_role("link", name=OWN).click()
        page.get_by_label("Läge", exact=True).select_option(label="infriat")
        page.get_by_role("main").get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(OWN)
        expect(page.get_by_role("main")).to_contain_text("infriat")


def test_the_public_pages_are_open_to_all(browser: Browser, partners: str) -> None:
    for viewport in (SCREEN, PHONE, NARROWEST):
        with visit(browser, partners, viewport=viewport) as page:
            open_page(page, "/samverkan/")
            agreement = page.get_by_role("link", name=re.compile("^Samverkansöverenskommelse 2023"))
            addresses = ["/samverkan/", "/samverkan/loften/", agreement.get_attribute("href") or ""]
            for address in addresses:
                open_page(page, address)
                assert barriers(page) == []
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, address


def test_a_coordinator_plans_and_promises_and_anyone_finds_both(browser: Browser, partners: str) -> None:
    with visit(browser, partners, viewport=SCREEN) as page:
        signed_in(page, "samordnare", "samhallsbyggnad")
        page.goto("/mitt/samverkan/")
        main = page.get_by_role("main")
        main.get_by_role("link", name="Ny överenskommelse").click()
        page.get_by_label("Rubrik").fill("Tryggare stråk (exempel)")
        page.get_by_label("Gäller från").fill("2026-01-01")
        page.get_by_label("Gäller till och med").fill("2099-12-31")
        main.get_by_label("Bostadsbolaget (exempel)").check()
        main.get_by_label("Trygghet i det offentliga rummet").check()
        main.get_by_role("button", name="Spara", exact=True).click()
        plan = page.url
        main.get_by_role("link", name="Ny aktivitet").click()
        page.get_by_label("Fokusområde").select_option(label="Trygghet i det offentliga rummet")
        page.get_by_label("Vad", exact=True).fill("Laga belysningen längs stråket (exempel)")
        page.get_by_label("Ansvarig").select_option(label="Bostadsbolaget (exempel)")
        page.get_by_label("Klar senast").fill("2099-06-30")
        main.get_by_role("button", name="Spara", exact=True).click()
        expect(main).to_contain_text("Laga belysningen längs stråket (exempel)")
        main.get_by_role("button", name="Publicera").click()
        page.goto(plan)
        main.get_by_role("link", name="Nytt medborgarlöfte").click()
        page.get_by_label("Löfte", exact=True).fill(VOW)
        page.get_by_label("Tema").fill("Trygghet (exempel)")
        place = page.get_by_label("Plats", exact=True)
        here = place.get_by_role("option", name=re.compile(f"^{WHERE} ")).first
        place.select_option(value=here.get_attribute("value") or "")
        page.get_by_label("Gäller från").fill("2026-01-01")
        page.get_by_label("Gäller till och med").fill("2099-12-31")
        main.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(VOW)
        for address in (plan, "/mitt/samverkan/"):
            assert barriers_at(page, address) == []
        main.get_by_role("button", name=f"Publicera {VOW}").click()
    with visit(browser, partners, viewport=PHONE) as page:
        open_page(page, "/samverkan/")
        page.get_by_role("link", name="Tryggare stråk (exempel)").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text("Laga belysningen längs stråket (exempel)")
        expect(main).to_contain_text("klar senast 2099-06-30")
        agreement = page.url
        main.get_by_role("link", name=VOW).click()
        expect(main).to_contain_text("Inget svar om hur det gick är skrivet än.")
        promise = page.url
        main.get_by_role("link", name=WHERE).click()
        expect(main.get_by_role("link", name=VOW)).to_be_visible()
        for address in (agreement, promise, "/samverkan/"):
            assert barriers_at(page, address) == []


# Internals


def barriers_at(page: Page, address: str) -> list[str]:
    """What a machine finds at an address: barriers, and whether one has to scroll sideways."""
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*barriers(page), *([f"{wide} px too wide: {address}"] if wide > 0 else [])]
