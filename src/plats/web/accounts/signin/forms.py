"""The forms of signing in: each says in one way only that something was wrong, whoever asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Method, User
from plats.web.accounts.signin.entering import account_of
from plats.web.accounts.signin.factors import use_code
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

    def __init__(self, user: User, data: Any = None, *, label: Any = None) -> None:
        super().__init__(data)
        self.user = user
        if label is not None:
            self.fields["password"].label = label

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

    def method(self) -> Method | None:
        """By what it was confirmed; None when it was not."""
        return Method.PASSWORD if self.is_valid() else None


class CodeForm(forms.Form):
    """A code from the app or a recovery code, asked as the second step and when one confirms who one is."""

    code = forms.CharField(
        label=_("Kod"),
        max_length=20,
        help_text=_("Sex siffror från appen, eller en återställningskod med åtta siffror."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "class": "code",
            }
        ),
    )

    def __init__(self, user: User, data: Any = None, *, act: str, by: User | None = None) -> None:
        super().__init__(data)
        self.user, self._act, self._by = user, act, by
        self._passed: tuple[Method, Attempt] | None = None

    def entrant(self) -> tuple[Method, Attempt] | None:
        """By what one got through, and the attempt that is to be told how it ended; None when one did not."""
        return self._passed if self.is_valid() else None

    def method(self) -> Method | None:
        """By what it was confirmed, for one who is signed in already; None when it was not."""
        entrant = self.entrant()
        if entrant is None:
            return None
        entrant[1].succeeded()
        return entrant[0]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        tried = attempt(self.user.email)
        if tried.is_refused:
            raise forms.ValidationError(locked_message(tried))
        method = use_code(self.user, code)
        if method is None:
            tried.failed(act=self._act, by=self._by, user=self.user, note="code")
            raise forms.ValidationError(
                _("Koden stämmer inte, eller har redan använts. Vänta på nästa kod i appen och försök igen.")
            )
        self._passed = method, tried
        return code


class AppCodeForm(forms.Form):
    """The first code from an app that is being set up."""

    code = forms.CharField(
        label=_("Kod från appen"),
        max_length=12,
        help_text=_("Sex siffror. Skriv koden som appen visar nu."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(one for one in self.cleaned_data["code"] if one.isdigit())


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new_password = forms.CharField(
        label=_("Nytt lösenord"),
        strip=False,
        help_text=_("Minst 12 tecken. Flera ord i rad är lätta att minnas och svåra att gissa."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nytt lösenord en gång till"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "new_password" in cleaned and cleaned["new_password"] != cleaned.get("again", ""):
            self.add_error("again", _("De två lösenorden är olika. Skriv samma lösenord två gånger."))
        return cleaned


class KeyForm(forms.Form):
    """A passkey's answer, put in by the page's script, and what its owner calls the key."""

    name = forms.CharField(
        label=_("Vad nyckeln heter"),
        max_length=60,
        help_text=_("Så att du känner igen den, till exempel Jobbtelefonen."),
    )
    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
