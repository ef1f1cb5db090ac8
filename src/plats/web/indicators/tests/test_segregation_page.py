"""The page about segregation: every grouping, division and year in both languages, its files, and where it is found."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plats.catalog.load import catalog
from plats.derive.segregation.readings import places_of
from plats.facts.query import Facts
from plats.web.indicators.segregation import pages
from plats.web.places.tests.reading import page_of, pictures, words

pytestmark = pytest.mark.usefixtures("site")

NAMES = list(catalog().segregations)
JUDGING = re.compile(r"\b(problem|sämst|bäst|värst|utsatt|invandrar|ghetto)", re.IGNORECASE)


@pytest.fixture
def without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the map out: that maps are drawn right is tested beside the charts, and they are most of the time."""
    monkeypatch.setattr(pages, "contribution_map", lambda *_: None)


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def every_address(site: Facts, name: str) -> Iterator[str]:
    for where in places_of(site, name):
        yield f"?grupper={name}&indelning={where.division}&ar={where.period.text}"


# What it says


def test_it_opens_with_the_municipality_and_its_interval(client: Client) -> None:
    """D over the 60 DeSO of 2022 is 0.412710."""
    said = words(page_of(client.get("/segregation/")))
    assert (
        "Utländsk och svensk bakgrund i Huddinge: åtskillnaden är 41 procent av den största möjliga." in said
    )
    assert "Det är 0,413 över 60 DeSO-områden 2022" in said
    assert re.search(r"Utan den ligger talet mellan 0,40\d och 0,41\d, med 95 procents säkerhet", said)


@pytest.mark.usefixtures("without_drawings")
@pytest.mark.parametrize("name", NAMES)
def test_every_grouping_says_what_it_cannot_say_in_both_languages(
    site: Facts, client: Client, name: str
) -> None:
    definition = catalog().segregations[name]
    for address in every_address(site, name) or [f"?grupper={name}"]:
        swedish = words(page_of(client.get(f"/segregation/{address}")))
        assert definition.cannot_say.sv in swedish
        assert definition.description.sv in swedish
        assert not JUDGING.search(swedish)
        assert definition.cannot_say.en in words(page_of(client.get(f"/en/segregation/{address}")))


@pytest.mark.usefixtures("without_drawings")
def test_english_has_no_swedish_sentence_left(client: Client) -> None:
    for name in ("foreign_background", "birth_country", "tenure", "income_fifths"):
        main = page_of(client.get(f"/en/segregation/?grupper={name}&indelning=regso"))
        said = words(main[main.index("<main") : main.index("</main")])
        # A source is called what the agency calls it.
        ours = re.sub(r"Statistiska centralbyrån.*?retrieved", "", said)
        assert not re.findall(r"\b(och|inte|med|som|är|för)\b", ours), ours


def test_what_there_are_no_figures_for_says_what_is_needed(client: Client) -> None:
    said = words(page_of(client.get("/segregation/?grupper=income_fifths")))
    assert "Kräver inkomstfemtedelar" in said
    assert "0 är lika" not in said


@pytest.mark.parametrize(
    "address",
    [
        "?grupper=finns-inte",
        "?indelning=planeter&ar=1850",
        "?grupper=birth_country&ar=%00",
        "?grupper=__class__&indelning=../..",
    ],
)
@pytest.mark.usefixtures("without_drawings")
def test_an_address_that_asks_for_what_is_not_there_shows_the_nearest(client: Client, address: str) -> None:
    assert client.get(f"/segregation/{address}").status_code == 200


@pytest.mark.usefixtures("without_drawings")
def test_the_year_and_the_division_are_in_the_address(client: Client) -> None:
    said = words(page_of(client.get("/segregation/?grupper=birth_country&indelning=regso&ar=2020")))
    assert "Det är 0,363 över 22 RegSO-områden 2020" in said
    assert "Från 2020 till 2023" not in said  # the change is told at its last year


@pytest.mark.usefixtures("without_drawings")
def test_where_chance_does_not_decide_no_interval_is_shown(client: Client) -> None:
    said = words(page_of(client.get("/segregation/?grupper=tenure&indelning=regso")))
    assert "Slumpen flyttar dem inte, så inget intervall visas." in said
    assert "visas inte" in said
    assert "procents säkerhet" not in said


def test_grid_data_and_other_municipalities_are_said_to_be_missing_and_how_to_get_them(
    client: Client,
) -> None:
    said = words(page_of(client.get("/segregation/")))
    assert "kräver rutdata" in said
    assert "plats import" in said


def test_no_picture_shows_the_polices_areas(site: Facts, client: Client) -> None:
    drawn = pictures(page_of(client.get("/segregation/?grupper=foreign_background&indelning=regso")))
    assert "Vårby gård" in drawn
    assert "polis" not in drawn.lower()


def test_a_page_asks_the_database_once_and_computes_nothing(
    site: Facts, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question for the addresses of the areas; the measures come ready from the store."""
    from plats.derive.segregation import measures, parts

    def refused(*_: object) -> None:
        raise AssertionError("a measure was worked out while someone waited")

    for module, name in ((measures, "measured_by"), (parts, "levels"), (parts, "change")):
        monkeypatch.setattr(module, name, refused)
    client.get("/segregation/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/segregation/").status_code == 200
    assert len(queries) == 1


# Its files


@pytest.mark.parametrize(
    ("part", "rows"),
    [("matt", 15), ("nivaer", 2), ("omgivning", 5), ("omraden", 22), ("forandring", 5), ("kommuner", 0)],
)
def test_every_table_is_a_file(client: Client, part: str, rows: int) -> None:
    """birth_country: three measures over DeSO 2022 and RegSO 2020-2023; two levels; 22 RegSO; five causes."""
    address = f"/segregation/birth_country/{part}.csv?indelning=regso&ar=2023"
    assert len(rows_of(client, address)) == rows
    found = json.loads(client.get(address.replace(".csv", ".json")).content)
    assert len(found["rows"]) == rows
    assert catalog().segregations["birth_country"].cannot_say.sv in found["notes"]


def test_the_files_hold_the_pages_figures(client: Client) -> None:
    rows = rows_of(client, "/segregation/foreign_background/matt.csv")
    (found,) = [row for row in rows if row["tecken"] == "D" and row["indelning"] == "deso"]
    assert (found["value"], found["state"], found["områden"]) == ("0,41271", "value", "60")
    assert float(found["från"].replace(",", ".")) < 0.413 < float(found["till"].replace(",", "."))
    areas = rows_of(client, "/segregation/foreign_background/omraden.csv")
    summed = sum(float(row["value"].replace(",", ".")) for row in areas)
    assert summed == pytest.approx(0.412710, abs=1e-4)
    assert sum(float(row["andel av måttet, procent"].replace(",", ".")) for row in areas) == pytest.approx(
        100
    )


@pytest.mark.parametrize("part", ["matt", "nivaer", "omraden", "forandring"])
def test_every_picture_is_a_file(client: Client, part: str) -> None:
    address = f"/segregation/birth_country/{part}.svg?indelning=regso&ar=2023"
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.startswith(b"<svg")
    assert part in response["Content-Disposition"]


@pytest.mark.parametrize(
    "address",
    [
        "finns-inte/matt.csv",
        "birth_country/finns-inte.csv",
        "birth_country/matt.exe",
        "birth_country/kommuner.svg",
        "income_fifths/matt.csv",
        "income_fifths/matt.svg",
        "foreign_background/forandring.png",
    ],
)
def test_a_file_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/segregation/{address}").status_code == 404


# Where it is found


def test_it_is_linked_from_the_start_and_from_its_indicators_and_found_in_the_search(client: Client) -> None:
    assert 'href="/segregation/"' in page_of(client.get("/"))
    indicator = page_of(client.get("/indikatorer/foreign_background_share/?indelning=regso"))
    assert "/segregation/?grupper=foreign_background" in indicator
    assert "/segregation/" not in page_of(client.get("/indikatorer/merit_rating/"))
    assert "/segregation/?grupper=tenure" in page_of(client.get("/sok/?q=segregation upplåtelseform"))


def test_a_share_of_everybody_is_no_grouping_of_its_own(client: Client) -> None:
    """The population is the total that a rest is taken from, not a group."""
    assert "/segregation/?grupper=" not in page_of(client.get("/indikatorer/population/?indelning=regso"))


def test_the_picture_over_years_has_its_table(client: Client) -> None:
    """Born abroad has RegSO figures for four years."""
    page = client.get("/segregation/?grupper=birth_country&indelning=regso").content.decode()
    table = page.partition('id="tid-c"')[2].partition("</table>")[0]
    for year in ("2020", "2021", "2022", "2023"):
        assert f"<td>{year}</td>" in table
    assert table.count("<tr>") > 4
    assert "0,363" in table
    assert "0,352" in table
