"""The form that narrows the log."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.audit.names import names_of_all
from plats.web.audit.queries import CHANGES, Filters
from plats.web.audit.reads import DENIED, READ
from plats.web.audit.words import kind_choices

_NUMBER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
ACTS = [
    ("", _("Allt")),
    (READ, _("Läsning")),
    (DENIED, _("Nekat")),
    (CHANGES, _("Ändringar")),
    ("sign_in.", _("Misslyckad inloggning")),
    ("session.", _("Inloggning och utloggning")),
    ("audit.", _("Läsning och radering av loggen")),
]


class FilterForm(forms.Form):
    """Who, what, when. What cannot be read narrows nothing and is told at its field."""

    actor = forms.CharField(label=_("Vem (namn, e-post eller nummer)"), required=False, max_length=150)
    object_id = forms.CharField(label=_("Objekt (nummer eller adress)"), required=False, max_length=300)
    act = forms.CharField(label=_("Händelse"), required=False, max_length=64, widget=forms.Select)
    kind = forms.ChoiceField(label=_("Slag"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    since = forms.DateField(
        label=_("Från dag"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Till dag"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        chosen = str(self.data.get("act", ""))
        known = [value for value, _label in ACTS]
        fields["act"].widget.choices = [*ACTS, *([(chosen, chosen)] if chosen not in known else [])]
        fields["kind"].choices = [("", _("Alla slag")), *kind_choices()]
        fields["organisation"].choices = [("", _("Alla organisationer")), *names_of_all("organisation")]

    def clean_object_id(self) -> str:
        """The number, out of an address that was pasted whole."""
        text = str(self.cleaned_data["object_id"]).strip()
        found = _NUMBER.search(text)
        return found[0].lower() if found else text[:64]

    def clean_actor(self) -> str:
        return str(self.cleaned_data["actor"]).strip()

    @property
    def filters(self) -> Filters:
        """What could be read of the form."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})

    @property
    def is_narrow(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "before")
