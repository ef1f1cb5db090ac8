"""What may not leave the house does not: not on a page, in a file, in a picture, nor by subtraction."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from plats.facts.query import Facts, open_facts
from plats.vocabulary.cells import State
from plats.web.indicators.tests.survey import ANSWERS
from plats.web.places.models import Place
from plats.web.places.tests.reading import page_of, words

INDICATOR = "safety_survey_share"
PAGE = f"/indikatorer/{INDICATOR}/"
FIGURES = f"{PAGE}regso/siffror"
# Hidden by the rule itself: 19 answers are not more than 20, and 3 who feel safe are not more than 5.
TOO_FEW = {"0126R001", "0126R016"}
# Hidden beside them, so that the kommundel's figure minus the others tells nothing.
BESIDE = {"0126R002", "0126R008"}


def hidden_codes(facts: Facts) -> set[str]:
    found = facts.select(indicators=[INDICATOR])
    return {fact.area.code for fact in found if fact.cell.state is State.HIDDEN}


def rows_of(client: Client, address: str) -> dict[str, dict[str, str]]:
    """The rows of a CSV file by area code."""
    text = client.get(address).content.decode("utf-8-sig")
    return {row["kod"]: row for row in csv.DictReader(StringIO(text), delimiter=";")}


def number(text: str) -> float:
    return float(text.replace(",", "."))


def test_the_rule_hides_small_groups_and_one_beside_each(survey_site: Facts) -> None:
    assert hidden_codes(survey_site) == TOO_FEW | BESIDE


def test_a_hidden_figure_says_nothing_of_what_it_would_be(survey_site: Facts) -> None:
    """R001 is unstable inside the house; that its group is small in that way too is not told."""
    found = [fact for fact in survey_site.select(indicators=[INDICATOR]) if fact.cell.state is State.HIDDEN]
    assert {fact.cell.reason for fact in found} == {
        "Gruppen är så liten att enskilda personer kan kännas igen."
    }
    assert {(fact.low, fact.high, fact.rank) for fact in found} == {(None, None, None)}


def test_a_page_shows_two_dots_and_says_that_it_is_hidden(survey_site: Facts, client: Client) -> None:
    table = page_of(client.get(PAGE + "?indelning=regso"))
    table = table[table.rindex("<tbody") :]
    assert len([row for row in table.split("</tr>") if ">..<" in row]) == len(TOO_FEW | BESIDE)
    assert "dolt" in words(table)
    assert "Gruppen är så liten att enskilda personer kan kännas igen" in words(table)


def test_a_places_page_shows_two_dots(survey_site: Facts, client: Client) -> None:
    place = Place.objects.get(division="regso", versions__code="0126R016", versions__edition="2020")
    said = page_of(client.get(place.get_absolute_url()))
    assert ">..<" in said
    assert "dolt" in words(said)


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_has_an_empty_value_a_state_and_no_parts(
    survey_site: Facts, client: Client, kind: str
) -> None:
    for code in TOO_FEW | BESIDE:
        row = _file_rows(client, kind)[code]
        assert row["state"] == "hidden"
        assert [row[name] or None for name in ("value", "numerator", "denominator")] == [None, None, None]


def test_the_hidden_numbers_are_in_no_bytes(survey_site: Facts, client: Client) -> None:
    """13 of 19 is 68,421 %; 15 of 24 is 62,5 %; 3 of 401 is 0,748 %. The numbers stay in the store."""
    for safe, answers in (ANSWERS["0126R001"], ANSWERS["0126R002"], ANSWERS["0126R016"]):
        share = 100 * safe / answers
        forms = {f"{share:.3f}", f"{share:.3f}".replace(".", ","), f"{share / 100:.5f}"}
        for address, content in _everything(client).items():
            assert not any(form in content for form in forms), address


def test_other_hidden_numbers_would_give_the_same_bytes(
    survey_site: Facts, other_secrets_home: Path, client: Client, settings: Settings
) -> None:
    """The strongest thing there is to say: nothing that leaves the house depends on what is hidden."""
    before = _everything(client)
    settings.PLATS_HOME = other_secrets_home
    other = open_facts(type(survey_site.store)(other_secrets_home), survey_site.municipality)
    assert other.version.id != survey_site.version.id
    after = _everything(client)
    assert after.keys() == before.keys()
    assert [address for address in before if before[address] != after[address]] == []


def test_a_total_minus_what_is_shown_never_gives_what_is_hidden(survey_site: Facts, client: Client) -> None:
    """From the files alone, as someone outside would: in every whole that is shown, none or at least two are hidden."""
    areas = rows_of(client, f"{FIGURES}.csv")
    wholes = rows_of(client, f"{PAGE}kommundel/siffror.csv")
    inside: dict[str, list[str]] = defaultdict(list)
    for overlap in survey_site.overlaps:
        if overlap.source.division == "regso" and overlap.target.division == "kommundel":
            inside[overlap.target.code].append(overlap.source.code)
    inside["0126"] = list(ANSWERS)
    assert len(inside) == 8
    for whole, parts in inside.items():
        assert wholes[whole]["state"] == "value"
        hidden = [code for code in parts if areas[code]["state"] == "hidden"]
        assert len(hidden) != 1, whole
        rest = number(wholes[whole]["denominator"]) - sum(
            number(areas[code]["denominator"]) for code in parts if code not in hidden
        )
        assert rest == sum(ANSWERS[code][1] for code in hidden)
        assert all(rest != ANSWERS[code][1] for code in hidden)


def test_an_own_survey_fills_a_gap_in_what_is_missing(
    site: Facts, survey_home: Path, client: Client, settings: Settings
) -> None:
    theme = "Trygghetsmätning"
    before = words(page_of(client.get("/sa-vet-vi-det/")))
    settings.PLATS_HOME = survey_home
    after = words(page_of(client.get("/sa-vet-vi-det/")))
    assert (before.count(theme), after.count(theme)) == (1, 0)


# Internals


def _everything(client: Client) -> dict[str, str]:
    """All that leaves the house about the survey, by address; what changes by itself is taken away."""
    hidden = Place.objects.filter(division="regso", versions__code__in=TOO_FEW | BESIDE).distinct()
    chosen = "&".join(f"plats={place.slug}" for place in hidden)
    pages = [
        "/",
        "/en/",
        PAGE + "?indelning=regso",
        f"/en{PAGE}?indelning=regso&plats=0126R001",
        PAGE + "?indelning=kommundel",
        f"/jamfor/?indelning=regso&{chosen}&lik={INDICATOR}&lik=population",
        *(place.get_absolute_url() for place in hidden),
        f"{PAGE}regso/karta.svg",
        f"{PAGE}regso/rangordning.svg",
        *(
            f"{PAGE}{division}/siffror.{kind}"
            for division in ("regso", "kommundel")
            for kind in ("csv", "json")
        ),
    ]
    found = {}
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = re.sub(r'nonce="[^"]*"', "", response.content.decode())
    found[f"{FIGURES}.xlsx"] = str(_file_rows(client, "xlsx"))
    return found


def _file_rows(client: Client, kind: str) -> dict[str, dict[str, str]]:
    if kind == "csv":
        return rows_of(client, f"{FIGURES}.csv")
    content = client.get(f"{FIGURES}.{kind}").content
    if kind == "json":
        return {row["kod"]: row for row in json.loads(content)["rows"]}
    from openpyxl import load_workbook

    head, *body = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return {row[head.index("kod")]: dict(zip(head, row, strict=True)) for row in body}
