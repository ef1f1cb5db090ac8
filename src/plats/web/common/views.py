"""Pages about the site itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plats.web.common.access import public
from plats.web.common.language import language


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility")


@public
@require_safe
def disclosure(request: HttpRequest) -> HttpResponse:
    return _page(request, "disclosure")


# Internals


def _page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of running text, written whole in each language: prose is not translated by the sentence."""
    return render(request, f"common/pages/{name}.{language()}.html")
