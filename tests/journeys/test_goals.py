"""An analyst drafts a plan, the chair enters that it has been adopted, and from then on nobody changes it; anyone
reads what is published of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import PHONE, SCREEN, visit
from tests.people import ANALYST, POLITICIAN

pytestmark = pytest.mark.journey

PLAN = "Verksamhetsplan för lika livsvillkor (exempel)"
WORK = "Fler vuxna har arbete (exempel)"


def open_draft(page: Page) -> None:
    page.goto("/mal/")
    page.get_by_role("link", name=PLAN).click()
    page.get_by_role("link", name="Öppna utkastet").click()


def test_an_analyst_drafts_the_chair_adopts_and_a_late_change_is_refused(browser: Browser, site: str) -> None:
    with visit(browser, site, viewport=SCREEN) as analyst, visit(browser, site, viewport=PHONE) as chair:
        sign_in(analyst, ANALYST)
        open_draft(analyst)
        analyst.get_by_role("link", name="Skriv ett mål").click()
        analyst.get_by_label("Mål", exact=True).fill("Fler läser för sina barn (exempel)")
        analyst.get_by_role("button", name="Spara", exact=True).click()
        expect(analyst.get_by_role("heading", name="Fler läser för sina barn (exempel)")).to_be_visible()
        analyst.get_by_role("link", name=f"Ändra {WORK}").click()
        analyst.get_by_label("Mål", exact=True).fill("För sent (exempel)")

        sign_in(chair, POLITICIAN)
        open_draft(chair)
        expect(chair.get_by_role("link", name="Skriv ett mål")).to_have_count(0)
        chair.get_by_role("link", name="Anta utkastet").click()
        chair.get_by_label("Antagen den").fill("2026-01-10")
        chair.get_by_label("Antagen av").fill("Kommunstyrelsen (exempel)")
        chair.get_by_role("button", name="Anta planen").click()
        expect(chair.get_by_role("heading", name="Version 2")).to_be_visible()
        expect(chair.get_by_text("Fler läser för sina barn (exempel)").first).to_be_visible()

        analyst.get_by_role("button", name="Spara", exact=True).click()
        expect(analyst.get_by_role("alert")).to_contain_text("Skapa ett nytt utkast")


def test_a_plan_is_written_adopted_published_and_read_by_anyone(browser: Browser, site: str) -> None:
    with visit(browser, site, viewport=SCREEN) as writer:
        sign_in(writer, ANALYST)
        writer.goto("/mal/utkast/mina/")
        writer.get_by_role("link", name="Skriv en ny plan").click()
        writer.get_by_label("Rubrik").fill("Plan för läsande (exempel)")
        writer.get_by_label("Slag").select_option("verksamhetsplan")
        writer.get_by_label("Gäller från").fill("2026-01-01")
        writer.get_by_label("Gäller till och med").fill("2030-12-31")
        writer.get_by_label("Diarienummer").fill("KS-2026/77")
        writer.get_by_role("button", name="Skriv planen").click()
        writer.get_by_role("link", name="Skriv ett mål").click()
        writer.get_by_label("Mål", exact=True).fill("Fler arbetar i områden av typ 2 (exempel)")
        writer.get_by_role("button", name="Spara", exact=True).click()
        writer.get_by_role("link", name="Nytt målvärde").click()
        writer.get_by_label("Indikator", exact=True).select_option("employed_share")
        writer.get_by_label("Gäller", exact=True).select_option("ett slags områden")
        writer.get_by_label("Områdestyp", exact=True).select_option("2")
        writer.get_by_label("Utgångsår").fill("2022")
        writer.get_by_label("Målvärde", exact=True).fill("0,75")
        writer.get_by_label("Målår").fill("2030")
        writer.get_by_role("button", name="Spara", exact=True).click()
        writer.get_by_role("link", name="Ny budgetrad").click()
        writer.get_by_label("Rad i mål och budget").fill("Praktikplatser (exempel)")
        writer.get_by_label("Belopp i kronor").fill("1 250 000")
        writer.get_by_role("button", name="Spara", exact=True).click()
        expect(
            writer.get_by_text("Praktikplatser (exempel), år okänt: 1\u00a0250\u00a0000\u00a0kr")
        ).to_be_visible()
        assert not barriers(writer)
        _adopt(browser, site, "Plan för läsande (exempel)")
        writer.goto("/mal/utkast/mina/")
        writer.get_by_role("link", name="Plan för läsande (exempel)", exact=True).click()
        writer.get_by_role("link", name="Publicera planen").click()
        writer.get_by_role("button", name="Publicera", exact=True).click()
        expect(writer.get_by_role("link", name="Sluta visa för alla")).to_be_visible()
    with visit(browser, site, viewport=PHONE) as anyone:
        anyone.goto("/mal/")
        anyone.get_by_role("link", name="Fler arbetar i områden av typ 2 (exempel)").click()
        expect(anyone.get_by_role("heading", name="Nås målet?")).to_be_visible()
        expect(anyone.get_by_text("5 områden som hade typen 2022.")).to_be_visible()
        assert not barriers(anyone)


def _adopt(browser: Browser, site: str, plan: str) -> None:
    """The chair enters the organ's decision."""
    with visit(browser, site, viewport=SCREEN) as chair:
        sign_in(chair, POLITICIAN)
        chair.goto("/mal/utkast/mina/")
        chair.get_by_role("link", name=f"Öppna utkastet {plan}").click()
        chair.get_by_role("link", name="Anta utkastet").click()
        chair.get_by_label("Antagen den").fill("2026-01-10")
        chair.get_by_label("Antagen av").fill("Kommunstyrelsen (exempel)")
        chair.get_by_role("button", name="Anta planen").click()


def test_anyone_reads_how_far_a_goal_is(browser: Browser, site: str) -> None:
    with visit(browser, site, viewport=PHONE) as page:
        page.goto("/mal/")
        assert not barriers(page)
        page.get_by_role("link", name=WORK).first.click()
        expect(page.get_by_text("Takt som behövs")).to_be_visible()
        expect(page.get_by_text("för kort serie")).to_be_visible()
        assert not barriers(page)
