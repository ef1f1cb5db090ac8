"""A figure's state is seen and heard: hidden, missing, not applicable, unstable. Never a zero, never an empty cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.site import copy_home, plats, serving
from tests.journeys.visits import visit

pytestmark = pytest.mark.journey

# Annerstaskolan answers a survey of the municipality's own, and too few answered for the figure to be shown.
_SURVEY = "omrade;ar;trygghet\n79012683;2027;..\n"
_MAPPING = """
id: egen_skolenkat
kind: observations
delimiter: ";"
decimal: ","
area: {column: omrade, division: school}
period: {column: ar}
columns:
  - {column: trygghet, variable: survey_safety}
provenance:
  {agency: Kommunen, title: Egen skolenkät, table: "", licence: Kommunens egna uppgifter, retrieved: "2026-11-23",
   address: "https://www.exempel.se/"}
"""


@pytest.fixture(scope="module")
def site_with_survey(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a municipality that has loaded its own survey with a hidden cell."""
    folder = tmp_path_factory.mktemp("survey")
    copy_home(home, folder / "home")
    (folder / "enkat.csv").write_text(_SURVEY, encoding="utf-8")
    (folder / "enkat.yaml").write_text(_MAPPING, encoding="utf-8")
    plats(folder / "home", "import", str(folder / "enkat.csv"), "--mapping", str(folder / "enkat.yaml"))
    plats(folder / "home", "derive")
    with serving(folder / "home") as address:
        yield address


def row_of(page: Page, name: str) -> Locator:
    """The table's row about an area: the one whose heading is exactly this."""
    heading = page.get_by_role("rowheader", name=name, exact=True)
    return page.get_by_role("table").get_by_role("row").filter(has=heading)


def figure_in(page: Page, name: str) -> Locator:
    """The figure's own cell, the first after the heading."""
    return row_of(page, name).get_by_role("cell").first


def test_an_unstable_figure_has_a_star_and_says_why(screen: Page) -> None:
    screen.goto("/indikatorer/turnout_riksdag/?indelning=regso")
    shown = figure_in(screen, "Flemingsberg-Kästa")
    expect(shown).to_have_text(re.compile(r"^76,8\* \(osäkert .+ 98 procent av områdets invånare"))


def test_a_missing_figure_says_missing_and_why(screen: Page) -> None:
    screen.goto("/indikatorer/turnout_riksdag/?indelning=regso")
    shown = figure_in(screen, "Glömsta-Loviseberg")
    expect(shown).to_contain_text("saknas")
    expect(shown).not_to_contain_text("0")


def test_a_figure_that_cannot_exist_is_a_point_with_its_reason(screen: Page) -> None:
    # A mean of the areas' means is not the municipality's mean.
    screen.goto("/indikatorer/mean_wage_income/?indelning=regso")
    shown = figure_in(screen, "Huddinge")
    expect(shown).to_contain_text("inte tillämpligt")
    assert shown.inner_text().startswith(".")


def test_a_hidden_figure_is_two_points_and_said_to_be_hidden(browser: Browser, site_with_survey: str) -> None:
    with visit(browser, site_with_survey) as page:
        page.goto("/omraden/regso/flemingsberg-vastra/")
        school = page.get_by_role("row").filter(has_text="Annerstaskolan")
        hidden = school.get_by_role("cell").filter(has_text="dolt")
        expect(hidden).to_have_count(1)
        assert hidden.inner_text().startswith("..")


def test_the_file_keeps_the_state_in_a_column_of_its_own(browser: Browser, site_with_survey: str) -> None:
    with visit(browser, site_with_survey) as page:
        text = page.request.get("/indikatorer/survey_safety/school/siffror.csv").body().decode("utf-8-sig")
    head, *rows = [line.split(";") for line in text.splitlines()]
    hidden = [dict(zip(head, row, strict=True)) for row in rows if "79012683" in row and "2027" in row]
    assert [(row["value"], row["state"]) for row in hidden] == [("", "hidden")]
