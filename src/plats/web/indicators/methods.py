"""Så vet vi det: indicators by theme, methods, sources with their frozen copies."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from plats.derive.missing import missing
from plats.web.common.access import public
from plats.web.common.language import language
from plats.web.indicators import queries
from plats.web.places.queries import facts

# In a checkout the pages lie in docs/; in a wheel they are packed beside the catalog.
_IN_WHEEL = files("plats.catalog") / "methods"
_IN_CHECKOUT = Path(__file__).resolve().parents[4] / "docs" / "methods"


@public
def how_we_know(request: HttpRequest) -> HttpResponse:
    """Every indicator by theme, the methods, and what is missing."""
    definitions = queries.definitions()
    themes = [
        (theme, [one for one in definitions.indicators.values() if one.theme == theme.id])
        for theme in definitions.themes
    ]
    context = {
        "themes": themes,
        "methods": sorted(definitions.methods.items(), key=lambda pair: pair[1].sv),
        "missing": missing(facts()),
        "breadcrumbs": [(_("Läget"), reverse("indicators:start")), (_("Så vet vi det"), "")],
    }
    return render(request, "indicators/how_we_know.html", context)


@public
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """One method's page, in Swedish."""
    title = queries.definitions().methods.get(slug)
    page = method_page(slug) if title is not None else None
    if title is None or page is None:
        raise Http404(_("Det finns ingen sådan metodsida. Välj en under Så vet vi det."))
    context = {
        "page": page,
        "title": title,
        "breadcrumbs": [
            (_("Läget"), reverse("indicators:start")),
            (_("Så vet vi det"), reverse("indicators:how_we_know")),
            (title.write(language()), ""),
        ],
    }
    return render(request, "indicators/method.html", context)


@public
def sources(request: HttpRequest) -> HttpResponse:
    """Every frozen file: agency, table, licence, when it was fetched, its hash."""
    reader = facts()
    found = sorted(
        reader.store.snapshots.all(), key=lambda one: (one.provenance.agency, one.provenance.title)
    )
    context = {
        "snapshots": found,
        "version": reader.version,
        "breadcrumbs": [
            (_("Läget"), reverse("indicators:start")),
            (_("Så vet vi det"), reverse("indicators:how_we_know")),
            (_("Källor"), ""),
        ],
    }
    return render(request, "indicators/sources.html", context)


_TABLE = '<div class="scroll" role="region" aria-label="Tabell" tabindex="0"><table>'


@lru_cache(maxsize=64)
def method_page(slug: str) -> SafeString | None:
    """A method page as HTML; raw HTML in the text is not let through."""
    from markdown_it import MarkdownIt

    for path in (_IN_WHEEL / f"{slug}.md", _IN_CHECKOUT / f"{slug}.md"):
        if path.is_file():
            reader = MarkdownIt("commonmark", {"html": False}).enable("table")
            html: str = reader.render(path.read_text(encoding="utf-8"))
            # A wide table scrolls by itself on a phone, also from the keyboard; the page does not.
            html = html.replace("<table>", _TABLE).replace("</table>", "</table></div>")
            return mark_safe(html)  # noqa: S308 - our own page, raw HTML off
    return None
