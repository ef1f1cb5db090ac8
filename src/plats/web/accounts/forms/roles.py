"""Forms about roles: given, limited, offered in an invitation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.actions import Offer, Terms
from plats.web.accounts.forms.base import ActForm, choose
from plats.web.accounts.models import Membership, Unit
from plats.web.accounts.roles import ROLES
from plats.web.accounts.rules import INVITATION_DAYS, WHOLE
from plats.web.common.territory import place_choices


class TermsForm(ActForm):
    """Within what a role is held."""

    unit = forms.ChoiceField(label=_("Enhet"), required=False)
    last_day = forms.DateField(
        label=_("Sista dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Lämna tomt om rollen gäller tills vidare."),
    )
    places = forms.MultipleChoiceField(
        label=_("Begränsa till platser"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Utan val gäller rollen alla platser. Mindre områden följer med det de ligger i."),
    )
    whole = False

    def __init__(self, data: Any = None, *, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(data, **options)
        self._units = {str(one.public_id): one for one in units}
        choose(
            self,
            "unit",
            [("", _("Hela organisationen")), *((key, one.name) for key, one in self._units.items())],
        )
        choose(self, "places", place_choices())
        if not self._units:
            del self.fields["unit"]
        if self.whole or not self.fields["places"].choices:  # type: ignore[attr-defined]
            del self.fields["places"]

    def terms(self) -> Terms:
        """What was written, once the form is valid."""
        return Terms(
            unit=self._units.get(self.cleaned_data.get("unit", "")),
            place_keys=self.cleaned_data.get("places", []),
            last_day=self.cleaned_data.get("last_day"),
        )


class ChangeTermsForm(TermsForm):
    """The terms of a role that someone holds."""

    def __init__(self, data: Any = None, *, membership: Membership, units: Sequence[Unit]) -> None:
        self.whole = membership.role in WHOLE
        super().__init__(
            data,
            units=units,
            initial={
                "unit": str(membership.unit.public_id) if membership.unit else "",
                "last_day": membership.last_day,
                "places": [one.place_key for one in membership.places.all()],
            },
        )


class RoleForm(TermsForm):
    """A role, and within what it is held."""

    role = forms.ChoiceField(label=_("Roll"), widget=forms.RadioSelect)
    field_order: Sequence[str] | None = ("role", "unit", "places", "last_day")

    def __init__(self, data: Any = None, *, roles: Iterable[str], units: Sequence[Unit]) -> None:
        super().__init__(data, units=units)
        choose(self, "role", [(role, _described(role)) for role in roles])


class InviteForm(RoleForm):
    """Who is invited to what."""

    email = forms.EmailField(
        label=_("E-postadress i tjänsten"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Dit går ett brev med en länk som gäller i två veckor och fungerar en gång."),
    )
    may_write = forms.ChoiceField(
        label=_("Kontot får"),
        widget=forms.RadioSelect,
        choices=[("write", _("Läsa och skriva")), ("read", _("Bara läsa"))],
        initial="write",
        help_text=_("Gäller ett nytt konto. Den som redan har ett konto behåller det som det är."),
    )
    field_order = ("email", "role", "unit", "places", "may_write")

    def __init__(self, data: Any = None, *, roles: Iterable[str], units: Sequence[Unit]) -> None:
        super().__init__(data, roles=roles, units=units)
        del self.fields["last_day"]  # given when the role is held

    def offer(self) -> Offer:
        """What was written, once the form is valid."""
        return Offer(
            email=self.cleaned_data["email"],
            role=self.cleaned_data["role"],
            terms=self.terms(),
            may_write=self.cleaned_data["may_write"] == "write",
            days=INVITATION_DAYS,
        )


# Internals


def _described(role: str) -> Any:
    known = ROLES[role]
    return format_html(
        '<b>{}</b> <span class="hint">{}</span>', str(known.display_name), str(known.description)
    )
