"""What the journeys share: one site for all of them, and a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from plats.web.places.tests.loaded import made_once
from tests.journeys.site import copy_home, prepare_home, serving
from tests.journeys.visits import PHONE, SCREEN, visit

# The browser without its windows comes first where it is installed: the same engine, in less than half the time.
_INSTALLED = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = Path(
    os.environ.get("PLATS_CHROMIUM") or next((one for one in _INSTALLED if one.exists()), _INSTALLED[-1])
)
# The browser itself keeps quiet too: no updates, no reports, no look-ups.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of this worker's own with the embedded figures and the example world, made once in a run and copied."""
    _need_browser()
    made = made_once(tmp_path_factory, "journeys", prepare_home)
    folder = tmp_path_factory.mktemp("journeys") / "home"
    copy_home(made, folder)
    return folder


@pytest.fixture(scope="session")
def site(home: Path) -> Iterator[str]:
    """The address of the site that shows the embedded figures."""
    with serving(home) as address:
        yield address


# Per module, not per session: while Playwright runs, Django refuses the database calls of other tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    _need_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(params=[SCREEN, PHONE], ids=["screen", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A visitor with a screen, and one with a phone."""
    with visit(browser, site, viewport=request.param) as opened:
        yield opened


@pytest.fixture
def screen(browser: Browser, site: str) -> Iterator[Page]:
    """A visitor with a screen."""
    with visit(browser, site) as opened:
        yield opened


# Internals


def _need_browser() -> None:
    if CHROMIUM.exists():
        return
    message = f"Journeys need Chromium at {CHROMIUM}. Install it, or set PLATS_CHROMIUM to where it is."
    if os.environ.get("PLATS_REQUIRE_JOURNEYS") == "1":
        pytest.fail(message)
    pytest.skip(message)
