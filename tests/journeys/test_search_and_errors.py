"""Finding one's way, and being told so when the way leads nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.visits import open_page

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("typed", "found", "kind"),
    [
        ("varby", "Vårby gård", "RegSO-område"),
        ("VÅRBY  GÅRD", "Vårby gård", "RegSO-område"),
        ("annersta", "Annerstaskolan", "grundskola i Flemingsberg västra"),
        ("sysselsatta", "Andel sysselsatta", "indikator"),
        ("flemingsberg vastra", "Flemingsberg västra", "RegSO-område"),
    ],
)
def test_search_finds_places_schools_and_indicators(screen: Page, typed: str, found: str, kind: str) -> None:
    screen.goto("/")
    screen.get_by_role("searchbox", name="Sök område, skola eller indikator").fill(typed)
    screen.get_by_role("button", name="Sök", exact=True).click()
    hit = screen.get_by_role("main").get_by_role("listitem").filter(has_text=kind)
    hit = hit.filter(has=screen.get_by_role("link", name=found, exact=True))
    expect(hit).to_have_count(1)
    hit.get_by_role("link", name=found, exact=True).click()
    # A school leads to the place where it stands.
    expect(screen.get_by_role("main")).to_contain_text(found)


def test_a_search_without_hits_says_what_to_do(screen: Page) -> None:
    screen.goto("/sok/?q=zzzz")
    expect(screen.get_by_role("main")).to_contain_text("Inget hittades")
    screen.get_by_role("main").get_by_role("link", name="Områden").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Områden i Huddinge")


NOWHERE = [
    "/finns-inte/",
    "/omraden/regso/atlantis/",
    "/omraden/planeter/",
    "/indikatorer/lycka/",
    "/indikatorer/employed_share/planeter/siffror.csv",
    "/indikatorer/employed_share/regso/siffror.exe",
    "/jamfor/?indelning=planeter",
    "/sa-vet-vi-det/metod/trolleri/",
    "/rapport/9999.pdf",
    "/rapport/0126.exe",
]


def test_an_address_that_leads_nowhere_is_told_in_swedish_with_a_way_out(screen: Page) -> None:
    for address in NOWHERE:
        assert open_page(screen, address).status == 404
        expect(screen.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
        expect(screen.get_by_role("link", name="Till startsidan")).to_be_visible()
    screen.get_by_role("link", name="Till startsidan").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Huddinge")


HOSTILE = [
    "/?indikator=lycka&indelning=planeter",
    "/?indikator=%3Cscript%3Ealert(1)%3C/script%3E",
    "/?indelning=" + "a" * 3000,
    "/sok/?q=%27%3B%20DROP%20TABLE%20places_place%3B--",
    "/sok/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "/sok/?q=%00",
    "/sok/?q=" + "%C3%A5" * 500,
    "/jamfor/?plats=../../etc/passwd&plats=%00&lik=__class__",
    ("/jamfor/?plats=varby-gard&plats=trangsund&plats=lanna&plats=segeltorp&plats=snattringe&plats=stuvsta"),
    "/indikatorer/employed_share/?indelning=school&period=1066&plats=%22%3E%3Csvg%3E",
    "/indikatorer/employed_share/?period=2022%27",
    "/indikatorer/merit_rating/?indelning=regso",
]


def test_a_hostile_query_is_answered_with_an_ordinary_page(screen: Page) -> None:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    screen.on("dialog", refuse)
    for address in HOSTILE:
        answer = open_page(screen, address)
        assert answer.status in (200, 400, 404)
        expect(screen.get_by_role("heading", level=1)).to_be_visible()
        assert dialogs == []


def test_more_than_four_places_are_said_to_be_too_many(screen: Page) -> None:
    screen.goto("/jamfor/?plats=varby-gard&plats=trangsund&plats=lanna&plats=segeltorp&plats=stuvsta")
    expect(screen.get_by_role("main")).to_contain_text("Högst fyra områden")
    # The indicator's column, four places and the municipality.
    expect(screen.get_by_role("region").get_by_role("columnheader")).to_have_count(6)


def test_the_policy_of_every_answer_refuses_what_is_not_ours(screen: Page) -> None:
    for address in ("/", "/finns-inte/", "/indikatorer/employed_share/regso/karta.svg"):
        headers = screen.request.get(address).headers
        policy = dict(
            part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert (policy["script-src"], policy["style-src"], policy["connect-src"]) == ("'self'",) * 3
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
