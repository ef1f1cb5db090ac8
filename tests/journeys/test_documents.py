"""A reporter writes about Vårby: what points out a person is caught, a picture comes along without its position, and
another organisation cannot open it until it is released."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from plats.web.documents.tests.samples import picture_with_everything
from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, open_page, visit
from tests.people import (
    COORDINATOR,
    DATA_PROTECTION_OFFICER,
    HOUSING_REPORTER,
    PLANNER,
    POLICE_REPORTER,
)

pytestmark = pytest.mark.journey

NUMBER = "640823-3234"  # the tax agency's own example, which belongs to nobody


def write(page: Page, title: str, *, place: str = "", text: str = "") -> None:
    """Open the empty form and fill it in."""
    page.goto("/mitt/")
    page.get_by_role("main").get_by_role("link", name="Handlingar", exact=True).click()
    page.get_by_role("link", name="Skriv en handling").click()
    page.get_by_label("Rubrik").fill(title)
    if place:
        page.get_by_label("Plats").select_option(label=place)
    page.get_by_label("Beskrivning").fill(text)


def save(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Spara", exact=True).click()


def attach_picture(page: Page, name: str) -> None:
    sent = {"name": name, "mimeType": "image/jpeg", "buffer": picture_with_everything("JPEG")}
    page.get_by_label("Välj fil").set_input_files(files=[sent])  # type: ignore[list-item]
    page.get_by_role("button", name="Bifoga").click()


def test_a_reporter_writes_about_varby_and_no_other_organisation_opens_it(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    title = "Släckt belysning i gångtunneln"
    with visit(browser, site, viewport=PHONE) as page:
        sign_in(page, HOUSING_REPORTER)
        write(page, title, place="Vårby (kommundel)", text=f"Boende {NUMBER} såg bilen ABC123.")
        save(page)
        told = page.get_by_role("alert")
        expect(told).to_contain_text("Texten innehåller ett personnummer")
        expect(told).to_contain_text("ett fordons registreringsnummer")
        expect(page.get_by_label("Beskrivning")).to_have_value(f"Boende {NUMBER} såg bilen ABC123.")
        expect(page.get_by_label("Skäl att ändå spara")).to_be_visible()
        page.get_by_label("Beskrivning").fill("Fyra av sex lampor är släckta.")
        save(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        attach_picture(page, "Gångtunneln.jpg")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Gångtunneln.jpg", exact=True).click()
        waiting.value.save_as(tmp_path / "kept.jpg")
        address = page.url.split("#")[0]
    with Image.open(io.BytesIO((tmp_path / "kept.jpg").read_bytes())) as kept:
        assert not dict(kept.getexif())
    for person in (POLICE_REPORTER, COORDINATOR, DATA_PROTECTION_OFFICER):
        with visit(browser, site) as page:
            sign_in(page, person)
            page.goto(address)
            heading = page.get_by_role("heading", level=1)
            expect(heading).to_have_text(re.compile("Sidan finns inte|Du har inte tillgång"))
            page.goto(f"/sok/?q={title}")
            expect(page.get_by_role("main")).not_to_contain_text(address.split("/")[-2])
            expect(page.get_by_role("main").get_by_role("link", name=title)).to_have_count(0)


def test_the_second_of_two_who_change_one_document_is_told_and_loses_nothing(
    browser: Browser, site: str
) -> None:
    with visit(browser, site) as first, visit(browser, site) as second:
        sign_in(first, COORDINATOR)
        write(first, "Trygghetsvandring i november", text="Vi samlas vid stationen.")
        save(first)
        address = first.url
        sign_in(second, PLANNER)
        first.goto(f"{address}andra/")
        second.goto(f"{address}andra/")
        first.get_by_label("Diarienummer").fill("SBN-2026/17")
        first.get_by_label("Rubrik").fill("Trygghetsvandring den 30 november")
        save(first)
        second.get_by_label("Beskrivning").fill("Vi samlas vid torget.")
        second.get_by_label("Rubrik").fill("Trygghetsvandring i Skogås")
        save(second)
        expect(second.get_by_role("alert")).to_contain_text(
            "Någon annan har ändrat handlingen medan du skrev"
        )
        row = second.get_by_role("row", name="Rubrik")
        expect(row).to_contain_text("Trygghetsvandring den 30 november")
        expect(row).to_contain_text("Trygghetsvandring i Skogås")
        expect(second.get_by_role("row", name="Diarienummer")).to_contain_text("SBN-2026/17")
        expect(second.get_by_label("Beskrivning")).to_have_value("Vi samlas vid torget.")
        expect(second.get_by_label("Diarienummer")).to_have_value("SBN-2026/17")
        second.get_by_role("button", name="Spara ändå").click()
        expect(second.get_by_role("heading", level=1)).to_have_text("Trygghetsvandring i Skogås")
        expect(second.get_by_role("main")).to_contain_text("SBN-2026/17")
        expect(second.get_by_role("main")).to_contain_text("Vi samlas vid torget.")


def test_a_file_that_lies_is_told_at_its_field_and_a_list_is_narrowed_and_taken_out(
    browser: Browser, site: str
) -> None:
    with visit(browser, site) as page:
        sign_in(page, COORDINATOR)
        write(page, "Avtal om samverkan på torget", text="Utkast.")
        save(page)
        sent = {"name": "Avtal.pdf", "mimeType": "application/pdf", "buffer": b"<svg onload='alert(1)'/>"}
        page.get_by_label("Välj fil").set_input_files(files=[sent])  # type: ignore[list-item]
        page.get_by_role("button", name="Bifoga").click()
        expect(page.get_by_role("alert")).to_contain_text("Filen heter .pdf men innehåller")
        page.goto("/handlingar/")
        page.get_by_label("Ord eller diarienummer").fill("AVTAL OM")
        page.get_by_role("button", name="Visa").click()
        expect(page.get_by_role("heading", level=2)).to_have_text("1 handling hittad")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="CSV").click()
        assert waiting.value.suggested_filename.startswith("handlingar-")


def test_the_pages_of_documents_have_no_barriers_at_any_width(browser: Browser, site: str) -> None:
    with visit(browser, site, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, COORDINATOR)
        write(page, "En handling att läsa", text=f"Om {NUMBER}")
        save(page)
        assert barriers(page) == [], "with an error"
        page.get_by_label("Skäl att ändå spara").fill("Prov av sidan")
        save(page)
        attach_picture(page, "Bild.jpg")
        address = page.url.split("#")[0]
        for path in ("/handlingar/", "/handlingar/ny/", address, f"{address}andra/", "/en/handlingar/"):
            open_page(page, path)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                assert barriers(page) == [], f"{path} in {scheme}"
            for viewport in (SCREEN, PHONE, NARROWEST):
                page.set_viewport_size(viewport)
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= viewport["width"], f"{path}: {width} px wide at {viewport['width']}"
            page.set_viewport_size(SCREEN)
