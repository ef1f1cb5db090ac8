"""The least a Django page can be: what our pages' speed is measured beside. Served by gunicorn in bench/server.py."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PAGE = """<!doctype html><html lang="sv"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><table>
{% for row in rows %}<tr><th>{{ row.0 }}</th><td>{{ row.1 }}</td></tr>{% endfor %}</table></body></html>"""


def page(_: HttpRequest) -> HttpResponse:
    """A heading and a table of thirty rows, with no question to any store."""
    rows = [(f"Rad {number}", number) for number in range(30)]
    return HttpResponse(template().render({"title": "Sida", "rows": rows}))


@cache
def template() -> Any:
    return engines["django"].from_string(PAGE)


urlpatterns = [path("", page)]


def make() -> WSGIHandler:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="measured beside",  # noqa: S106 - nothing is signed
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    )
    return get_wsgi_application()


application = make()
