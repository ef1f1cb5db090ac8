"""From the administrator's invitation to a reporter at work: each sees what is theirs, and no link works twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing import letters_to, link_in, sign_in, sign_in_as
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, open_page, visit
from tests.people import ADMINISTRATOR, COORDINATOR, DATA_PROTECTION_OFFICER, HOUSING_LEAD, STRANGER, Person

pytestmark = pytest.mark.journey

LEAD = "ny.ansvarig@bostadsbolaget.exempel.se"
REPORTER = "ny.rapportor@bostadsbolaget.exempel.se"
HOUSING = "Bostadsbolaget (exempel)"
POLICE = "Lokalpolisområde Huddinge (exempel)"


def password_of(email: str) -> str:
    return f"fyra lila elefanter hos {email.split('@', maxsplit=1)[0]}"


def open_organisation(page: Page, name: str) -> None:
    page.goto("/organisationer/")
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def invite(page: Page, email: str, role: str, place: str = "") -> None:
    page.get_by_role("link", name="Bjud in").click()
    page.get_by_label("E-postadress i tjänsten").fill(email)
    page.get_by_role("radio", name=role).check()
    if place:
        page.get_by_text("Välj platser").click()
        page.get_by_role("checkbox", name=place).check()
    page.get_by_role("button", name="Skicka inbjudan").click()
    expect(page.get_by_role("status")).to_contain_text("Inbjudan är skickad.")


def accept(page: Page, home: Path, email: str, name: str) -> str:
    """Open the link in the latest letter, make the account, sign in. Returns the link."""
    link = link_in(letters_to(home, email)[-1])
    page.goto(link)
    page.get_by_label("Ditt namn").fill(name)
    page.get_by_label("Lösenord", exact=True).fill(password_of(email))
    page.get_by_label("Lösenordet en gång till").fill(password_of(email))
    page.get_by_role("button", name="Gör kontot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontot är klart")
    sign_in_as(page, email, password_of(email))
    return link


def test_the_administrator_lets_a_lead_in_who_lets_a_reporter_in_for_varby(
    browser: Browser, site: str, home: Path
) -> None:
    with visit(browser, site) as page:
        sign_in(page, ADMINISTRATOR)
        open_organisation(page, HOUSING)
        invite(page, LEAD, "Partneransvarig")
    with visit(browser, site) as page:
        used = accept(page, home, LEAD, "Ny ansvarig (exempel)")
        open_organisation(page, HOUSING)
        invite(page, REPORTER, "Rapportör", place="Vårby (kommundel)")
    with visit(browser, site, viewport=PHONE) as page:
        accept(page, home, REPORTER, "Ny rapportör (exempel)")
        open_organisation(page, HOUSING)
        mine = page.get_by_role("row", name="Ny rapportör (exempel)")
        expect(mine).to_contain_text("Rapportör")
        expect(mine).to_contain_text("Vårby (kommundel)")
        expect(page.get_by_role("link", name="Bjud in")).to_have_count(0)
        # Who works at the police is not theirs to see.
        open_organisation(page, POLICE)
        expect(page.get_by_role("main")).to_contain_text("Vänd dig till dess kontakt")
        # The administrator's letter to the lead is used, and was never theirs.
        page.goto(used)
        expect(page.get_by_role("heading", level=1)).to_have_text("Inbjudan är redan mottagen")


def test_a_stranger_sees_nothing(browser: Browser, site: str) -> None:
    with visit(browser, site) as page:
        sign_in(page, STRANGER)
        for address in ("/organisationer/", "/roller/", "/konton/", "/delningar/"):
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_have_text("Du har inte tillgång till sidan")


def test_the_second_of_two_who_change_one_organisation_loses_nothing(browser: Browser, site: str) -> None:
    with visit(browser, site) as first, visit(browser, site) as second:
        for page, person in ((first, ADMINISTRATOR), (second, HOUSING_LEAD)):
            sign_in(page, person)
            open_organisation(page, HOUSING)
            page.get_by_role("link", name="Ändra uppgifter").click()
        first.get_by_label("Kontakt", exact=False).first.fill("Bovärden")
        first.get_by_role("button", name="Spara").click()
        expect(first.get_by_role("status")).to_contain_text("Ändringarna är sparade.")
        written = second.get_by_label("Kontakt", exact=False).first
        written.fill("Trygghetsvärden")
        second.get_by_role("button", name="Spara").click()
        told = second.get_by_role("alert")
        expect(told).to_contain_text("Någon annan har ändrat under tiden")
        expect(told.get_by_role("row", name="Kontakt")).to_contain_text("Bovärden")
        expect(written).to_have_value("Trygghetsvärden")
        second.get_by_role("button", name="Spara").click()
        expect(second.get_by_role("main")).to_contain_text("Trygghetsvärden")


PAGES: dict[str, tuple[Person, str]] = {
    "organisations": (ADMINISTRATOR, "/organisationer/"),
    "new organisation": (ADMINISTRATOR, "/organisationer/ny/"),
    "accounts": (ADMINISTRATOR, "/konton/"),
    "roles": (COORDINATOR, "/roller/"),
    "releases": (COORDINATOR, "/delningar/"),
    "new release": (COORDINATOR, "/delningar/ny/"),
    "flows": (DATA_PROTECTION_OFFICER, "/delningar/"),
    "no such invitation": (COORDINATOR, "/inbjudan/finns-inte/"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_no_serious_barrier_and_no_page_wider_than_its_window(browser: Browser, site: str, kind: str) -> None:
    person, address = PAGES[kind]
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, person)
        open_page(page, f"/en{address}")
        assert barriers(page) == []
        open_page(page, address)
        _judge(page)


def test_the_pages_of_an_organisation_have_no_serious_barrier(browser: Browser, site: str) -> None:
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, HOUSING_LEAD)
        open_organisation(page, HOUSING)
        _judge(page)
        for link in ("Bjud in", "Ändra uppgifter", "Lägg till en enhet", "Ge en roll till", "Avsluta"):
            open_organisation(page, HOUSING)
            page.get_by_role("main").get_by_role("link", name=link).first.click()
            _judge(page)


# Internals


def _judge(page: Page) -> None:
    """Light and wide, dark and narrow; and at 320 px nothing sticks out."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SCREEN)
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert barriers(page) == []
    for viewport in (PHONE, NARROWEST):
        page.set_viewport_size(viewport)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"{width} px wide in a window of {viewport['width']} px"
