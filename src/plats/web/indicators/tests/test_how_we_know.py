"""Så vet vi det: every definition, method and source can be read and followed to its bytes."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from plats.catalog.load import catalog
from plats.facts.query import Facts
from plats.web.places.tests.reading import page_of, words

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize("start", ["", "/en"])
def test_every_indicator_and_method_is_listed(client: Client, start: str) -> None:
    page = page_of(client.get(f"{start}/sa-vet-vi-det/"))
    for name in catalog().indicators:
        assert f'href="{start}/indikatorer/{name}/"' in page, name
    for slug in catalog().methods:
        assert f'href="{start}/sa-vet-vi-det/metod/{slug}/"' in page, slug


@pytest.mark.parametrize("slug", sorted(catalog().methods))
def test_every_method_has_a_page(client: Client, slug: str) -> None:
    page = page_of(client.get(f"/sa-vet-vi-det/metod/{slug}/"))
    article = re.search(r'<article[^>]*lang="sv".*?</article>', page, re.DOTALL)
    assert article
    assert len(words(article[0])) > 500
    assert page.count("<h1") == 1
    assert client.get(f"/en/sa-vet-vi-det/metod/{slug}/").status_code == 200


def test_a_method_in_english_says_that_it_is_in_swedish_only(client: Client) -> None:
    page = page_of(client.get("/en/sa-vet-vi-det/metod/andel-i-omrade/"))
    assert 'class="notice"' in page
    assert 'lang="sv"' in page


@pytest.mark.parametrize("slug", ["finns-inte", "README", "andel-i-omrade.md"])
def test_an_unknown_method_is_not_found(client: Client, slug: str) -> None:
    assert client.get(f"/sa-vet-vi-det/metod/{slug}/").status_code == 404


def test_sources_list_every_frozen_file_with_its_hash(site: Facts, client: Client) -> None:
    page = page_of(client.get("/sa-vet-vi-det/kallor/"))
    snapshots = list(site.store.snapshots.all())
    assert len(snapshots) > 30
    for one in snapshots:
        assert one.sha256[:12] in page
    said = words(page)
    for agency in {one.provenance.agency for one in snapshots}:
        assert agency in said
    for licence in {one.provenance.licence for one in snapshots}:
        assert licence in said
    assert site.version.id in said


def test_openstreetmap_is_named_with_its_licence(client: Client) -> None:
    said = words(page_of(client.get("/sa-vet-vi-det/kallor/")))
    assert "OpenStreetMap" in said
    assert "ODbL" in said


@pytest.mark.parametrize("start", ["", "/en"])
def test_the_report_page_offers_three_formats(client: Client, start: str) -> None:
    page = page_of(client.get(f"{start}/rapport/"))
    for kind in ("pdf", "docx", "xlsx"):
        assert f'href="{start}/rapport/0126.{kind}"' in page
