"""The provider's addresses: its own sign-in, and what OpenID Connect asks for."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.urls import include, path

urlpatterns = [
    path("in/", LoginView.as_view(template_name="registration/login.html")),
    path("", include("oauth2_provider.urls")),
]
