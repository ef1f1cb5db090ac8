"""One's own page: what is new, what is due, what one can go to; and the calendar that programs fetch."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import own_account, public, signed_in
from plats.web.common.workmenu import work_menu
from plats.web.notices import actions, queries
from plats.web.notices.calendar import as_ics
from plats.web.notices.forms import MailForm, SeenForm


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Where one begins: new since last time, due days, and the way to everything one may use."""
    news = queries.news(request.user)
    context = {
        "news": news,
        "seen_notices": queries.shown_notices(news.items),
        "due": queries.due_soon(request.user),
        "today": timezone.localdate(),
        "work": work_menu(request.user),
    }
    return render(request, "notices/mine.html", context)


@own_account
@require_POST
def seen(request: SignedInRequest) -> HttpResponse:
    """'I have seen this': what the page showed, and no more."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("Sidan var för gammal. Läs in den igen."))
    actions.mark_seen(by=request.user, **form.cleaned_data)
    return redirect("notices:mine")


@signed_in
@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    """The latest notices, the read ones too."""
    return render(
        request,
        "notices/notices.html",
        {"notices": queries.latest_notices(request.user), "breadcrumbs": _crumbs(_("Meddelanden"))},
    )


@own_account
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Which notices also come by mail, and the calendar's address."""
    preferences = queries.preferences(request.user)
    form = MailForm(preferences, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(by=request.user, choices=form.cleaned_data)
        return redirect(f"{reverse('notices:settings')}?sparat=1")
    return _settings(request, form)


@own_account
@require_POST
def calendar(request: SignedInRequest) -> HttpResponse:
    """Make, renew or take away the calendar's address. A new secret is shown in this answer, and never again."""
    if "close" in request.POST:
        actions.close_calendar(by=request.user)
        return redirect("notices:settings")
    token = actions.open_calendar(by=request.user)
    # As the reader reached us, which holds also where nobody has told the site its address.
    address = request.build_absolute_uri(reverse("notices:calendar_feed", kwargs={"token": token}))
    return _settings(request, MailForm(queries.preferences(request.user)), address=address)


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar, for a program that has the secret and no cookie. A secret that opens nothing is not found."""
    feed = queries.feed_by_token(token)
    if feed is None:
        raise Http404
    content = as_ics(queries.due_for_calendar(feed.user), made_at=feed.created_at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="platsperspektiv.ics"'
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


# Internals


def _settings(request: SignedInRequest, form: MailForm, address: str = "") -> HttpResponse:
    context = {
        "form": form,
        "feed": queries.calendar_feed(request.user),
        "address": address,
        "saved": "sparat" in request.GET,
        "breadcrumbs": _crumbs(_("E-post och kalender")),
    }
    return render(request, "notices/settings.html", context)


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Mitt arbete"), reverse("notices:mine")), (last, "")]
