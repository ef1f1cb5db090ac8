"""The installation as a reader, a stranger and an operator meet it: over TLS, through nginx. Run by deploy/test.sh."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from prometheus_client.parser import text_string_to_metric_families

from deploy.testing.asking import HERE, HTTP, HTTPS, NAME, SITE, ask, send

CHROMIUM = os.environ.get("PLATS_CHROMIUM", "/usr/bin/chromium")
PLACE = "/omraden/regso/flemingsberg-vastra/"
ONE_YEAR = 365 * 24 * 60 * 60
REFUSED_LOG = Path("/var/log/nginx/plats-refused.log")


# In the browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*quiet, f"--host-resolver-rules=MAP {NAME} {HERE}"]
        )


@contextmanager
def reader(browser: Browser, width: int) -> Iterator[tuple[Page, list[str]]]:
    """A visit, and what should not have happened during it."""
    context = browser.new_context(
        ignore_https_errors=True,
        base_url=f"https://{NAME}",
        locale="sv-SE",
        viewport={"width": width, "height": 900},
    )
    page, unwanted = context.new_page(), []
    page.on("console", lambda said: unwanted.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: unwanted.append(str(error)))
    # What the browser itself gave up because the reader went on to the next page has not failed.
    page.on(
        "requestfailed",
        lambda request: (
            None
            if request.failure == "net::ERR_ABORTED"
            else unwanted.append(f"{request.url}: {request.failure}")
        ),
    )
    yield page, unwanted
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_reader_goes_from_the_start_page_to_a_place_and_its_report(browser: Browser, width: int) -> None:
    with reader(browser, width) as (page, unwanted):
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Områden").click()
        page.get_by_role("link", name="Flemingsberg västra").first.click()
        expect(page).to_have_url(re.compile(r"/omraden/regso/flemingsberg-vastra/$"))
        expect(page.get_by_role("heading", level=1, name="Flemingsberg västra")).to_be_visible()
        assert page.evaluate("window.isSecureContext")
        # The style came: the design's own colour, not the browser's white.
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert unwanted == []


def test_a_reader_searches_reads_english_and_meets_a_page_that_is_not(browser: Browser) -> None:
    with reader(browser, 1280) as (page, unwanted):
        page.goto("/")
        page.get_by_role("searchbox").fill("vårby")
        page.get_by_role("button", name="Sök").click()
        expect(page.get_by_role("main")).to_contain_text("Vårby")
        page.goto("/en/omraden/")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert unwanted == []
        answer = page.goto("/finns-inte/")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_contain_text("Sidan finns inte")


def test_the_sign_in_page_sets_only_cookies_that_stay_on_tls(browser: Browser) -> None:
    with reader(browser, 1280) as (page, unwanted):
        page.goto("/")
        assert page.context.cookies() == [], "A public page sets no cookie."
        page.goto("/logga-in/")
        cookies = page.context.cookies()
        assert cookies
        assert all(
            one["secure"] and one["httpOnly"] and one["sameSite"] in ("Lax", "Strict") for one in cookies
        )
        assert unwanted == []


# What a browser is told


def test_alive_and_the_start_page_answer() -> None:
    assert ask("/halsa/").text == "ok\n"
    assert ask("/").status == 200


def test_every_part_works_and_strangers_learn_no_more() -> None:
    content = json.loads(ask("/halsa/redo/").text)
    assert content.keys() == {"ok", "checks"}
    assert content["ok"]


def test_http_is_sent_to_https_at_our_name_whoever_is_asked_for() -> None:
    for host in (NAME, "annan.example"):
        answer = ask("/omraden/?indelning=regso", port=HTTP, Host=host)
        assert answer.status == 301
        assert answer.headers["Location"] == f"https://{NAME}/omraden/?indelning=regso"


@pytest.mark.parametrize("path", ["/", "/logga-in/", "/finns-inte/", "/halsa/"])
def test_each_answer_carries_the_headers(path: str) -> None:
    headers = ask(path).headers
    assert headers["Strict-Transport-Security"] == f"max-age={ONE_YEAR}"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert re.fullmatch(r"[0-9a-f]{12}", headers["X-Request-ID"])
    assert "nginx/" not in headers["Server"]


@pytest.mark.parametrize(("version", "taken"), [("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)])
def test_old_tls_is_refused(version: str, taken: bool) -> None:
    asked = ["openssl", "s_client", "-connect", f"{HERE}:{HTTPS}", "-servername", NAME, version]
    done = subprocess.run(
        [*asked, "-cipher", "ALL:@SECLEVEL=0"], check=False, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert (b"Cipher is (NONE)" not in done.stdout and done.returncode == 0) is taken


def test_another_name_gets_no_page() -> None:
    assert ask("/", Host="annan.example").status == 400


def test_static_files_are_kept_for_ever_and_come_compressed() -> None:
    look = re.search(r'href="(/statisk/plats/)(look\.[0-9a-f]+\.css)"', ask("/").text)
    assert look, "The style sheet has no name with a hash."
    part = re.search(r'"(components\.[0-9a-f]+\.css)"', ask(look[1] + look[2]).text)
    assert part, "What the style sheet is made of has no names with hashes."
    address = look[1] + part[1]
    plain = ask(address)
    assert "immutable" in plain.headers["Cache-Control"]
    for encoding in ("br", "gzip"):
        packed = ask(address, Accept_Encoding=encoding)
        assert packed.headers["Content-Encoding"] == encoding
        assert len(packed.body) < len(plain.body) / 2
        assert "immutable" in packed.headers["Cache-Control"]


def test_pages_come_compressed() -> None:
    plain, packed = ask(PLACE), ask(PLACE, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 3
    assert packed.text == plain.text


def test_a_report_is_made_inside_what_the_service_may() -> None:
    """PDF, DOCX, XLSX and PNG load the most of other people's machine code: what the unit forbids would show here."""
    place = "/rapport/regso/flemingsberg-vastra"
    assert ask("/rapport/").status == 200
    found = re.findall(r'href="(/rapport/[^"]+\.(?:pdf|docx|xlsx))"', ask("/rapport/").text)
    assert found, place
    kinds = {path.rsplit(".", 1)[1]: path for path in found}
    assert kinds.keys() == {"pdf", "docx", "xlsx"}
    assert ask(kinds["pdf"]).body.startswith(b"%PDF-")
    assert ask(kinds["docx"]).body.startswith(b"PK")
    assert ask(kinds["xlsx"]).body.startswith(b"PK")


# What is refused


def test_thirty_megabytes_are_refused_by_nginx_with_a_page_that_says_so() -> None:
    answer = send(b"x" * 30_000_000)
    assert answer.status == 413
    assert "Filen är för stor" in answer.text
    assert "X-Request-ID" not in answer.headers, "The site was never asked."


def test_twenty_four_megabytes_reach_the_site() -> None:
    assert "X-Request-ID" in send(b"x" * 24_000_000).headers


def test_metrics_are_for_programs_on_this_machine() -> None:
    for path in ("/matt/", "/en/matt/"):
        for headers in ({}, {"X_Forwarded_For": HERE}, {"X_Real_IP": HERE}, {"Forwarded": f"for={HERE}"}):
            answer = ask(path, **headers)
            assert answer.status == 403
            assert "plats_" not in answer.text
    direct = ask("/matt/", port=SITE, Host=HERE)
    assert direct.status == 200
    names = {one.name for one in text_string_to_metric_families(direct.text)}
    assert {"plats_requests", "plats_processes", "plats_jobs"} <= names
    # As nginx would pass it on.
    assert ask("/matt/", port=SITE, Host=HERE, X_Forwarded_For="192.0.2.17").status == 403


def test_someone_who_guesses_passwords_is_slowed_down() -> None:
    statuses = [ask("/logga-in/", method="POST", body=b"").status for _ in range(45)]
    assert statuses[0] == 403, "No token of the form: refused by the site, and counted by nginx."
    assert statuses[-1] == 429
    assert ask("/logga-in/").status == 200, "One who only looks is not stopped."


# What is written


def test_the_log_is_json_lines_without_anything_about_a_reader() -> None:
    canary = "tolvan.kanariefagel@privat.exempel.se"
    ask(f"/sok/?q={canary}", Referer=f"https://{NAME}/?{canary}", User_Agent=canary)
    ask(f"/finns-inte/{canary}/")
    ask("/logga-in/", method="POST", body=f"username={canary}&password=19121212-1212".encode())
    journal = subprocess.run(
        [os.environ["PLATS_DEPLOYED_JOURNAL"], "plats-web"], check=True, capture_output=True, text=True
    ).stdout
    lines = [json.loads(line) for line in journal.splitlines()]
    assert [line for line in lines if line["logger"] == "plats.access"]
    faults = [line for line in lines if line["level"] in ("ERROR", "CRITICAL")]
    assert {line["logger"] for line in faults} <= {"django.security.DisallowedHost"}, faults
    everything = journal + REFUSED_LOG.read_text() + Path("/var/log/nginx/plats-error.log").read_text()
    for told in ("kanarie", "1212", HERE, "?q=", "Mozilla"):
        assert told not in everything, told


def test_nginx_notes_only_what_it_refused() -> None:
    noted = [json.loads(line) for line in REFUSED_LOG.read_text().splitlines()]
    assert {line["status"] for line in noted} >= {403, 413, 429}
    assert {line["network"] for line in noted} == {"127.0.0.0/24"}
