"""Someone at a browser: signed in a moment ago, reading pages in Swedish."""

from __future__ import annotations

import html
import re
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from plats.web.accounts.models import User


class Reader:
    """A client with the words that tests of pages use."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])

    def get(self, route: str, *, status: int = 200, query: str = "", **kwargs: Any) -> str:
        """The page's words; its answer must be this one."""
        return self._words(self.client.get(address(route, **kwargs) + query), status)

    def post(
        self, route: str, data: dict[str, Any] | None = None, *, status: int = 302, **kwargs: Any
    ) -> str:
        """Send the form. With 302 the page one comes to is returned."""
        query = (data or {}).pop("?", "")
        response = self.client.post(address(route, **kwargs) + query, data or {})
        if status == 302:
            assert response.status_code == 302, words(response)[:2000]
            response, status = self.client.get(response.headers["Location"]), 200
        return self._words(response, status)

    def _words(self, response: HttpResponse, status: int) -> str:
        assert response.status_code == status, (response.status_code, words(response)[:1500])
        return words(response)


def address(route: str, **kwargs: Any) -> str:
    with translation.override("sv"):
        return reverse(f"accounts:{route}", kwargs=kwargs)


def words(response: HttpResponse) -> str:
    """What a page says, without its marks and with one blank between words; titles and values of fields stay."""
    text = response.content.decode()
    main = text[text.find("<main") : text.find("</main>")] or text
    values = " ".join(re.findall(r'value="([^"]*)"', main))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main))) + " | " + html.unescape(values)
