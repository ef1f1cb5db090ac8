"""Läget: the municipality's map, the distances, and what is missing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from plats.catalog.load import catalog
from plats.facts.query import Facts
from plats.vocabulary.codes import Division
from plats.web.indicators import queries
from plats.web.places.tests.reading import page_of, part, pictures, words

pytestmark = pytest.mark.usefixtures("site")

CHOICES = [
    (division, one.id)
    for division in queries.ON_MAP
    for one in catalog().indicators.values()
    if one.headline and division in one.divisions
]
# Ways of asking for something that is not there, or for something nasty.
ODD = [
    "indikator=finns-inte",
    "indelning=finns-inte",
    "indelning=police_area",
    "indelning=school&indikator=merit_rating",
    "indikator=<script>alert(1)</script>&indelning='--",
    "indikator=&indelning=&okand=1",
]


def test_the_opening_is_about_the_municipality(client: Client) -> None:
    """56 686 of 74 042 were employed 2022 = 76,56 %: just over three of four. Published areas go from 60,05 to 83,6."""
    page = page_of(client.get("/"))
    heading = words(re.search(r"<h1.*?</h1>", page, re.DOTALL)[0])  # type: ignore[index]
    assert heading.startswith("Drygt tre av fyra invånare i arbetsför ålder i Huddinge har arbete.")
    assert "Flemingsberg" not in heading  # never its lowest area
    assert "76,6 procent" in words(page)


@pytest.mark.parametrize(("division", "indicator"), CHOICES)
def test_every_headline_figure_has_a_map_for_every_division(
    client: Client, monkeypatch: pytest.MonkeyPatch, division: Division, indicator: str
) -> None:
    monkeypatch.setattr(queries, "theme_strips", lambda *_: [])  # the same whatever map is asked for
    response = client.get("/", {"indikator": indicator, "indelning": division})
    shown = response.context["page"].map
    assert (shown.indicator.id, shown.division) == (indicator, division)
    drawn = part(page_of(response), "karta")
    if shown.distribution is None:
        assert "har inga siffror för" in words(drawn)
    else:
        assert len(pictures(drawn)) > 1000


def test_the_map_alone_is_sent_when_the_page_asks_for_it(client: Client) -> None:
    address = "/?indikator=rental_share&indelning=regso&del=karta"
    alone = page_of(client.get(address, headers={"HX-Request": "true", "HX-Target": "karta"}))
    assert "<html" not in alone
    assert "Polisens lista" not in alone
    assert 'id="karta-h"' in alone
    assert "Hyresrätter" in alone
    whole = page_of(client.get("/?indikator=rental_share&indelning=regso"))
    assert "<html" in whole
    assert words(alone) in words(whole)


@pytest.mark.parametrize("asked", ODD)
def test_what_is_unknown_falls_back_to_the_first_map(client: Client, asked: str) -> None:
    response = client.get(f"/?{asked}")
    shown = response.context["page"].map
    assert shown.division is Division.REGSO
    assert shown.indicator.headline
    assert "<script>alert" not in page_of(response)


def test_the_table_is_in_geographic_order_with_the_municipality_first(client: Client) -> None:
    page = client.get("/").context["page"]
    assert page.whole.name == "Huddinge"
    names = [row.name for row in page.rows]
    assert len(names) == 22
    assert names[-1] == "Skogås östra"  # the south-east corner
    values = [row.cells[0][1].cell.number for row in page.rows]
    assert values not in (sorted(values), sorted(values, reverse=True))


def test_the_polices_list_has_its_year_and_whose_assessment_it_is_and_no_map(
    site: Facts, client: Client
) -> None:
    page = page_of(client.get("/"))
    said = words(page)
    assert "På Polisens lista 2023 finns 3 områden i kommunen" in said
    assert "Polisens bedömning av kriminell påverkan på en plats, aldrig av de boende" in said
    codes = [key.code for key in site.areas if key.division is Division.POLICE_AREA]
    assert len(codes) == 3
    assert not any(code in pictures(page) for code in codes)
    assert "polis" not in pictures(page).lower()


def test_what_is_missing_is_said_with_how_to_add_it(client: Client) -> None:
    said = words(page_of(client.get("/")))
    for theme in ("Trångboddhet", "Trygghetsmätning", "Självförsörjning", "Kvinnor och män var för sig"):
        assert theme in said
    assert "Läs in kommunens egen enkät" in said


def test_the_menu_offers_nothing_that_needs_national_figures(site: Facts, client: Client) -> None:
    assert not site.has_nation
    menu = re.search(r'<nav[^>]*aria-label="Huvudmeny".*?</nav>', page_of(client.get("/")), re.DOTALL)
    assert menu
    assert not re.search(r"riket|nationell|andra kommuner|hela sverige", words(menu[0]), re.IGNORECASE)


def test_english_is_on_the_same_figures(client: Client) -> None:
    swedish, english = client.get("/").context["page"], client.get("/en/").context["page"]
    assert [row.address.removeprefix("/en") for row in english.rows] == [row.address for row in swedish.rows]
    assert [cell for row in english.rows for cell in row.cells] == [
        cell for row in swedish.rows for cell in row.cells
    ]
