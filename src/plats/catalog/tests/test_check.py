"""Each rule of the check bites: spoil one thing in the files, and that thing is reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from plats.catalog.check import Finding, check, check_definitions
from plats.catalog.load import Definitions, build, read_text
from plats.catalog.models import CatalogError

TODAY = date(2026, 11, 23)
EMPLOYED = "indicators/employed_share.yaml"
NEED = "indices/local_need_index.yaml"
INCOME = "indicators/net_income_mean.yaml"
REGSO = "divisions/regso.yaml"
VARIABLES = "variables.yaml"
COVERAGE = "parameters/coverage/crosswalk.yaml"


def put(path: str, *keys: Any, value: Any) -> Callable[[Definitions], str]:
    """A way to spoil the files: set a value deep in one of them; returns which file."""

    def spoil(definitions: Definitions) -> str:
        place = definitions[path]
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value
        return path

    return spoil


def drop(path: str, *keys: Any) -> Callable[[Definitions], str]:
    def spoil(definitions: Definitions) -> str:
        place = definitions[path]
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]
        return path

    return spoil


SHARE_OF_ALL = {"kind": "share", "numerator": ["employed"], "denominator": ["labour_status_total"]}
RELATIVE_BACKGROUND = {"kind": "relative", "indicator": "foreign_background_share", "to": "municipality"}

SPOILT: list[tuple[str, Callable[[Definitions], str]]] = [
    ("owner är tomt", put(EMPLOYED, "owner", value=" ")),
    ("checked_by är tomt", put(EMPLOYED, "checked_by", value="")),
    ("authored_by är tomt", put(NEED, "authored_by", value="")),
    ("change_log är tom", put(EMPLOYED, "change_log", value=[])),
    ("källa saknas", put(EMPLOYED, "sources", value=[])),
    ("källa saknas", put(EMPLOYED, "sources", value=[""])),
    ("källa saknas", put(NEED, "sources", value=[])),
    ("unit: 'äpplen'", put(EMPLOYED, "unit", value="äpplen")),
    ("direction: 'uppåt'", put(EMPLOYED, "direction", value="uppåt")),
    ("smallest_area: 'kvarter'", put(EMPLOYED, "smallest_area", value="kvarter")),
    ("enhet: okänt fält", put(EMPLOYED, "enhet", value="share")),
    ("cannot_say: fältet saknas", drop(EMPLOYED, "cannot_say")),
    ("title.en: fältet saknas", drop(EMPLOYED, "title", "en")),
    ("title saknar text på engelska", put(EMPLOYED, "title", "en", value="  ")),
    ("why_it_matters saknar text på svenska", put(EMPLOYED, "why_it_matters", "sv", value=[])),
    ("title saknar text på svenska", put("divisions/deso.yaml", "title", "sv", value="")),
    ("work: title saknar text", put("themes.yaml", "themes", 0, "title", "en", value="")),
    ("temat 'jobb'", put(EMPLOYED, "theme", value="jobb")),
    ("variabeln 'jobbare'", put(EMPLOYED, "formula", "numerator", value=["jobbare"])),
    ("får inte läggas ihop", put(EMPLOYED, "formula", "numerator", value=["unemployed_percent"])),
    ("får inte läggas ihop", put(INCOME, "formula", "alternatives", 0, "weight", value="population")),
    ("indikatorn 'lön'", put("indicators/net_income_relative.yaml", "formula", "indicator", value="lön")),
    ("indexet 'nöd'", put("indicators/need_index.yaml", "formula", "index", value="nöd")),
    ("metodsidan 'gissning'", put(EMPLOYED, "method", value="gissning")),
    ("metodsidan 'gissning'", put(NEED, "method", value="gissning")),
    ("skyddsregeln 'hemlig'", put(EMPLOYED, "suppression", value="hemlig")),
    ("minsta området deso står inte", put(EMPLOYED, "divisions", value=["regso"])),
    ("en andel ligger mellan 0 och 1", put(EMPLOYED, "range", value=[0, 100])),
    ("värdemängden [1.0, 0.0] är tom", put(EMPLOYED, "range", value=[1, 0])),
    ("en skala 0–10", put("indicators/survey_calm.yaml", "range", value=[0, 100])),
    ("kan inte ha negativa värden", put("indicators/population.yaml", "range", value=[-1, 100])),
    ("klasser behöver class_labels", drop("indicators/area_type.yaml", "class_labels")),
    ("ett mått utan riktning är inget gap", put("indicators/rental_share.yaml", "gap", value=True)),
    ("no_direction_until", put("indicators/mean_wage_income.yaml", "direction", value="higher_is_better")),
    ("id 'sysselsatta' är inte filens namn", put(EMPLOYED, "id", value="sysselsatta")),
    ("id 'disclosure/inget'", put("parameters/disclosure/none.yaml", "id", value="disclosure/inget")),
    ("födelseland eller bakgrund", put(NEED, "parts", 0, "indicator", value="foreign_background_share")),
    ("födelseland eller bakgrund", put(NEED, "parts", 0, "indicator", value="foreign_born_share")),
    ("har ingen riktning och kan inte mäta behov", put(NEED, "parts", 0, "indicator", value="rental_share")),
    ("okänd indikator 'x'", put(NEED, "parts", 0, "indicator", value="x")),
    ("perturbation saknas", drop(NEED, "perturbation")),
    ("delarnas vikter är noll", put("indices/sei.yaml", "parts", value=[])),
    ("utgåvan '1999' i default_edition", put(REGSO, "default_edition", value="1999")),
    ("likställd utan känd utgåva", put(REGSO, "editions", 1, "municipalities", value=[])),
    ("likställd utan känd utgåva", put(REGSO, "editions", 1, "equivalent_to", value="1999")),
    ("slutar innan den börjar", put(REGSO, "editions", 0, "valid_to", value=date(2019, 1, 1))),
    ("saknar källa", put(REGSO, "editions", 0, "source", value="")),
    ("gruppen 'annat' finns inte", put(VARIABLES, "variables", "employed", "group", value="annat")),
    ("'x' är ingen variabel", put(VARIABLES, "variables", "employed", "aggregates", value="weighted_by:x")),
    ("svensk term eller definition är tom", put(VARIABLES, "variables", "employed", "term", value="")),
    ("saknar decided_by eller reference", put(COVERAGE, "values", 0, "decided_by", value="")),
    ("inte en enhet för varje tal", put(COVERAGE, "values", 0, "unit", value={})),
    ("inget beslutat värde", put(COVERAGE, "values", value=[])),
]  # fmt: skip


@pytest.mark.parametrize(("message", "spoil"), SPOILT, ids=[message for message, _ in SPOILT])
def test_a_spoilt_definition_is_an_error_in_its_file(
    definitions: Definitions, message: str, spoil: Callable[[Definitions], str]
) -> None:
    file = spoil(definitions)
    found = check_definitions(definitions, TODAY)
    errors = [one for one in found if one.level == "error" and message in one.message]
    assert errors, found
    assert {one.file for one in errors} <= {file, f"indicators/{definitions[file].get('id')}.yaml"}


def test_background_hidden_behind_a_ratio_is_still_no_part_of_a_need_index(definitions: Definitions) -> None:
    indicator = definitions["indicators/net_income_relative.yaml"]
    indicator["formula"] = RELATIVE_BACKGROUND
    definitions[NEED]["parts"][0]["indicator"] = "net_income_relative"
    messages = [one.message for one in check_definitions(definitions, TODAY)]
    assert any("födelseland eller bakgrund" in message for message in messages)


def test_a_passed_review_warns_and_fails_only_when_strict(definitions: Definitions) -> None:
    definitions[EMPLOYED]["next_review"] = date(2026, 11, 22)
    catalog = build(definitions)
    text = "skulle ha setts över senast 2026-11-22. Gå igenom den och flytta datumet."
    assert check(catalog, TODAY) == [Finding("warning", EMPLOYED, text)]
    assert check(catalog, TODAY, strict=True) == [Finding("error", EMPLOYED, text)]


def test_a_review_due_today_is_not_passed(definitions: Definitions) -> None:
    definitions[EMPLOYED]["next_review"] = TODAY
    assert check(build(definitions), TODAY) == []


def test_a_share_without_spoiling_is_accepted(definitions: Definitions) -> None:
    definitions[EMPLOYED]["formula"] = SHARE_OF_ALL
    assert check_definitions(definitions, TODAY) == []


def test_two_values_from_the_same_day_are_an_error(definitions: Definitions) -> None:
    values = definitions[COVERAGE]["values"]
    values.append(values[0])
    assert any("samma dag" in one.message for one in check_definitions(definitions, TODAY))


def test_a_removed_division_is_missed_where_it_is_used(definitions: Definitions) -> None:
    del definitions["divisions/kommundel.yaml"]
    found = check_definitions(definitions, TODAY)
    files = {one.file for one in found if "'kommundel'" in one.message}
    assert {EMPLOYED, REGSO} <= files


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(CatalogError, match=r"a\.yaml går inte att läsa: rad 1: 'id' står två gånger"):
        read_text("a.yaml", "id: population\nid: pupils\n")
