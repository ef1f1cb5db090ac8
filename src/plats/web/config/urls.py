"""The site's addresses: Swedish at /, English at /en/. A new app adds one line."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # For programs: one address whatever the language.
    path("api/v1/", include("plats.web.api.v1")),
]
urlpatterns += i18n_patterns(
    path("", include("plats.web.accounts.urls")),
    path("", include("plats.web.audit.urls")),
    path("", include("plats.web.retention.urls")),
    path("", include("plats.web.notices.urls")),
    path("", include("plats.web.jobs.urls")),
    path("", include("plats.web.documents.urls")),
    path("", include("plats.web.registers.urls")),
    path("", include("plats.web.efforts.exchange.urls")),
    path("", include("plats.web.efforts.urls")),
    path("", include("plats.web.goals.urls")),
    path("", include("plats.web.partners.urls")),
    path("", include("plats.web.operations.urls")),
    path("", include("plats.web.api.urls")),
    path("", include("plats.web.common.urls")),
    path("", include("plats.web.places.urls")),
    path("", include("plats.web.indicators.urls")),
    prefix_default_language=False,
)

handler400 = "plats.web.common.errors.bad_request"
handler403 = "plats.web.common.errors.forbidden"
handler404 = "plats.web.common.errors.not_found"
handler500 = "plats.web.common.errors.server_error"
