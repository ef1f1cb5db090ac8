"""An indicator's page: for every indicator, every division it has, both languages; and every state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client

from plats.catalog.load import catalog
from plats.derive.distances import ONE_POINT
from plats.derive.readings import Distribution, comparable
from plats.facts.query import Facts
from plats.vocabulary.cells import State
from plats.web.indicators import pages, queries, sections
from plats.web.places.models import Place
from plats.web.places.queries import place_page
from plats.web.places.tests.reading import page_of, part, words

pytestmark = pytest.mark.usefixtures("site")

THEMES = [one.id for one in catalog().themes]
# Words that say which way something has gone, or which way would be good.
MOVING = re.compile(
    r"\b(öka|minska|stig|steg|sjunk|sjönk|fall|föll|växt|krymp|förbättr|försämr|upp till|ned till"
    r"|högre är bättre|lägre är bättre|increas|decreas|rose|fell|grew|shrunk)",
    re.IGNORECASE,
)
UNSTABLE_REASON = "Få personer: siffran kan svänga mycket"


@pytest.fixture
def without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures out: that each is drawn right is tested beside the charts, and they are most of the time."""
    picture = queries.Picture(pages.Svg("<svg></svg>"), None, (), by_points=False)
    monkeypatch.setattr(queries, "draw_map", lambda *_: picture)
    monkeypatch.setattr(pages, "_ranking", lambda _: pages.Svg("<svg></svg>"))
    monkeypatch.setattr(pages, "_series", lambda _: None)


def every_page(client: Client, theme: str, start: str) -> Iterator[tuple[SimpleNamespace, str]]:
    """(what the page was made of, its HTML) for each indicator of the theme and each division it has."""
    for indicator in catalog().indicators.values():
        for division in queries.divisions_of(indicator) if indicator.theme == theme else ():
            response = client.get(f"{start}/indikatorer/{indicator.id}/?indelning={division}")
            assert response.context["page"].map.division == division
            yield response.context["page"], page_of(response)


def comparable_periods(found: Distribution) -> int:
    """How many periods can be compared with the one shown."""
    one_each = {fact.period.text: fact for fact in found.all_periods if fact.cell.shows_number}
    points = sorted(one_each.values(), key=lambda fact: fact.period.start)
    return len(comparable(found.indicator, points))


@pytest.mark.usefixtures("without_drawings")
@pytest.mark.parametrize("theme", THEMES)
def test_every_page_says_what_it_is_and_a_direction_only_between_comparable_points(
    client: Client, theme: str
) -> None:
    for page, markup in every_page(client, theme, ""):
        said = words(markup)
        assert page.indicator.cannot_say.sv in said
        assert page.indicator.numerator.sv in said
        if page.gap is None:
            continue
        development = page.gap.development
        if page.indicator.no_direction_until is not None:
            assert development.say() == page.indicator.no_direction_until.sv
        elif comparable_periods(page.map.distribution) < 2:
            assert development == ONE_POINT
            assert "Ett mättillfälle: ingen utveckling visas." in said
        else:
            assert development.text.startswith(("Avståndet ", "Områdena är inte desamma"))


@pytest.mark.usefixtures("without_drawings")
@pytest.mark.parametrize("theme", THEMES)
def test_every_page_is_there_in_english(client: Client, theme: str) -> None:
    for page, markup in every_page(client, theme, "/en"):
        said = words(markup)
        assert page.indicator.title.en in said
        assert page.indicator.cannot_say.en in said


def test_some_gaps_are_compared_over_time_and_some_are_one_point() -> None:
    """Tenure is in the files for 2020 to 2023, employment for 2022 only."""
    counts = {}
    for name in ("rental_share", "employed_share"):
        indicator = catalog().indicators[name]
        found = queries.indicator_distribution(indicator, queries.Division.REGSO, None)
        assert found is not None
        counts[name] = comparable_periods(found)
    assert counts == {"rental_share": 4, "employed_share": 1}


@pytest.mark.parametrize("division", ["regso", "kommundel", "deso", "electoral_district"])
def test_map_order_and_series_are_drawn(client: Client, division: str) -> None:
    name = "turnout_riksdag" if division == "electoral_district" else "rental_share"
    page = client.get(f"/indikatorer/{name}/?indelning={division}").context["page"]
    assert page.map.picture is not None
    assert page.ranking is not None


@pytest.mark.parametrize(
    ("asked", "division", "period"),
    [
        ("", "regso", "2023"),
        ("?indelning=finns-inte", "regso", "2023"),
        ("?indelning=police_area", "regso", "2023"),
        ("?indelning=regso&period=2021", "regso", "2021"),
        ("?indelning=regso&period=1789", "regso", "2023"),
        ("?indelning=regso&period=%27--&plats=%3Cscript%3E", "regso", "2023"),
        ("?indelning=kommundel&plats=0126K01", "kommundel", "2023"),
    ],
)
def test_what_is_unknown_falls_back(client: Client, asked: str, division: str, period: str) -> None:
    page = client.get(f"/indikatorer/rental_share/{asked}").context["page"]
    assert (page.map.division, page.map.distribution.period) == (division, period)


def test_an_unknown_indicator_is_not_found(client: Client) -> None:
    assert client.get("/indikatorer/finns-inte/").status_code == 404
    assert client.get("/en/indikatorer/employed/").status_code == 404


# States


def _state_on_page(site: Facts, client: Client, name: str, state: State) -> str:
    """The HTML of the cells of an indicator's table where the store holds a figure in this state."""
    fact = next(one for one in site.select(indicators=[name]) if one.cell.state is state)
    markup = page_of(
        client.get(f"/indikatorer/{name}/?indelning={fact.area.division}&period={fact.period.text}")
    )
    return markup[markup.rindex("<tbody") :]


def test_an_unstable_figure_has_a_star_and_its_reason(survey_site: Facts, client: Client) -> None:
    """R018: 12 of 29 who answered feel safe = 41,4 %, on so few that it may swing."""
    table = _state_on_page(survey_site, client, "safety_survey_share", State.UNSTABLE)
    assert re.search(r"41,4\s*<[^>]*>\*<", table)
    assert UNSTABLE_REASON in table
    assert f"(osäkert {UNSTABLE_REASON}" in words(table)


def test_an_unstable_figure_on_a_places_page_says_why(survey_site: Facts, client: Client) -> None:
    place = Place.objects.get(division="regso", versions__code="0126R018", versions__edition="2020")
    figures = words(part(page_of(client.get(place.get_absolute_url())), "siffror"))
    assert "41,4 *" in figures
    assert UNSTABLE_REASON in figures


def test_a_missing_figure_says_so(site: Facts, client: Client) -> None:
    table = _state_on_page(site, client, "turnout_riksdag", State.MISSING)
    (row, *_) = [row for row in table.split("</tr>") if ">saknas<" in row]
    assert re.search(r"Bara \d\d procent av områdets invånare täcks av källan", row)
    assert not re.search(r">\s*0", row)  # never zero for missing, not in the parts either


def test_a_figure_that_cannot_be_is_a_dot_with_its_reason(site: Facts, client: Client) -> None:
    table = _state_on_page(site, client, "net_income_median", State.NOT_APPLICABLE)
    assert re.search(r">\.<", table)
    assert "inte tillämpligt" in words(table)
    assert "kan inte räknas om från delområden" in words(table)


def test_an_indicator_that_cannot_be_computed_says_why(client: Client) -> None:
    said = words(page_of(client.get("/indikatorer/exclusion_area_original/")))
    assert "Regeln kräver valdeltagande i kommunval" in said


def test_a_schools_page_shows_schools_and_never_areas(site: Facts, client: Client) -> None:
    response = client.get("/indikatorer/merit_rating/")
    page = response.context["page"]
    assert page.map.division == "school"
    assert {fact.area.division for _, _, fact in page.rows} == {"school"}
    assert "Vårbyskolan" in [name for name, _, _ in page.rows]
    assert "Skolornas egna resultat, aldrig områdenas" in words(page_of(response))
    assert part(page_of(response), "karta") == ""


# Income: no direction until price base and definition are established


def test_nothing_says_which_way_wage_income_has_gone(site: Facts, client: Client) -> None:
    """The file has it for 2020 to 2023 and lower in 21 of 22 areas the last year; what that means is not known."""
    response = client.get("/indikatorer/mean_wage_income/?indelning=regso")
    page = response.context["page"]
    assert len(page.periods) == 4
    said = words(re.sub(r"<details.*?</details>", "", page_of(response), flags=re.DOTALL))
    assert page.indicator.no_direction_until.sv in said
    # The break in the series says what the file shows and that it is not settled; nothing else may.
    for one in page.indicator.comparability_breaks:
        assert one.reason.sv in said
        said = said.replace(one.reason.sv, "")
    assert not MOVING.search(said), MOVING.search(said)


def test_no_places_page_says_which_way_wage_income_has_gone(site: Facts) -> None:
    for place in Place.objects.filter(division="regso"):
        groups = sections.build_figures(place_page(place))["groups"]
        (row,) = [
            one for group in groups for one in group.rows if one.reading.indicator.id == "mean_wage_income"
        ]
        assert row.change is None
        assert not MOVING.search(row.cite.say())


def test_background_has_no_direction_and_is_in_no_need_index(client: Client) -> None:
    for name in ("foreign_background_share", "foreign_born_share"):
        assert "har ingen riktning" in words(page_of(client.get(f"/indikatorer/{name}/")))
    need = catalog().indices["local_need_index"]
    assert not [part.indicator for part in need.parts if "foreign" in part.indicator]
