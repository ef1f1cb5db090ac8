"""What every request to the API passes: reading only, so often, known parameters; and what every answer carries."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from plats.facts.versions import EmptyStoreError
from plats.web.api import limits
from plats.web.common.access import public
from plats.web.common.client_address import client_network
from plats.web.common.rest.problems import InvalidParameter, ProblemError, problem_response

View = Callable[..., HttpResponse]
METHODS = "GET, HEAD, OPTIONS"
_log = logging.getLogger(__name__)

# Anyone's page may ask: what is here is public, and no cookie is read.
_FOR_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(view: View, parameters: Collection[str] = ()) -> View:
    """The view as the world meets it. `parameters` are the query's names that it knows."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(_language(request)):
            allowance = limits.requests.ask(client_network(request), limits.requests_per_minute())
            response = _answer(request, lambda: view(request, *args, **kwargs), parameters, allowance)
        for name, value in {**_FOR_ALL, **allowance.headers}.items():
            response.headers[name] = value
        return response

    # Nothing is written here, so there is nothing for a forged form to do.
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return public(answered)  # type: ignore[return-value]


def unknown(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001  a view takes what the address says
    """An address that the API does not have."""
    raise ProblemError(404, _("Adressen finns inte i gränssnittet. Se /api/ för dem som finns."))


# Internals


def _answer(
    request: HttpRequest,
    view: Callable[[], HttpResponse],
    known: Collection[str],
    allowance: limits.Allowance,
) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_PREFLIGHT)
    try:
        _check(request, known, allowance)
        return _conditional(request, _read(request, view))
    except ProblemError as error:
        headers = {"Allow": METHODS} if error.status == 405 else {}
        return problem_response(request, error, **headers)
    except Http404:
        return problem_response(request, ProblemError(404, _("Det som frågades efter finns inte.")))
    except EmptyStoreError:
        return problem_response(
            request, ProblemError(503, _("Inga siffror är inlästa än. Försök igen senare."))
        )
    except Exception:  # noqa: BLE001  whatever broke, the reader is owed an answer
        _log.exception("The API could not answer %s", request.path)
        return problem_response(
            request, ProblemError(500, _("Försök igen om en stund. Felet är vårt och finns i loggen."))
        )


def _check(request: HttpRequest, known: Collection[str], allowance: limits.Allowance) -> None:
    if request.method not in ("GET", "HEAD"):
        raise ProblemError(405, _("Gränssnittet är för läsning. Använd GET."))
    if allowance.is_over:
        raise ProblemError(429, _("Vänta så många sekunder som Retry-After säger, och fråga sedan igen."))
    strange = [
        InvalidParameter(property=name, reason=_("Finns inte. Se beskrivningen för dem som finns."))
        for name in request.GET
        if name not in known
    ]
    twice = [
        InvalidParameter(property=name, reason=_("Får anges en gång."))
        for name, values in request.GET.lists()
        if name in known and len(values) > 1
    ]
    if strange or twice:
        raise ProblemError(400, _("Rätta parametrarna och fråga igen."), [*strange, *twice])


def _read(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """HEAD is asked as GET; the server leaves the body out when it sees which it was."""
    asked, request.method = request.method, "GET"
    try:
        return view()
    finally:
        request.method = asked


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its fingerprint; without a body when the reader has it already."""
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=60"
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def _language(request: HttpRequest) -> str:
    """Problems are told in English to those who ask for it, otherwise in Swedish."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    return next((code[:2] for code, _weight in asked if code[:2] in ("sv", "en")), "sv")
