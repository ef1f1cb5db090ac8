"""Forms about organisations and their units."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.forms.base import ActForm
from plats.web.accounts.kinds import OrganisationKind
from plats.web.common.guard import GuardedFormField


class ContactForm(ActForm):
    """What an organisation says about itself."""

    contact_function = GuardedFormField(
        label=_("Kontakt"),
        max_length=150,
        required=False,
        help_text=_("En funktion, inte en person: Trygghetssamordnaren."),
    )
    contact_email = forms.EmailField(label=_("Funktionens e-postadress"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OrganisationForm(ContactForm):
    """All of an organisation, for the administrator."""

    name = GuardedFormField(label=_("Namn"), max_length=150)
    kind = forms.ChoiceField(
        label=_("Slag"),
        choices=[("", ""), *OrganisationKind.choices],
        help_text=_("Slaget avgör vilka roller som kan innehas och på vilka grunder något kan delas."),
    )
    field_order = ("name", "kind", "contact_function", "contact_email")


class UnitForm(ActForm):
    name = GuardedFormField(
        label=_("Enhetens namn"), max_length=150, help_text=_("Till exempel ett distrikt eller en skola.")
    )
