"""The description of the API, completed with what holds for every operation: problems, headers, limits, terms."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.conf import settings

from plats.web.common.rest.problems import PROBLEM_JSON, Problem

_ABOUT = (
    "Öppen läsning av platser, indikatorer, siffror, mål, insatser och åtaganden. Inget konto behövs. "
    "Begränsning: ett nät får göra {limit} anrop i minuten; svaret säger hur många som är kvar. Listor lämnas i "
    "sidor om högst 100. Känt problem: siffror som en källa har skyddat är dolda och lämnas aldrig ut. "
    "Tjänsten har ingen utlovad tillgänglighet; förändringar som bryter kommer i en ny huvudversion.\n\n"
    "Open reading of places, indicators, figures, goals, efforts and commitments. No account is needed. "
    "Limits: a network may make {limit} requests a minute; the answer says how many are left. Lists come in "
    "pages of at most 100. Known problem: figures that a source has protected are hidden and never given. "
    "The service has no promised availability; changes that break come in a new major version."
)
_STATUSES = {
    "400": "En parameter kan inte läsas. / A parameter cannot be read.",
    "404": "Finns inte, eller är inte publicerat. / Not there, or not published.",
    "405": "Bara läsning. / Reading only.",
    "429": "För många anrop; vänta så länge som Retry-After säger. / Too many requests.",
    "500": "Något gick fel hos oss. / Something went wrong on our side.",
    "503": "Inga siffror är inlästa än. / No figures are loaded yet.",
}
_HEADERS = {
    "RateLimit-Limit": "Anrop per minut. / Requests per minute.",
    "RateLimit-Remaining": "Anrop kvar. / Requests left.",
    "RateLimit-Reset": "Sekunder tills räkningen börjar om. / Seconds until the count starts anew.",
}


def completed(made: Mapping[str, Any], *, site: str, root: str, limit: int) -> dict[str, Any]:
    """The description with everything that is the same for all operations."""
    found: dict[str, Any] = deepcopy(dict(made))
    found["info"] |= _info(site, limit)
    found["servers"] = [{"url": f"{site}{root}"}]
    found["externalDocs"] = {"description": "Beskrivning och begränsningar", "url": f"{site}/api/"}
    found["components"]["schemas"]["Problem"] = _problem_schema(found["components"]["schemas"])
    for operations in found["paths"].values():
        _complete(operations["get"], found["components"]["schemas"])
    _leave_out_queries(found["components"]["schemas"])
    return found


# Internals


def _info(site: str, limit: int) -> dict[str, Any]:
    name = str(settings.PLATS_MUNICIPALITY_NAME or settings.PLATS_MUNICIPALITY)
    return {
        "description": _ABOUT.format(limit=limit),
        "contact": {"name": name, "url": f"{site}/tillganglighet/"},
        "license": {"name": "Varje siffra har sin källas villkor", "url": f"{site}/kallor/"},
        "x-sla": {"availability": "ingen utlovad", "support": "vardagar"},
    }


def _problem_schema(schemas: dict[str, Any]) -> dict[str, Any]:
    made = Problem.model_json_schema(
        by_alias=True, mode="serialization", ref_template="#/components/schemas/{model}"
    )
    schemas.update(made.pop("$defs", {}))
    return made


def _leave_out_queries(schemas: dict[str, Any]) -> None:
    """What a query holds is told parameter by parameter; as a part of its own it would be in no answer."""
    for name in [name for name in schemas if name.endswith("Query")]:
        del schemas[name]


def _complete(operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        parameter["schema"] = _in_place(_never_null(parameter["schema"]), schemas)
    # Keys as they are in JSON, so that a status is found by its text.
    operation["responses"] = {str(status): one for status, one in operation["responses"].items()}
    good = operation["responses"]["200"]
    good["description"] = "Svaret. / The answer."
    good["headers"] = {**_headers(), "ETag": _header("Svarets fingeravtryck. / The answer's fingerprint.")}
    operation["responses"]["304"] = {
        "description": "Oförändrat sedan If-None-Match. / Unchanged.",
        "headers": _headers(),
    }
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, text in _STATUSES.items():
        operation["responses"][status] = {"description": text, "headers": _headers(), "content": content}


def _headers() -> dict[str, Any]:
    return {name: _header(text, "integer") for name, text in _HEADERS.items()}


def _header(text: str, kind: str = "string") -> dict[str, Any]:
    return {"description": text, "schema": {"type": kind, **({"minimum": 0} if kind == "integer" else {})}}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is left out is left out: the word null in an address is a text."""
    kinds = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**kinds[0], **rest}


def _in_place(schema: dict[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The values to choose from beside the parameter, so that nobody has to look them up."""
    if "$ref" not in schema:
        return schema
    rest = {name: value for name, value in schema.items() if name != "$ref"}
    return {**schemas[schema["$ref"].rsplit("/", 1)[-1]], **rest}
