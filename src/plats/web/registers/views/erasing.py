"""What has been erased and what falls due; erasing by rule; erasing the log's values by decision."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.audit.erasing import with_values
from plats.web.audit.permissions import ERASE
from plats.web.common.access import permitted
from plats.web.registers import lists, queries
from plats.web.registers.files import csv_file
from plats.web.registers.forms import DueForm, EraseForm, EraseValuesForm
from plats.web.retention.erasures import JournalError
from plats.web.retention.kinds.audit_values import erase_entries
from plats.web.retention.permissions import READ, RUN
from plats.web.retention.planning import Plan, make_plan
from plats.web.retention.running import retain

MOST_AT_ONCE = 500


@permitted(READ)
@require_safe
@never_cache
def retention_page(request: SignedInRequest) -> HttpResponse:
    """What is due, what falls due, and what has been erased."""
    return _retention_page(request)


@permitted(READ)
@require_safe
@never_cache
def due_file(request: SignedInRequest) -> HttpResponse:
    """What is due and falls due, as a file."""
    form = DueForm(request.GET)
    rows = lists.due_rows(queries.due_lines(form.within_days, form.rule_id))
    return csv_file("gallras", lists.due_header(), rows)


@permitted(READ)
@require_safe
@never_cache
def erased_file(request: SignedInRequest) -> HttpResponse:
    """What has been erased, as a file."""
    stones = queries.tombstones(request.user, DueForm(request.GET).rule_id)
    return csv_file("gallrat", lists.erased_header(), lists.erased_rows(stones.iterator()))


@permitted(RUN)
@require_POST
def erase(request: SignedInRequest) -> HttpResponse:
    """Erase what is due by one rule, so many at a time; asked about first, with what it would be."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _retention_page(request, form)
    whole = make_plan(decision=form.cleaned_data["decision"], rules=[form.cleaned_data["rule"]])
    plan = whole.limited(MOST_AT_ONCE)
    if "confirmed" not in request.POST:
        return _asked_first(request, form, plan)
    try:
        outcome = retain(by=request.user, plan=plan)
    except JournalError as error:
        form.add_error(None, str(error))
        return _retention_page(request, form)
    count = sum(item.count for item in outcome.erased)
    return redirect(f"{reverse('registers:retention')}?gallrat={count}#gallrat")


@permitted(ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase_values(request: SignedInRequest) -> HttpResponse:
    """Erase some entries' values by decision; asked about first, with how many it would be."""
    form = EraseValuesForm(request.POST or None)
    context: dict[str, object] = {
        "form": form,
        "breadcrumbs": [(_("Granskningslogg"), reverse("audit:list")), (_("Radera värden"), "")],
    }
    if form.is_valid():
        numbers, decision = form.cleaned_data["entries"], form.cleaned_data["decision"]
        if "confirmed" not in request.POST:
            return render(
                request, "registers/erase_values.html", context | {"count": len(with_values(numbers))}
            )
        try:
            erase_entries(by=request.user, entries=numbers, decision=decision)
        except JournalError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('audit:list')}?act=audit.")
    return render(request, "registers/erase_values.html", context, status=422 if form.errors else 200)


# Internals


def _asked_first(request: SignedInRequest, form: EraseForm, plan: Plan) -> HttpResponse:
    count = sum(item.count for item in plan.items)
    trail = [(_("Gallring"), reverse("registers:retention")), (_("Bekräfta"), "")]
    context = {"form": form, "plan": plan, "count": count, "most": MOST_AT_ONCE, "breadcrumbs": trail}
    return render(request, "registers/erase_confirm.html", context)


def _retention_page(request: SignedInRequest, erase_form: EraseForm | None = None) -> HttpResponse:
    form = DueForm(request.GET)
    stones = list(queries.tombstones(request.user, form.rule_id)[: queries.PAGE_LENGTH])
    done = request.GET.get("gallrat", "")
    context = {
        "form": form,
        "erase_form": erase_form or EraseForm(),
        "summaries": queries.rule_summaries(form.within_days),
        "due": queries.due_lines(form.within_days, form.rule_id)[: queries.PAGE_LENGTH],
        "stones": lists.shown(stones),
        "may_run": request.user.may(RUN),
        "done": int(done) if done.isascii() and done.isdigit() and len(done) < 9 else None,
        "query": request.GET.urlencode(),
        "within": form.within_days,
        "breadcrumbs": [(_("Gallring"), "")],
    }
    wrong = erase_form is not None and bool(erase_form.errors)
    return render(request, "registers/retention.html", context, status=422 if wrong else 200)
