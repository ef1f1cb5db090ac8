"""What every template can say without its view having to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from plats.web.common.language import language, other_language_url, start_url
from plats.web.common.menu import footer_menu, main_menu
from plats.web.common.municipality import municipality_name


def site(request: HttpRequest) -> dict[str, Any]:
    """The frame: menus, languages, the municipality. Each is read only if the template asks."""
    return {
        "language": language(),
        "start_url": start_url,
        "other_language_url": lambda: other_language_url(request),
        "main_menu": lambda: main_menu(request),
        "footer_menu": lambda: footer_menu(request),
        "municipality_name": municipality_name(),
        "municipality_code": settings.PLATS_MUNICIPALITY,
    }
