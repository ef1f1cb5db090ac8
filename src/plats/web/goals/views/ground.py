"""What every form of plans and goals does: asks, tells what does not hold, and saves what does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.goals import queries_writing
from plats.web.goals.models import GoalVersion, Plan, PlanVersion

METHODS = ["GET", "HEAD", "POST"]


def form_page(
    request: SignedInRequest,
    form: Any,
    save: Callable[[], str],
    *,
    of: PlanVersion | Plan | None = None,
    **shown: Any,
) -> HttpResponse:
    """The form; saved when it is sent and holds. What does not is told where it was written.

    `of` is what the form's revision counts.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(save())
            except ConflictError:
                status = 409
                form = _with_new_revision(form, of)
            except ValidationError as error:
                _tell(form, error)
    plan = of.plan if isinstance(of, PlanVersion) else of
    shown |= {"form": form, "conflict": status == 409, "breadcrumbs": trail(plan, shown["heading"])}
    return render(request, "goals/form.html", shown, status=status)


def goal_of(request: SignedInRequest, public_id: UUID) -> GoalVersion:
    """A goal in a draft that the one who asks may write, or 404."""
    one = queries_writing.goal_version(request.user, public_id)
    if one is None:
        raise absent()
    return one


def draft_address(version: PlanVersion) -> str:
    return reverse("goals:draft", args=[version.public_id])


def trail(plan: Plan | None, last: str) -> list[tuple[str, str]]:
    """The breadcrumbs of a page below a plan."""
    above = [(plan.title, plan.get_absolute_url())] if plan else []
    return [(_("Mål"), reverse("goals:list")), *above, (last, "")]


def absent() -> Http404:
    return Http404(_("Det finns inget på den adressen, eller så är det inte ditt att ändra."))


# Internals


def _tell(form: Any, error: ValidationError) -> None:
    known = not hasattr(error, "error_dict") or set(error.error_dict) <= set(form.fields)
    form.add_error(None, error if known else error.messages)


def _with_new_revision(form: Any, row: PlanVersion | Plan | None) -> Any:
    """The same form, which may be saved again now that one has been told."""
    data = form.data.copy()
    if row is not None:
        row.refresh_from_db(fields=["revision"])
        data["revision"] = row.revision
    form.data = data
    return form
