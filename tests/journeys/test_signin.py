"""Signing in with more than a password: an app, a passkey, the municipality's provider. And looking after sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plats.web.accounts.signin.tests.entrants import app_code
from plats.web.accounts.signin.tests.provider.provider_people import WORD
from plats.web.accounts.signin.tests.real_provider import as_environment, running
from tests.journeys.signing import sign_in
from tests.journeys.site import copy_home, free_port, serving
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, open_page, visit
from tests.people import ANALYST, ECONOMIST, PLANNER, REGISTRAR, Person

pytestmark = pytest.mark.journey
PAGES = {
    "account": "/konto/",
    "protection": "/konto/skydda/",
    "app": "/konto/totp/",
    "passkeys": "/konto/nycklar/",
    "recovery codes": "/konto/aterhamtningskoder/",
    "password": "/konto/losenord/",
    "sessions": "/konto/sessioner/",
    "confirming": "/konto/bekrafta/",
    "removing the app": "/konto/totp/ta-bort/",
}


@pytest.fixture(scope="module")
def door(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of our own that uses a provider, so that what we add to accounts is in nobody's way.

    By name and not by number: a passkey belongs to a name.
    """
    folder, port = tmp_path_factory.mktemp("door"), free_port()
    copy_home(home, folder / "home")
    here = f"http://localhost:{port}"
    with (
        running(folder, f"{here}/logga-in/kommunen/svar/") as issuer,
        serving(folder / "home", port=port, **as_environment(issuer)),
    ):
        yield here


def password_step(page: Page, person: Person) -> None:
    page.goto("/logga-in/")
    page.get_by_label("E-postadress").fill(person.email)
    page.get_by_label("Lösenord").fill(person.password)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("link", name="Logga in")).to_be_visible()


def add_app(page: Page) -> tuple[str, list[str]]:
    """Set up an app for codes from the account's page; returns its secret and the recovery codes."""
    page.get_by_role("link", name="Ditt konto").click()
    page.get_by_role("link", name="Lägg till en app").click()
    expect(page.get_by_role("img", name="QR-kod")).to_be_visible()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Kod från appen").fill(app_code(secret))
    page.get_by_role("button", name="Lägg till appen").click()
    expect(page.get_by_role("heading", name="Dina koder")).to_be_visible()
    codes = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    page.get_by_role("link", name="Jag har sparat koderna").click()
    return secret, codes


def test_an_economist_sets_up_an_app_signs_in_with_it_and_ends_a_strangers_session(
    browser: Browser, door: str
) -> None:
    with visit(browser, door) as page, visit(browser, door, viewport=PHONE) as elsewhere:
        sign_in(page, ECONOMIST)
        secret, codes = add_app(page)
        assert len(codes) == 10
        sign_out(page)

        password_step(page, ECONOMIST)
        expect(page.get_by_role("heading", name="Andra steget")).to_be_visible()
        # The code that set the app up opens nothing more; the next one does.
        page.get_by_label("Kod").fill(app_code(secret, 1))
        page.get_by_role("main").get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("contentinfo")).to_contain_text(f"Inloggad som {ECONOMIST.name}.")

        page.goto("/konto/bekrafta/?next=/konto/sessioner/")
        page.get_by_label("Kod").fill("000000")
        page.get_by_role("button", name="Bekräfta").click()
        expect(page.get_by_role("alert")).to_contain_text("Koden stämmer inte")
        page.get_by_label("Kod").fill(codes[0])
        page.get_by_role("button", name="Bekräfta").click()
        expect(page.get_by_role("heading", name="Sessioner")).to_be_visible()

        password_step(elsewhere, ECONOMIST)
        elsewhere.get_by_label("Kod").fill(codes[1])
        elsewhere.get_by_role("main").get_by_role("button", name="Logga in").click()
        expect(elsewhere.get_by_role("button", name="Logga ut")).to_be_visible()

        page.reload()
        expect(page.get_by_text("lösenord och återställningskod")).to_be_visible()
        # The newest comes first; below may lie what other visits in the same home have left.
        page.get_by_role("button", name="Avsluta Chrome").first.click()
        expect(page.get_by_role("status")).to_contain_text("Sessionen är avslutad.")
        elsewhere.goto("/konto/")
        expect(elsewhere.get_by_role("heading", name="Logga in")).to_be_visible()
        expect(elsewhere.get_by_role("status").first).to_contain_text("Sessionen är avslutad. Logga in igen.")
        page.goto("/konto/")
        expect(page.get_by_text("8 koder kvar.")).to_be_visible()


def test_a_planner_adds_a_passkey_and_needs_neither_address_nor_password(browser: Browser, door: str) -> None:
    with visit(browser, door) as page, telephone(page.context, page):
        sign_in(page, PLANNER)
        page.get_by_role("link", name="Ditt konto").click()
        page.get_by_role("link", name="Lägg till en nyckel").click()
        page.get_by_label("Vad nyckeln heter").fill("Jobbtelefonen")
        page.get_by_role("button", name="Lägg till nyckeln").click()
        page.get_by_role("link", name="Jag har sparat koderna").click()
        expect(page.get_by_role("contentinfo")).to_contain_text(PLANNER.name)
        sign_out(page)

        page.goto("/logga-in/?next=/konto/sessioner/")
        page.get_by_role("button", name="Använd nyckel").click()
        expect(page.get_by_role("heading", name="Sessioner")).to_be_visible()
        expect(page.get_by_text("med nyckel.")).to_be_visible()

        page.goto("/konto/bekrafta/?next=/konto/nycklar/")
        page.get_by_role("button", name="Bekräfta med nyckel").click()
        expect(page.get_by_role("heading", name="Dina nycklar")).to_be_visible()
        page.get_by_role("button", name="Ta bort Jobbtelefonen").click()
        expect(page.get_by_role("status")).to_contain_text("Nyckeln är borttagen.")


def test_a_key_that_does_not_answer_is_told_and_the_password_still_goes(browser: Browser, door: str) -> None:
    with visit(browser, door) as page, telephone(page.context, page, verified=False):
        page.goto("/logga-in/")
        page.get_by_role("button", name="Använd nyckel").click()
        expect(page.get_by_text("Nyckeln svarade inte. Försök igen.")).to_be_visible()
        password_step(page, REGISTRAR)
        expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def test_without_javascript_there_is_an_app_and_no_dead_button(browser: Browser, door: str) -> None:
    with visit(browser, door, java_script_enabled=False) as page:
        page.goto("/logga-in/")
        expect(page.get_by_role("button", name="Använd nyckel")).to_be_hidden()
        sign_in(page, REGISTRAR)
        page.goto("/konto/nycklar/")
        expect(page.get_by_text("eller så är JavaScript avstängt")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Lägg till en app").click()
        expect(page.get_by_role("img", name="QR-kod")).to_be_visible()


def test_an_analyst_comes_in_through_the_municipalitys_provider(browser: Browser, door: str) -> None:
    context = browser.new_context(base_url=door, locale="sv-SE", viewport=SCREEN)
    page = context.new_page()
    page.goto("/logga-in/?next=/konto/")
    page.get_by_role("link", name="Logga in med Provinloggning (exempel)").click()
    expect(page.get_by_role("heading", name="Provinloggning")).to_be_visible()
    page.get_by_label("Användare").fill("utredare")
    page.get_by_label("Hemligt ord").fill(WORD)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", name="Ditt konto")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(ANALYST.email)
    expect(page.get_by_role("main")).to_contain_text("Kopplad till kontot.")

    page.goto("/konto/bekrafta/?next=/konto/sessioner/")
    page.get_by_role("link", name="Bekräfta med Provinloggning (exempel)").click()
    page.get_by_label("Användare").fill("utredare")
    page.get_by_label("Hemligt ord").fill(WORD)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", name="Sessioner")).to_be_visible()
    context.close()


def test_a_stranger_with_an_identity_there_gets_no_account_here(browser: Browser, door: str) -> None:
    context = browser.new_context(base_url=door, locale="sv-SE", viewport=PHONE)
    page = context.new_page()
    page.goto("/logga-in/")
    page.get_by_role("link", name="Logga in med Provinloggning (exempel)").click()
    page.get_by_label("Användare").fill("frammande")
    page.get_by_label("Hemligt ord").fill(WORD)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", name="Det gick inte att logga in")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Konton skapas genom inbjudan.")
    expect(page.get_by_role("link", name="Logga in", exact=True)).to_be_visible()
    context.close()


def test_no_serious_barrier_and_no_page_too_wide_for_one_who_is_signed_in(
    browser: Browser, door: str
) -> None:
    found: dict[str, Any] = {}
    with visit(browser, door, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, REGISTRAR)
        for language in ("", "/en"):
            for kind, address in PAGES.items():
                open_page(page, f"{language}{address}")
                for scheme, size in (("light", SCREEN), ("dark", PHONE)):
                    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                    page.set_viewport_size(size)
                    found[f"{language} {kind} {scheme}"] = barriers(page)
                for viewport in (PHONE, NARROWEST, SCREEN):
                    page.set_viewport_size(viewport)
                    width = page.evaluate("document.documentElement.scrollWidth")
                    assert width <= viewport["width"], f"{kind} is {width} px wide at {viewport['width']} px"
    assert {kind: what for kind, what in found.items() if what} == {}


# Internals


@contextmanager
def telephone(context: BrowserContext, page: Page, *, verified: bool = True) -> Iterator[None]:
    """A telephone that holds passkeys: Chromium's own, made of software. Not verified: its owner's finger fails."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verified,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
