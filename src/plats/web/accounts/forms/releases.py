"""The form of a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.actions import ReleaseTerms
from plats.web.accounts.forms.base import ActForm, choose
from plats.web.accounts.models import LegalBasis, Organisation
from plats.web.accounts.releasable import releasable_kinds
from plats.web.accounts.rules import basis_fits, latest_release_day
from plats.web.common.guard import GuardedFormField


class ReleaseForm(ActForm):
    """What is shared, with whom, why, on what ground and until when."""

    what = forms.ChoiceField(
        label=_("Vad som delas"),
        help_text=_("Allt av ett slag som organisationen äger. Ett enda objekt delas från dess egen sida."),
    )
    from_organisation = forms.ChoiceField(label=_("Delas av"))
    to_organisation = forms.ChoiceField(label=_("Delas med"))
    purpose = GuardedFormField(
        label=_("Ändamål"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vad den andra organisationen ska använda uppgifterna till."),
    )
    legal_basis = forms.ChoiceField(
        label=_("Rättslig grund"),
        widget=forms.RadioSelect,
        choices=LegalBasis.choices,
        help_text=_(
            "Grunder i offentlighets- och sekretesslagen (OSL) gäller när den som delar är en myndighet."
        ),
    )
    valid_until = forms.DateField(
        label=_("Till och med"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        givers: Sequence[Organisation],
        takers: Sequence[Organisation],
        title: str = "",
    ) -> None:
        super().__init__(data)
        self._organisations = {str(one.public_id): one for one in (*givers, *takers)}
        choose(
            self,
            "what",
            [(one.kind, _("Alla: %(kind)s") % {"kind": one.label}) for one in releasable_kinds()],
        )
        choose(self, "from_organisation", [(str(one.public_id), one.name) for one in givers])
        choose(
            self,
            "to_organisation",
            [
                ("", _("Välj")),
                *(
                    (str(one.public_id), f"{one.name}, {one.get_kind_display()}")
                    for one in takers
                    if list(givers) != [one]
                ),
            ],
        )
        # Only grounds that can hold between some giver and some taker here; the action judges the pair.
        kinds = [(giver.kind, taker.kind) for giver in givers for taker in takers if giver != taker]
        choose(
            self,
            "legal_basis",
            [
                (value, label)
                for value, label in LegalBasis.choices
                if any(basis_fits(value, giver=giver, taker=taker) for giver, taker in kinds)
            ],
        )
        latest = latest_release_day(timezone.localdate())
        self.fields["valid_until"].help_text = _("Högst ett år fram: %(day)s.") % {"day": latest.isoformat()}
        if title:  # one object: its kind and its owner are given
            del self.fields["what"], self.fields["from_organisation"]
        elif len(givers) == 1:
            self.fields["from_organisation"].initial = str(givers[0].public_id)
            self.fields["from_organisation"].widget = forms.HiddenInput()

    def giver(self) -> Organisation:
        return self._organisations[self.cleaned_data["from_organisation"]]

    def taker(self) -> Organisation:
        return self._organisations[self.cleaned_data["to_organisation"]]

    def terms(self, **given: Any) -> ReleaseTerms:
        """What was written; `given` is the object, when it is one."""
        written = {name: self.cleaned_data[name] for name in ("purpose", "legal_basis", "valid_until")}
        return ReleaseTerms(**({"what": self.cleaned_data.get("what", "")} | written | given))
