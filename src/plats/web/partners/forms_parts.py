"""The forms of what belongs to an agreement, and of a partner's page with its contacts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.partners.forms import SteeringForm
from plats.web.partners.models import (
    Activity,
    Agreement,
    AgreementFollowUp,
    AgreementParty,
    FocusArea,
    PartnerContact,
    PartnerPage,
)


class PartForm(SteeringForm):
    """A part of `agreement`: new, or one that is there."""

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        if not self.instance.pk and not isinstance(self.instance, Activity):
            self.instance.agreement = agreement


class ActivityForm(PartForm):
    class Meta:
        model = Activity
        fields: ClassVar[list[str]] = ["focus_area", "what", "responsible", "due_on", "state", "evidence"]
        help_texts: ClassVar[dict[str, Any]] = {
            "responsible": _("En av parterna. Lämna tomt om ingen är utsedd."),
            "evidence": _("Vad som visar hur det gick."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["focus_area"]
        area.queryset = FocusArea.objects.filter(agreement=self.agreement).order_by("position", "pk")
        responsible: Any = self.fields["responsible"]
        parties = AgreementParty.objects.filter(agreement=self.agreement)
        responsible.queryset = Organisation.objects.filter(pk__in=parties.values("organisation")).order_by(
            "name"
        )
        responsible.empty_label = _("okänt")


class FollowUpForm(PartForm):
    evidence_url = forms.URLField(
        label=_("underlagets adress"), required=False, max_length=300, assume_scheme="https"
    )

    class Meta:
        model = AgreementFollowUp
        fields: ClassVar[list[str]] = ["followed_on", "outcome", "evidence", "evidence_url", "next_on"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        seen, again = said.get("followed_on"), said.get("next_on")
        if seen and again and again <= seen:
            self.add_error("next_on", _("Nästa uppföljning kommer efter den här. Välj en senare dag."))
        return said


class FocusForm(PartForm):
    class Meta:
        model = FocusArea
        fields: ClassVar[list[str]] = ["text"]


class PartyForm(PartForm):
    class Meta:
        model = AgreementParty
        fields: ClassVar[list[str]] = ["function", "joined_on", "left_on"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("joined_on"), said.get("left_on")
        if first and last and last < first:
            self.add_error("left_on", _("Parten lämnar innan den kom med. Välj en senare dag."))
        return said


class PageForm(SteeringForm):
    website = forms.URLField(label=_("webbplats"), required=False, max_length=300, assume_scheme="https")

    class Meta:
        model = PartnerPage
        fields: ClassVar[list[str]] = ["about", "website", "is_public"]
        labels: ClassVar[dict[str, Any]] = {"is_public": _("Visa sidan för alla")}


class ContactForm(SteeringForm):
    class Meta:
        model = PartnerContact
        fields: ClassVar[list[str]] = ["function", "matter", "opening_hours", "phone", "email"]
        help_texts: ClassVar[dict[str, Any]] = {
            "opening_hours": _("Till exempel vardagar klockan 9–12."),
            "phone": _("Växelns eller funktionens nummer, aldrig en persons eget."),
            "email": _("Funktionens brevlåda, aldrig en persons egen."),
        }
