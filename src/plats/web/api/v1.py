"""The addresses of the API's first version, each behind the gate."""

from __future__ import annotations

import re

from django.urls import URLPattern, path, re_path

from plats.web.api import gate, views
from plats.web.api.assembly import api, parameters

app_name = "v1"


def _gated(pattern: URLPattern) -> URLPattern:
    described = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern)).lstrip("/")
    view = gate.open_to_all(pattern.callback, parameters(described))
    return path(str(pattern.pattern).lstrip("/"), view, name=pattern.name)


urlpatterns = [
    # The library's own root has nothing to say.
    *[_gated(one) for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"],
    path("openapi.json", gate.open_to_all(views.openapi), name="openapi"),
    re_path(r"^(?P<rest>.*)$", gate.open_to_all(gate.unknown), name="unknown"),
]
