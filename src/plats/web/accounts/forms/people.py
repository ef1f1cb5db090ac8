"""Forms about accounts: taken up by the one invited, switched, left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.forms.base import ActForm, choose
from plats.web.accounts.leaving import Departure, Duty, Handover
from plats.web.accounts.models import User
from plats.web.common.guard import GuardedFormField


class NewAccountForm(ActForm):
    """What someone who is invited says: a name and a password. The address stands in the invitation."""

    name = forms.CharField(
        label=_("Ditt namn"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minst 12 tecken. Flera ord i rad är lätta att minnas och svåra att gissa."),
    )
    again = forms.CharField(
        label=_("Lösenordet en gång till"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again", ""):
            self.add_error("again", _("De två lösenorden är olika. Skriv samma lösenord två gånger."))
        return cleaned


class LeaveForm(ActForm):
    """Who takes over, and why someone leaves."""

    reason = GuardedFormField(
        label=_("Skäl"),
        max_length=300,
        required=False,
        help_text=_("Sparas i granskningsloggen. Nämn ingen person."),
    )

    def __init__(self, data: Any = None, *, departure: Departure) -> None:
        super().__init__(data)
        self._people: dict[str, User] = {}
        for duty in departure.duties:
            self.fields[f"bearer_{duty.responsibility.kind}"] = self._choice(
                _("Tar över: %(what)s") % {"what": duty.responsibility.label}, duty.bearers
            )
        if departure.heirs is not None:
            self.fields["heir"] = self._choice(
                _("Ny i rollen %(role)s") % {"role": departure.membership.role_name}, departure.heirs
            )
        self.fields["reason"] = self.fields.pop("reason")
        self._kinds = [duty.responsibility.kind for duty in departure.duties]

    def handover(self) -> Handover:
        """What was chosen, once the form is valid."""
        return Handover(
            bearers={kind: self._people[self.cleaned_data[f"bearer_{kind}"]] for kind in self._kinds},
            heir=self._people.get(self.cleaned_data.get("heir", "")),
        )

    def _choice(self, label: str, people: Sequence[User]) -> forms.ChoiceField:
        self._people |= {str(one.public_id): one for one in people}
        return forms.ChoiceField(
            label=label,
            choices=[("", _("Välj")), *((str(one.public_id), one.name) for one in people)],
            help_text=""
            if people
            else _("Ingen här kan ta över. Bjud in någon, eller ge någon en roll, först."),
        )


class HandoverForm(ActForm):
    """Who takes over what someone who has left still answers for."""

    bearer = forms.ChoiceField(label=_("Tar över"))

    def __init__(self, data: Any = None, *, duty: Duty, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self._people = {str(one.public_id): one for one in duty.bearers}
        choose(self, "bearer", [("", _("Välj")), *((key, one.name) for key, one in self._people.items())])

    def bearer_chosen(self) -> User:
        return self._people[self.cleaned_data["bearer"]]


class SwitchForm(ActForm):
    """The account's master switches."""

    may = forms.ChoiceField(
        label=_("Kontot får"),
        widget=forms.RadioSelect,
        choices=[
            ("write", _("Läsa och skriva")),
            ("read", _("Bara läsa")),
            ("nothing", _("Varken läsa eller skriva")),
        ],
        help_text=_("Står över alla roller och gäller från nästa klick."),
    )
    reason = GuardedFormField(
        label=_("Skäl"),
        max_length=300,
        required=False,
        help_text=_("Sparas i granskningsloggen. Nämn ingen person."),
    )
