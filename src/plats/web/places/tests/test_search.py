"""The search: places, schools and other sites, and indicators, by words that need not be spelled right in marks."""

from __future__ import annotations

import pytest
from django.test import Client

from plats.web.places import queries
from plats.web.places.tests.reading import page_of, words

pytestmark = pytest.mark.usefixtures("site")


def labels(text: str) -> list[str]:
    return [hit.label for hit in queries.search(text)]


@pytest.mark.parametrize("text", ["vårby gård", "varby gard", "VARBY GARD", "  gård   vårby ", "Vårby-gård"])
def test_marks_capitals_and_order_of_words_do_not_matter(text: str) -> None:
    assert "Vårby gård" in labels(text)


def test_every_word_must_be_there() -> None:
    assert labels("vårby stuvsta") == []
    assert len(labels("vårby gård")) < len(labels("vårby"))


def test_schools_libraries_and_indicators_are_found_with_what_they_are() -> None:
    (school,) = queries.search("vårbyskolan")
    assert (school.kind, school.url) == ("grundskola i Vårby gård", "/omraden/regso/varby-gard/")
    (indicator,) = queries.search("ensamstående med barn")
    assert (indicator.kind, indicator.url) == ("indikator", "/indikatorer/single_parent_share/")


def test_the_polices_areas_are_not_found() -> None:
    assert [hit.label for hit in queries.search("polis")] == []
    assert all("police" not in hit.url for hit in queries.search("vårby"))


@pytest.mark.parametrize("text", ["", "   ", "-", "!?", "%", "_", "\x00", "日本"])
def test_a_search_without_letters_finds_nothing(client: Client, text: str) -> None:
    assert queries.search(text) == []
    assert client.get("/sok/", {"q": text}).status_code == 200


def test_an_empty_search_says_what_to_write(client: Client) -> None:
    assert "Skriv ett område, en skola eller en indikator" in words(page_of(client.get("/sok/")))


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    said = words(page_of(client.get("/sok/", {"q": "xyzzy"})))
    assert "Inget hittades" in said
    assert "xyzzy" in said


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'; DROP TABLE places_place; --",
        "{% load static %}{{ settings.SECRET_KEY }}",
        "%(kind)s %s {0} {kind}",
    ],
)
def test_hostile_text_is_shown_as_text(client: Client, text: str) -> None:
    page = page_of(client.get("/sok/", {"q": text}))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert text in words(page.replace("<script", "<removed"))


def test_a_long_text_is_cut_and_hits_are_few(client: Client) -> None:
    page = page_of(client.get("/sok/", {"q": "å" * 10_000}))
    assert "å" * 100 in page
    assert "å" * 101 not in page
    assert len(labels("a")) == 50


def test_a_search_in_english_leads_to_english_pages(client: Client) -> None:
    page = page_of(client.get("/en/sok/", {"q": "vårbyskolan"}))
    assert 'href="/en/omraden/regso/varby-gard/"' in page
