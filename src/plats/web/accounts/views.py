"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import views as auth_views

from plats.web.accounts.forms import LoginForm
from plats.web.common.access import public
from plats.web.common.language import start_url


class LoginView(auth_views.LoginView):
    """Where one signs in; afterwards one comes to the page one asked for, if it is ours."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return start_url()


class LogoutView(auth_views.LogoutView):
    """Signs out. Only by POST: a link or a picture on another site must not be able to."""

    def get_default_redirect_url(self) -> str:
        return start_url()


login = public(LoginView.as_view())
logout = public(LogoutView.as_view())
