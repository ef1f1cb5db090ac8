"""An analyst reads efforts from a file, is told of a wrong row, changes many at once; a program reads what is open."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from plats.web.efforts.exchange.files import write_csv
from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, PHONE, SCREEN, visit
from tests.people import ANALYST

pytestmark = pytest.mark.journey

JOB_MILLISECONDS = 60_000
OWNER = "Kommunstyrelsen (exempel)"
LEAST = {"Organisation": OWNER, "Slag": "skola", "Problem": "Få når målen.", "Orsak": "Trångt hemma."}


def send(page: Page, head: list[str], *rows: dict[str, str]) -> None:
    """Try a file with these cells, and wait until it has been read."""
    lines = [[(LEAST | row).get(name, "") for name in head] for row in rows]
    page.goto("/mitt/insatser/fil/")
    sent = {"name": "insatser.csv", "mimeType": "text/csv", "buffer": write_csv(head, lines)}
    page.get_by_label("Fil", exact=True).set_input_files(files=[sent])  # type: ignore[list-item]
    page.get_by_role("button", name="Pröva filen").click()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=JOB_MILLISECONDS)


def headings(page: Page) -> list[str]:
    """The headings of the file that the page hands out."""
    page.goto("/mitt/")
    page.get_by_role("main").get_by_role("link", name="Insatser som fil", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Insatser som CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return text.split("\n", 1)[0].strip().split(";")


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["screen", "phone"])
def test_a_file_is_tried_corrected_and_read_in_and_many_are_changed(
    browser: Browser, site: str, viewport: dict[str, int]
) -> None:
    name = f"Läxhjälp {viewport['width']}"
    with visit(browser, site, viewport=viewport) as page:
        sign_in(page, ANALYST)
        head = headings(page)
        send(page, head, {"Rubrik": f"{name} A"}, {"Rubrik": f"{name} B", "Slag": "båt"})
        expect(page.get_by_text("Inget är skrivet.", exact=False).first).to_be_visible()
        expect(page.get_by_text("'båt' går inte att läsa", exact=False)).to_be_visible()
        expect(page.get_by_role("button", name="Gör ändringarna")).to_have_count(0)
        assert barriers(page) == []

        send(page, head, {"Rubrik": f"{name} A"}, {"Rubrik": f"{name} B"})
        page.get_by_role("button", name="Gör ändringarna").click()
        expect(page.get_by_text("Skrivet: 2 nya", exact=False)).to_be_visible(timeout=JOB_MILLISECONDS)

        page.goto("/mitt/insatser/flera/")
        page.get_by_label("Ord i rubriken").fill(name)
        page.get_by_role("button", name="Visa", exact=True).click()
        page.get_by_label(f"{name} A").check()
        page.get_by_label(f"{name} B").check()
        page.get_by_label("Nytt läge").select_option(label="pågår")
        assert barriers(page) == []
        page.get_by_role("button", name="Visa vad som händer").click()
        expect(page.get_by_text("2 insatser ändras.", exact=False)).to_be_visible()
        page.get_by_role("button", name="Gör ändringarna").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ändringarna är gjorda")


@pytest.mark.parametrize("address", ["/api/", "/en/api/", "/mitt/insatser/fil/", "/mitt/insatser/flera/"])
def test_the_pages_have_no_barriers_and_fit_a_narrow_screen(
    browser: Browser, site: str, address: str
) -> None:
    with visit(browser, site, viewport=NARROWEST) as page:
        sign_in(page, ANALYST)
        page.goto(address)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


def test_a_program_finds_its_way_from_the_description(site: str) -> None:
    """From the description to a figure, by addresses that the answers themselves give."""

    def get(path: str) -> dict[str, object]:
        with urllib.request.urlopen(f"{site}{path}") as answer:
            found: dict[str, object] = json.load(answer)
        return found

    described = get("/api/v1/openapi.json")
    assert "/facts" in described["paths"]  # type: ignore[operator]
    first = get("/api/v1/facts?indicator=population&division=regso&limit=5")
    second = get(str(first["next"]))
    assert len(first["items"]) == 5  # type: ignore[arg-type]
    assert first["items"] != second["items"]
