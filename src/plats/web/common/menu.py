"""The menus. An app registers its entries when it starts; what is not registered is not shown.

In an app's ``AppConfig.ready()``::

    register(MenuItem(10, _("Läget"), "places:start", "places"))
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from plats.web.common.language import start_url


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry: place in the order, lazily translated word, name of its address, and the app behind it."""

    order: int
    label: Any  # a lazy translation, which is no str until it is shown
    url_name: str
    app: str


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry as this reader meets it; `current` is 'page' on the page itself, 'true' below it, else ''."""

    label: str
    url: str
    current: str


_main: dict[str, MenuItem] = {}
_footer: dict[str, MenuItem] = {}


def register(item: MenuItem) -> None:
    """Add an entry to the main menu; the same address again replaces it."""
    _main[item.url_name] = item


def register_in_footer(item: MenuItem) -> None:
    """Add an entry to the list of links in the footer."""
    _footer[item.url_name] = item


def main_menu(request: HttpRequest) -> list[MenuLink]:
    return _links(_main, request)


def footer_menu(request: HttpRequest) -> list[MenuLink]:
    return _links(_footer, request)


# Internals


def _links(items: dict[str, MenuItem], request: HttpRequest) -> list[MenuLink]:
    known = [item for item in items.values() if _address(item)]
    ordered = sorted(known, key=lambda item: item.order)
    addresses = {item.url_name: _address(item) for item in ordered}
    current = _current(ordered, addresses, request)
    links = []
    for item in ordered:
        url = addresses[item.url_name]
        mark = ("page" if url == request.path else "true") if item.url_name == current else ""
        links.append(MenuLink(str(item.label), url, mark))
    return links


def _address(item: MenuItem) -> str:
    """The entry's address; '' when the site has none, so that an error page never fails because of its menu."""
    return _reversed(item.url_name, get_language() or "", settings.ROOT_URLCONF)


@lru_cache(maxsize=256)
def _reversed(url_name: str, _language: str, _urlconf: str) -> str:
    """Looked up once per language: every page shows the same ten entries."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _current(ordered: list[MenuItem], addresses: dict[str, str], request: HttpRequest) -> str:
    """The name of the entry that this page lies under: the nearest by address, else the first of its app."""
    starts = (start_url("sv"), start_url("en"))  # every page lies below these, so they say nothing
    nearest = ""
    for name, url in addresses.items():
        is_below = request.path.startswith(url) and url not in starts
        if (url == request.path or is_below) and len(url) > len(addresses.get(nearest, "")):
            nearest = name
    if nearest:
        return nearest
    app = request.resolver_match.app_name if request.resolver_match else ""
    return next((item.url_name for item in ordered if item.app == app), "")
