"""Addresses that are kept: without a language, so that each reader comes to the page in their own."""

from __future__ import annotations

from django.conf import settings

from plats.web.common.language import language

_ENGLISH = "/en/"


def neutral(url: str) -> str:
    """The address of a page of ours without its language. Raises ValueError for an address that leads elsewhere."""
    if not url.startswith("/") or url.startswith(("//", "/\\")) or any(ord(sign) < ord("!") for sign in url):
        raise ValueError(f"'{url}' är ingen adress på webbplatsen. Skriv en som börjar med ett snedstreck.")
    return "/" + url.removeprefix(_ENGLISH) if url.startswith(_ENGLISH) else url


def localised(url: str) -> str:
    """The page in the reader's language."""
    return _ENGLISH + url.removeprefix("/") if url and language() == "en" else url


def absolute(url: str) -> str:
    """The address as a letter or a calendar says it: where the installation itself says that it is."""
    return f"{settings.PLATS_SITE_URL}{url}"
