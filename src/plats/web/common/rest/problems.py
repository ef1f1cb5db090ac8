"""What is answered when a request cannot be: problem details after RFC 9457."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from plats.web.common.rest.parts import Part, Small

PROBLEM_JSON = "application/problem+json"
DOCUMENTED_AT = "/api/"


class InvalidParameter(Part):
    """A parameter that cannot be used, and why."""

    property: str
    reason: str


class Problem(Part):
    """What is wrong and what to do."""

    type: str
    title: str
    status: Small
    detail: str
    instance: str
    invalid_parameters: tuple[InvalidParameter, ...] = ()


class ProblemError(Exception):
    """A request that cannot be answered; the detail says what to do."""

    def __init__(self, status: int, detail: str, invalid: Sequence[InvalidParameter] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.invalid = tuple(invalid)


def titles() -> dict[int, str]:
    """What each kind of problem is called, by status: always the same for the same status."""
    return {
        400: _("Anropet kan inte förstås"),
        404: _("Finns inte"),
        405: _("Bara läsning"),
        429: _("För många anrop"),
        500: _("Något gick fel hos oss"),
        503: _("Inte redo"),
    }


def problem_response(request: HttpRequest, error: ProblemError, **headers: Any) -> HttpResponse:
    """The problem as the reader gets it."""
    problem = Problem(
        type=f"{DOCUMENTED_AT}#fel-{error.status}",
        title=titles()[error.status],
        status=error.status,
        detail=error.detail,
        instance=request.path,
        invalid_parameters=error.invalid,
    )
    return HttpResponse(
        problem.model_dump_json(by_alias=True),
        status=error.status,
        content_type=PROBLEM_JSON,
        headers=headers,
    )


def not_found(detail: str) -> ProblemError:
    """What was asked for is not there, or is not published."""
    return ProblemError(404, detail)
