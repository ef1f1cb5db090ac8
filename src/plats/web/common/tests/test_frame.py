"""The frame around every page: menu, languages, municipality."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from plats.web.common import menu, municipality, sections
from plats.web.common.language import other_language_url
from plats.web.common.menu import MenuItem, main_menu
from plats.web.common.municipality import municipality_name, register_name_provider
from plats.web.common.sections import Section, declared_facts, register_section


@pytest.fixture
def empty_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_main", {})


@pytest.mark.usefixtures("empty_menu")
def test_the_menu_shows_only_what_is_registered_in_order(client: Client) -> None:
    assert 'aria-label="Huvudmeny"' not in client.get("/tillganglighet/").content.decode()
    menu.register(MenuItem(20, "Senare", "common:disclosure", "common"))
    menu.register(MenuItem(10, "Först", "common:accessibility", "common"))
    page = client.get("/tillganglighet/").content.decode()
    frame = page[page.index('aria-label="Huvudmeny"') : page.index("<main")]
    assert frame.index("Först") < frame.index("Senare")
    assert frame.count("<li>") == 2


@pytest.mark.usefixtures("empty_menu")
def test_the_menu_marks_the_page_itself_and_the_entry_a_page_lies_below() -> None:
    menu.register(MenuItem(10, "Tillgänglighet", "common:accessibility", "common"))
    menu.register(MenuItem(20, "Skydd", "common:disclosure", "common"))
    on_the_page = main_menu(RequestFactory().get("/integritet/"))
    below_it = main_menu(RequestFactory().get("/integritet/scb/"))
    elsewhere = main_menu(RequestFactory().get("/annat/"))
    assert [link.current for link in on_the_page] == ["", "page"]
    assert [link.current for link in below_it] == ["", "true"]
    assert [link.current for link in elsewhere] == ["", ""]


def test_search_is_not_offered_until_there_is_something_that_searches(client: Client) -> None:
    from django.urls import NoReverseMatch, reverse

    try:
        address = reverse("places:search")
    except NoReverseMatch:
        assert 'role="search"' not in client.get("/tillganglighet/").content.decode()
    else:
        assert f'role="search" action="{address}"' in client.get("/tillganglighet/").content.decode()


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/", "/en/"),
        ("/en/", "/"),
        ("/en", "/"),
        ("/omraden/vårby/?tema=arbete&ar=2022", "/en/omraden/vårby/?tema=arbete&ar=2022"),
        ("/en/omraden/?tema=arbete", "/omraden/?tema=arbete"),
        ("/energi/", "/en/energi/"),
        # Another site's address must not come out of a forged one.
        ("/en//evil.example/", "/evil.example/"),
        ("//evil.example/", "/en/evil.example/"),
    ],
)
def test_the_language_switch_keeps_the_page_and_the_query(here: str, there: str) -> None:
    path, _, query = here.partition("?")
    request = RequestFactory().get("/")
    request.path_info, request.META["QUERY_STRING"] = path, query
    assert other_language_url(request) == there


@pytest.mark.parametrize(
    "path", ["/en/%5Cevil.example/", "/en/%09/evil.example/", "/en///evil.example/", "/%5C/evil.example/"]
)
def test_the_switch_leads_to_no_other_site(client: Client, path: str) -> None:
    links = re.findall(r'<a href="([^"]*)" lang="(?:sv|en)"', client.get(path).content.decode())
    assert links
    for link in links:
        assert re.match(r"/(?![/\\\s])", link.replace("&#9;", "\t")), link


def test_the_switch_on_a_page_leads_to_the_same_page_and_back(client: Client) -> None:
    assert '<a href="/en/integritet/?a=1" lang="en" hreflang="en">English</a>' in (
        client.get("/integritet/?a=1").content.decode()
    )
    english = client.get("/en/integritet/?a=1").content.decode()
    assert '<a href="/integritet/?a=1" lang="sv" hreflang="sv">Svenska</a>' in english
    assert '<html lang="en">' in english
    assert "Skip to content" in english


def test_the_browsers_own_language_does_not_overrule_the_address(client: Client) -> None:
    page = client.get("/tillganglighet/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="sv">' in page


def test_the_attribution_stands_on_every_page(client: Client) -> None:
    for address in ("/tillganglighet/", "/integritet/", "/finns-inte/"):
        page = client.get(address).content.decode()
        for source in (
            "SCB",
            "Valmyndigheten",
            "Skolverket",
            "Skolinspektionen",
            "Polisen",
            "Brå",
            "OpenStreetMap",
        ):
            assert source in page


def test_the_footer_names_only_pages_that_exist(client: Client) -> None:
    page = client.get("/tillganglighet/").content.decode()
    footer = page[page.index("<footer") :]
    assert 'href="/integritet/">Så skyddas små tal</a>' in footer
    assert 'href="#"' not in page


@pytest.fixture
def no_providers(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    settings.PLATS_MUNICIPALITY_NAME = ""
    monkeypatch.setattr(municipality, "_providers", [])
    return iter(())


@pytest.mark.usefixtures("no_providers")
def test_the_municipality_is_named_by_whoever_knows(client: Client) -> None:
    assert municipality_name() == ""
    assert "Berätta för kommunen vilken sida" in client.get("/tillganglighet/").content.decode()
    register_name_provider({"0126": "Huddinge"}.__getitem__)
    assert municipality_name() == "Huddinge"
    assert "<small>Huddinge kommun</small>" in client.get("/tillganglighet/").content.decode()


def _nothing(**facts: object) -> None:
    return None


def test_sections_come_in_order_and_say_together_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_sections", {})
    register_section(Section(20, "skola", "Skola", "b.html", ("merit_points", "population"), _nothing))
    register_section(Section(10, "arbete", "Arbete", "a.html", ("employed_share", "population"), _nothing))
    assert [section.id for section in sections.sections()] == ["arbete", "skola"]
    assert declared_facts() == ("employed_share", "population", "merit_points")
    with pytest.raises(ValueError, match="redan registrerat"):
        register_section(Section(30, "skola", "Annat", "c.html", (), _nothing))
