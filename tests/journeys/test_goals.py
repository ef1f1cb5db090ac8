"""An analyst drafts a plan, the chair enters that it has been adopted, and from then on nobody changes it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import PHONE, SCREEN, visit
from tests.people import ANALYST, POLITICIAN

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

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


def test_anyone_reads_how_far_a_goal_is(browser: Browser, site: str) -> None:
    with visit(browser, site, viewport=PHONE) as page:
        page.goto("/mal/")
        assert not barriers(page)
        page.get_by_role("link", name=WORK).first.click()
        expect(page.get_by_text("Takt som behövs")).to_be_visible()
        expect(page.get_by_text("för kort serie")).to_be_visible()
        assert not barriers(page)
