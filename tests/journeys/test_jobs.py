"""An analyst orders a report, follows it, downloads it, is told, and has the days in a calendar."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, visit
from tests.people import ADMINISTRATOR, ANALYST, ECONOMIST

pytestmark = pytest.mark.journey

JOB_SECONDS = 90_000
"""Milliseconds that a report of one place may take on a machine that does other things."""


def order_report(page: Page) -> None:
    """From one's own page to a job of one place's report."""
    page.goto("/mitt/")
    page.get_by_role("main").get_by_role("link", name="Jobb", exact=True).click()
    page.get_by_label("Vad rapporten är om").select_option("regso/flemingsberg-vastra")
    page.get_by_role("button", name="Skriv rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rapport för Flemingsberg västra")


def test_an_analyst_orders_a_report_follows_it_and_downloads_it(page: Page, tmp_path: Path) -> None:
    sign_in(page, ANALYST)
    order_report(page)
    # Nobody reloads: the page follows the job by itself.
    link = page.get_by_role("link", name="plats-flemingsberg-vastra.pdf")
    expect(link).to_be_visible(timeout=JOB_SECONDS)
    with page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "rapport.pdf")
    assert (tmp_path / "rapport.pdf").read_bytes().startswith(b"%PDF-")

    page.reload()
    page.get_by_role("banner").get_by_role("link", name=re.compile(r"Mitt arbete \(\d+ nya?\)")).click()
    new = page.get_by_role("region", name="Nytt sedan sist")
    told = new.get_by_role("link", name=re.compile("Jobbet ”Rapport för Flemingsberg västra"))
    expect(told.first).to_be_visible()
    page.get_by_role("button", name="Jag har sett det här").click()
    expect(page.get_by_text("Inget nytt sedan")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Mitt arbete", exact=True)).to_be_visible()
    page.get_by_role("link", name="Alla meddelanden").click()
    expect(page.get_by_role("main")).to_contain_text("är klart.")


def test_the_page_follows_the_job_without_scripts(browser: Browser, site: str) -> None:
    """The browser looks again by itself; what one sees in the end is the same."""
    with visit(browser, site, java_script_enabled=False) as page:
        sign_in(page, ECONOMIST)
        order_report(page)
        expect(page.get_by_role("link", name="plats-flemingsberg-vastra.pdf")).to_be_visible(
            timeout=JOB_SECONDS
        )


def test_the_administrator_cancels_and_the_one_who_ordered_sees_it(browser: Browser, site: str) -> None:
    with visit(browser, site) as analyst, visit(browser, site) as administrator:
        sign_in(analyst, ANALYST)
        analyst.goto("/jobb/")
        for kind in ("PDF", "Word (DOCX)", "Excel (XLSX)"):
            expect(analyst.get_by_label(kind)).to_be_checked()
        analyst.get_by_role("button", name="Skriv rapporten").click()
        expect(analyst.get_by_role("heading", level=1)).to_have_text("Rapport för hela kommunen")
        address = analyst.url
        sign_in(administrator, ADMINISTRATOR)
        administrator.goto(address)
        administrator.get_by_role("button", name="Avbryt jobbet").click()
        expect(analyst.get_by_role("main")).to_contain_text("Jobbet är avbrutet.", timeout=JOB_SECONDS)


def test_a_calendar_program_fetches_the_days_until_the_address_is_taken_away(page: Page) -> None:
    sign_in(page, ANALYST)
    page.goto("/mitt/installningar/")
    page.get_by_role("button", name=re.compile("Gör en (ny )?adress")).click()
    shown = page.get_by_role("status").get_by_role("code").inner_text()
    # The site's own name stands in the address; here it listens at another port.
    path = shown.split("/mitt/", maxsplit=1)[1]
    here = f"{page.url.split('/mitt/', maxsplit=1)[0]}/mitt/{path}"
    with urllib.request.urlopen(here, timeout=30) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert answer.read().startswith(b"BEGIN:VCALENDAR\r\n")
    page.get_by_role("button", name="Ta bort adressen").click()
    expect(page.get_by_text("Du har ingen adress.")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(here, timeout=30)
    refused.value.close()


@pytest.mark.parametrize("address", ["/mitt/", "/mitt/meddelanden/", "/mitt/installningar/", "/jobb/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_have_no_barrier_and_fit(browser: Browser, site: str, address: str, prefix: str) -> None:
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, ADMINISTRATOR)
        page.goto(f"{prefix}{address}")
        assert page.get_by_role("heading", level=1).count() == 1
        found = {"light": barriers(page)}
        page.emulate_media(color_scheme="dark")
        for viewport in (SCREEN, PHONE, NARROWEST):
            page.set_viewport_size(viewport)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{width} px wide in a window of {viewport['width']} px"
        found["dark and narrow"] = barriers(page)
    assert found == {"light": [], "dark and narrow": []}
