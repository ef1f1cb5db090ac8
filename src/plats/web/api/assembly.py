"""The apps' routers as one API with one description."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError

from plats.web.api.description import completed
from plats.web.api.invalid import told
from plats.web.api.limits import requests_per_minute
from plats.web.common.rest.parts import Part, answer, described
from plats.web.common.rest.problems import ProblemError
from plats.web.efforts.api import router as efforts
from plats.web.goals.api import router as goals
from plats.web.indicators.api import router as indicators
from plats.web.indicators.segregation.api import router as segregation
from plats.web.partners.api import router as partners
from plats.web.places.api import router as places

VERSION = "1.0.0"
RELEASED = "2026-11-27"
ROOT = "/api/v1"

_about = Router(by_alias=True)


class ApiInfo(Part):
    """What the API is called, which version answers, and where it is described."""

    api_name: str
    api_version: str
    api_released: str
    api_documentation: str
    api_status: Literal["active", "deprecated", "retired"]


def _info(site: str) -> ApiInfo:
    return ApiInfo(
        api_name="platsperspektiv",
        api_version=VERSION,
        api_released=RELEASED,
        api_documentation=f"{site}/api/",
        api_status="active",
    )


@_about.get(
    "/api-info",
    response=ApiInfo,
    url_name="api-info",
    summary="Om gränssnittet",
    description="Namn, version och var det beskrivs. / Name, version, documentation.",
    openapi_extra=described(_info("https://exempel.se")),
)
def api_info(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  a view takes the request
    return answer(_info(site_address()))


def site_address() -> str:
    """The site's own address as the installation says it; '' when it says none."""
    return str(settings.PLATS_SITE_URL or "").rstrip("/")


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI 3.1."""
    return completed(
        api.get_openapi_schema(path_prefix=""), site=site_address(), root=ROOT, limit=requests_per_minute()
    )


def parameters(path: str) -> frozenset[str]:
    """The names in the query that an operation knows, by its path in the description."""
    listed = description()["paths"][path]["get"].get("parameters", [])
    return frozenset(one["name"] for one in listed if one["in"] == "query")


# Its own pages for the description are not used: they fetch programs from elsewhere, and that no page of ours may.
api = NinjaAPI(title="Platsperspektiv", version=VERSION, docs_url=None, openapi_url=None, urls_namespace="v1")
for _router in (_about, places, indicators, segregation, goals, efforts, partners):
    api.add_router("", _router)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    raise ProblemError(400, _("Rätta parametrarna och fråga igen."), told(error.errors))


@api.exception_handler(Exception)
def _passed_on(_request: HttpRequest, error: Exception) -> HttpResponse:
    """To the gate, which answers for every address alike."""
    raise error
