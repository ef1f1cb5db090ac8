"""The form to sign in with."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Address and password. One message for every way to be wrong: it tells nobody which accounts exist."""

    username = UsernameField(
        label=_("E-postadress"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    error_messages = {  # noqa: RUF012  declared on the instance by Django's own form
        "invalid_login": _(
            "E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen. "
            "Har du glömt lösenordet: vänd dig till den som sköter Platsperspektiv."
        ),
        "inactive": _("Kontot är avstängt. Vänd dig till den som sköter Platsperspektiv."),
    }
