"""The one who looks after the system sees how the installation is; the log of it all says nothing about anyone."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from prometheus_client.parser import text_string_to_metric_families

from tests.journeys.signing import sign_in
from tests.journeys.test_access_for_all import barriers
from tests.journeys.visits import NARROWEST, visit
from tests.people import ADMINISTRATOR, ANALYST

pytestmark = pytest.mark.journey

CANARY = "tolvan.kanariefagel@privat.exempel.se"
NUMBER = "19121212-1212"


def test_the_administrator_finds_how_the_installation_is(page: Page) -> None:
    sign_in(page, ADMINISTRATOR)
    page.goto("/mitt/")
    page.get_by_role("main").get_by_role("link", name="Hur installationen mår").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur installationen mår")
    expect(page.get_by_role("main")).to_contain_text("Alla delar fungerar.")
    parts = page.get_by_role("region", name="Delar")
    for part in (
        "Databasen svarar",
        "Databasen har programmets form",
        "Siffrorna går att läsa",
        "Jobben blir gjorda",
    ):
        expect(parts).to_contain_text(part)
    assert barriers(page) == []


def test_one_who_only_works_here_is_neither_shown_the_way_nor_let_in(screen: Page) -> None:
    sign_in(screen, ANALYST)
    screen.goto("/mitt/")
    expect(screen.get_by_role("main").get_by_role("link", name="Hur installationen mår")).to_have_count(0)
    answer = screen.request.get("/drift/")
    assert answer.status == 403


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_stands_in_a_narrow_window_and_in_the_dark(browser: Browser, site: str, scheme: str) -> None:
    with visit(browser, site, viewport=NARROWEST, color_scheme=scheme) as page:
        sign_in(page, ADMINISTRATOR)
        page.goto("/drift/")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]
        assert barriers(page) == []
        page.goto("/en/drift/")
        expect(page.get_by_role("heading", level=1)).to_have_text("How the installation is")


def test_programs_here_read_health_and_metrics_of_the_running_site(site: str) -> None:
    with urllib.request.urlopen(f"{site}/halsa/redo/", timeout=10) as answer:
        assert json.load(answer)["ok"]
    with urllib.request.urlopen(f"{site}/matt/", timeout=10) as answer:
        families = {one.name: one for one in text_string_to_metric_families(answer.read().decode())}
    running = {one.labels["kind"]: one.value for one in families["plats_processes"].samples}
    # The server's own process and its two, and the worker beside them.
    assert running == {"web": 3, "worker": 1}
    assert families["plats_requests"].samples


def test_what_people_write_and_search_for_is_in_no_line_of_the_log(screen: Page, home: Path) -> None:
    """Through real forms, past a real server, into the file that the server writes."""
    screen.goto("/logga-in/")
    screen.get_by_label("E-postadress").fill(CANARY)
    screen.get_by_label("Lösenord").fill(NUMBER)
    screen.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    expect(screen.get_by_role("alert").first).to_be_visible()
    screen.get_by_role("searchbox").fill(f"{CANARY} {NUMBER}")
    screen.get_by_role("button", name="Sök").click()
    screen.request.get(f"/{CANARY}/?{NUMBER}")
    screen.request.get(f"/inbjudan/{CANARY}/")

    sign_in(screen, ADMINISTRATOR)
    screen.goto("/organisationer/")
    screen.get_by_role("link", name="Bostadsbolaget (exempel)").first.click()
    screen.get_by_role("link", name="Bjud in").first.click()
    screen.get_by_label("E-postadress").fill(CANARY)
    screen.get_by_role("main").get_by_role("button").last.click()
    expect(screen.get_by_role("main")).to_be_visible()

    lines = (home / "serve.log").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if "plats.access" in line]
    assert len(asked) > 10
    told = ("kanarie", "Kanarie", "1212", ADMINISTRATOR.email, ADMINISTRATOR.name, "127.0.0.1")
    # The first line says where the site is, to the one who started it.
    assert [line for line in lines[1:] if any(one in line for one in told)] == []
