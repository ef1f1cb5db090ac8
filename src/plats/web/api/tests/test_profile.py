"""The national REST API profile, requirement by requirement: docs/api.md says which test holds which."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from plats.facts.query import Facts
from plats.web.api import assembly
from plats.web.api.description import completed
from plats.web.api.tests import rows

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[5] / "docs" / "api.md"
LISTS = ("places", "indicators", "facts", "segregation-measures", "goals", "efforts", "commitments")


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/api/v1/openapi.json").content)
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, one in described["paths"].items():
        assert set(one) == {"get"}
        yield path, one["get"]


def parameters(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for _path, one in operations(described):
        yield from one.get("parameters", [])


def names(described: dict[str, Any]) -> set[str]:
    return {
        name
        for schema in described["components"]["schemas"].values()
        for name in schema.get("properties", {})
    }


def test_every_row_of_the_table_names_a_test_and_every_test_has_a_row() -> None:
    cells = [line.split("|") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    named = {row[6].strip(" `") for row in cells if len(row) == 8 and re.match(r" [A-Z]{3}\.\d\d ", row[1])}
    here = {name for name in globals() if re.match(r"test_[a-z]{3}_", name)}
    assert len(named) > 20
    assert named == here - {"test_every_row_of_the_table_names_a_test_and_every_test_has_a_row"}


def test_dok_01_the_description_is_open_and_names_its_page(client: Client, described: dict[str, Any]) -> None:
    assert described["externalDocs"]["url"].endswith("/api/")
    assert client.get("/api/").status_code == 200


def test_dok_03_the_description_says_what_who_and_on_which_terms(described: dict[str, Any]) -> None:
    info = described["info"]
    for part in (info["title"], info["version"], info["contact"]["name"], info["contact"]["url"]):
        assert part
    assert info["license"]["name"]
    assert info["license"]["url"]


def test_dok_06_everything_is_said_in_both_languages(described: dict[str, Any]) -> None:
    for _path, one in operations(described):
        assert " / " in one["description"]
    assert "Inget konto behövs" in described["info"]["description"]
    assert "No account is needed" in described["info"]["description"]


def test_dok_08_the_service_level_is_said(described: dict[str, Any]) -> None:
    assert described["info"]["x-sla"]["availability"]


def test_dok_09_limits_and_known_problems_are_said(described: dict[str, Any]) -> None:
    text = described["info"]["description"]
    assert "Begränsning" in text
    assert "Känt problem" in text
    assert "600" in text


def test_dok_11_purpose_is_described(described: dict[str, Any]) -> None:
    assert len(described["info"]["description"].split()) > 50


def test_dok_15_every_operation_has_an_example_that_fits_its_schema(described: dict[str, Any]) -> None:
    for path, one in operations(described):
        content = one["responses"]["200"]["content"]["application/json"]
        (example,) = content["examples"].values()
        schema = described["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
        assert set(schema["properties"]) == set(example["value"]), path
        assert set(schema["required"]) == set(example["value"]), path


def test_dok_17_the_description_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")


def test_dok_19_every_operation_and_parameter_is_described(described: dict[str, Any]) -> None:
    for _path, one in operations(described):
        assert one["description"].strip()
        assert one["summary"].strip()
    for one in parameters(described):
        assert one.get("description") or one["in"] == "path", one["name"]


def test_dok_20_every_status_is_documented(described: dict[str, Any]) -> None:
    for _path, one in operations(described):
        assert set(one["responses"]) == {"200", "304", "400", "404", "405", "429", "500", "503"}
        assert all(answer["description"] for answer in one["responses"].values())


def test_dot_01_dates_are_rfc_3339(client: Client, described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        for name, one in schema.get("properties", {}).items():
            if name.endswith("On") or name == "asOf":
                kinds = one.get("anyOf", [one])
                assert {"format": "date", "type": "string"}.items() <= kinds[0].items(), name
    rows.commitment()
    told = json.loads(client.get("/api/v1/commitments").content)["items"][0]
    assert told["madeOn"] == "2023-02-13"


def test_res_02_no_primary_key_is_told(client: Client) -> None:
    made = rows.effort()
    told = json.loads(client.get("/api/v1/efforts").content)["items"][0]
    assert told["id"] == str(made.public_id)
    assert not [value for name, value in told.items() if name.lower() in ("pk", "slug", "createdby")]


def test_res_06_paths_are_lower_case_with_hyphens(described: dict[str, Any]) -> None:
    for path, _one in operations(described):
        assert re.fullmatch(r"(/[a-z][a-z0-9-]*|/\{[a-z]+\})+", path), path


def test_ufn_02_the_description_has_the_address_the_installation_says(settings: Settings) -> None:
    settings.PLATS_SITE_URL = "https://plats.exempel.se/"
    made = completed(
        assembly.api.get_openapi_schema(path_prefix=""), site=assembly.site_address(), root="/api/v1", limit=1
    )
    assert made["servers"] == [{"url": "https://plats.exempel.se/api/v1"}]


def test_ufn_05_no_address_can_be_longer_than_2048(described: dict[str, Any]) -> None:
    for path, one in operations(described):
        longest = len("https://plats.exempel.se/api/v1") + len(path)
        for each in one.get("parameters", []):
            schema = each["schema"]
            closed = max((len(str(value)) for value in schema.get("enum", [])), default=0)
            number = len(str(schema.get("maximum", "")))
            uuid = 36 if schema.get("format") == "uuid" else 0
            length = schema.get("maxLength", 0) or closed or number or uuid
            assert length, each["name"]
            longest += len(each["name"]) + 2 + length
        assert longest <= 2048, path


def test_ame_01_answers_are_json_whatever_is_accepted(client: Client) -> None:
    for accepted in ("application/json", "text/html", "*/*"):
        response = client.get("/api/v1/goals", headers={"Accept": accepted})
        assert response.headers["Content-Type"] == "application/json"


def test_ame_05_names_are_camel_case_throughout(described: dict[str, Any]) -> None:
    for name in names(described):
        assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", name), name


def test_ame_06_lists_are_named_in_the_plural(described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        for name, one in schema.get("properties", {}).items():
            if one.get("type") == "array":
                assert name.endswith("s"), name


def test_arq_03_the_fingerprint_is_taken_back(client: Client) -> None:
    first = client.get("/api/v1/goals")
    again = client.get("/api/v1/goals", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_arq_05_no_parameter_is_a_header(described: dict[str, Any]) -> None:
    assert {one["in"] for one in parameters(described)} == {"query", "path"}


def test_arp_01_answers_carry_what_readers_need(client: Client) -> None:
    headers = client.get("/api/v1/goals").headers
    for name in ("Access-Control-Allow-Origin", "Cache-Control", "ETag", "RateLimit-Limit"):
        assert headers[name]


def test_fel_01_problems_are_rfc_9457(client: Client, described: dict[str, Any]) -> None:
    for _path, one in operations(described):
        for status, answer in one["responses"].items():
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json"}
    response = client.get("/api/v1/goals?limit=0")
    told = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    page, _hash, anchor = told["type"].partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


def test_ver_05_the_address_says_the_major_version(described: dict[str, Any]) -> None:
    assert described["servers"][0]["url"].endswith("/api/v1")
    assert described["info"]["version"].split(".")[0] == "1"


def test_ver_06_api_info_says_what_answers(client: Client) -> None:
    told = json.loads(client.get("/api/v1/api-info").content)
    assert set(told) == {"apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"}
    assert told["apiStatus"] == "active"


def test_fns_01_parameters_are_named_alike_and_optional(described: dict[str, Any]) -> None:
    for one in parameters(described):
        assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", one["name"])
        assert one["required"] == (one["in"] == "path")


def test_fns_07_lists_take_limit_and_offset(client: Client, described: dict[str, Any], site: Facts) -> None:
    for path in LISTS:
        listed = {one["name"]: one["schema"] for one in described["paths"][f"/{path}"]["get"]["parameters"]}
        assert listed["limit"]["default"] == 20
        assert (listed["limit"]["minimum"], listed["limit"]["maximum"]) == (1, 100)
        assert {"offset", "cursor"} <= listed.keys()
        assert "page" not in listed
    assert len(json.loads(client.get("/api/v1/facts").content)["items"]) == 20


def test_sak_nothing_asks_for_a_key_or_a_password(client: Client, described: dict[str, Any]) -> None:
    assert "securitySchemes" not in described["components"]
    response = client.get("/api/v1/goals")
    assert response.status_code == 200
    assert "WWW-Authenticate" not in response.headers


def test_for_02_nothing_takes_a_body(described: dict[str, Any]) -> None:
    for _path, one in operations(described):
        assert "requestBody" not in one
