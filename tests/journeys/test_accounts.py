"""Signing in: for those who work in the system. Everyone else needs no account."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.people import ANALYST

pytestmark = pytest.mark.journey


def sign_in(page: Page, password: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Logga in").click()
    page.get_by_label("E-postadress").fill(ANALYST.email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("main").get_by_role("button", name="Logga in").click()


def test_an_analyst_signs_in_and_out(page: Page) -> None:
    sign_in(page, ANALYST.password)
    expect(page.get_by_role("contentinfo")).to_contain_text(f"Inloggad som {ANALYST.name}.")
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("link", name="Logga in")).to_be_visible()


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(page: Page) -> None:
    sign_in(page, "inte det rätta")
    expect(page.get_by_role("alert")).to_contain_text("Det gick inte att logga in")
    expect(page.get_by_label("E-postadress")).to_have_value(ANALYST.email)
    expect(page.get_by_label("Lösenord")).to_have_value("")
