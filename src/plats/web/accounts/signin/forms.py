"""The forms of signing in: each says in one way only that something was wrong, whoever asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import User
from plats.web.accounts.signin.entering import account_of
from plats.web.accounts.signin.lock import Attempt, attempt


def locked_message(tried: Attempt) -> str:
    """Said for every address that is locked, whether it has an account or not."""
    until = timezone.localtime(tried.refused_until)
    return gettext(
        "Det har blivit för många misslyckade försök. Vänta till kl. %(time)s och försök igen, "
        "eller logga in med nyckel."
    ) % {"time": date_format(until, "H.i")}


class LoginForm(forms.Form):
    """Address and password. One message for every way to be wrong: it tells nobody which accounts exist."""

    username = forms.EmailField(
        label=_("E-postadress"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self._passed: tuple[User, Attempt] | None = None

    def entrant(self) -> tuple[User, Attempt] | None:
        """Who got through, and the attempt that is to be told how it ended; None when nobody did."""
        return self._passed if self.is_valid() else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "username" not in cleaned or "password" not in cleaned:
            return cleaned
        tried = attempt(cleaned["username"])
        if tried.is_refused:
            raise forms.ValidationError(locked_message(tried))
        found = authenticate(self.request, username=cleaned["username"], password=cleaned["password"])
        if not isinstance(found, User):
            tried.failed(act="sign_in.fail", user=account_of(cleaned["username"]), note="password")
            raise forms.ValidationError(
                _(
                    "E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen. "
                    "Har du glömt lösenordet: vänd dig till den som sköter Platsperspektiv."
                )
            )
        self._passed = found, tried
        return cleaned


class PasswordAgainForm(forms.Form):
    """The account's own password, asked of someone who is already signed in."""

    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        tried = attempt(self.user.email)
        if tried.is_refused:
            raise forms.ValidationError(locked_message(tried))
        if not self.user.check_password(password):
            tried.failed(act="session.confirm_fail", by=self.user, user=self.user, note="password")
            raise forms.ValidationError(_("Lösenordet stämmer inte. Försök igen."))
        tried.succeeded()
        return password
