"""The addresses of signing in. They are part of `accounts`' own."""

from __future__ import annotations

from django.urls import path

from plats.web.accounts.signin.views import enter, step_up

urlpatterns = [
    path("logga-in/", enter.login, name="login"),
    path("logga-ut/", enter.logout, name="logout"),
    path("konto/bekrafta/", step_up.step_up, name="step_up"),
]
