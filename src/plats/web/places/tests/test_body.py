"""What is kept of a place's page: never longer than the figures, never across languages, never about the reader."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from plats.facts.query import Facts
from plats.facts.versions import FactStore
from plats.web.accounts.actions import May, create_user
from plats.web.places.body import place_body
from plats.web.places.models import Place
from plats.web.places.tests.loaded import copy_of

ADDRESS = "/omraden/regso/trangsund/"


@pytest.fixture
def keeping(site: Facts, settings: Settings) -> Facts:
    settings.PLATS_KEEP_PAGES = True
    return site


@pytest.mark.usefixtures("keeping")
def test_the_second_reader_gets_the_same_words_without_asking_the_store(
    client: Client, keeping: Facts
) -> None:
    first = client.get(ADDRESS).content
    asked = keeping.asked
    assert client.get(ADDRESS).content == first
    assert keeping.asked == asked


@pytest.mark.usefixtures("keeping")
def test_each_language_has_its_own() -> None:
    place = Place.objects.get(division="regso", slug="trangsund")
    swedish = place_body(place)
    with translation.override("en"):
        assert place_body(place) != swedish
    assert place_body(place) == swedish


@pytest.mark.usefixtures("keeping")
def test_who_is_signed_in_is_never_kept(client: Client) -> None:
    user = create_user(
        by=None,
        email="utredare@exempel.se",
        name="Utredaren",
        password="fyra lila elefanter i rad",  # noqa: S106  belongs to nobody
        may=May.READ,
    )
    client.force_login(user)
    assert "Utredaren" in client.get(ADDRESS).content.decode()
    assert "Utredaren" not in Client().get(ADDRESS).content.decode()


@pytest.mark.usefixtures("keeping")
def test_new_figures_give_a_new_page(home: Path, settings: Settings, tmp_path: Path) -> None:
    place = Place.objects.get(division="regso", slug="trangsund")
    copy_of(home, tmp_path / "home")
    settings.PLATS_HOME = tmp_path / "home"
    before = place_body(place)
    store = FactStore(tmp_path / "home")
    with store.begin(note="utan invånare") as draft:
        table = draft.read("indicators")
        draft.put("indicators", table.filter(pc.field("indicator") != "population"))
        draft.commit()
    assert place_body(place) != before
