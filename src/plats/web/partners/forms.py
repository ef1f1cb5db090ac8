"""The forms of agreements, commitments, promises and duties. The models' fields say what may not be written in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.common.days import WITHIN_REASON
from plats.web.common.territory import place_choices
from plats.web.partners import queries_work
from plats.web.partners.kinds import FocusTopic
from plats.web.partners.models import Agreement, CitizenPromise, Commitment, DutyState
from plats.web.places.models import Place

_DAY = {"type": "date"}
_NO_LONGER_SEEN = _("en överenskommelse som du inte längre ser")
ENDS_FIRST = _("Den slutar innan den börjar. Välj en senare dag.")


class SteeringForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is written about a row, and the revision that the form showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision if self.instance.pk else 0
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
                field.validators = [*field.validators, *WITHIN_REASON]
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
            field.label = _sentence(str(field.label))

    @property
    def values(self) -> dict[str, Any]:
        """What was written, by the row's field."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def shown_revision(self) -> int:
        return self.cleaned_data["revision"] or 0


class HandledForm(SteeringForm):
    """A row that someone in the organisation sees to. `user` writes, `owner` is the organisation."""

    def __init__(self, *args: Any, user: Any, owner: Organisation, **kwargs: Any) -> None:
        kind = self._meta.model.object_kind
        super().__init__(*args, **kwargs)
        handler: Any = self.fields["handler"]
        handler.queryset = queries_work.handlers(user, owner, f"{kind}.write")
        handler.to_field_name, handler.empty_label = "public_id", _("ingen")
        handler.label_from_instance = lambda person: person.name
        handler.help_text = _("Visas bara i den egna organisationen.")
        self.initial["handler"] = self._handler(user)
        if "agreement" in self.fields:
            self._offer_agreements(queries_work.agreements_to_name(user, owner))

    def _handler(self, user: Any) -> Any:
        person = self.instance.handler if self.instance.pk else user
        return person.public_id if person else None

    def _offer_agreements(self, rows: Any) -> None:
        """Let the agreement be chosen by its number. The one that stands stays, unnamed when it is no longer seen."""
        field: Any = self.fields["agreement"]
        there = self.instance.agreement_id
        hidden = there if there and not rows.filter(pk=there).exists() else None
        # By number alone: what is not seen any more is asked for by nobody, and kept as it stands.
        field.queryset = (rows | Agreement.objects.filter(pk=hidden)).distinct() if hidden else rows
        field.to_field_name, field.empty_label = "public_id", _("ingen")
        field.label_from_instance = lambda one: _NO_LONGER_SEEN if one.pk == hidden else one.title
        one = self.instance.agreement if there else self.initial.get("agreement")
        self.initial["agreement"] = one.public_id if one else None


class AgreementForm(HandledForm):
    parties = forms.ModelMultipleChoiceField(
        label=_("Parter"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Fokusområden"), choices=FocusTopic.choices, widget=forms.CheckboxSelectMultiple
    )
    overlap_seen = forms.BooleanField(
        label=_("Jag vet att de gäller samtidigt. Spara ändå."), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Agreement
        fields: ClassVar[list[str]] = [
            "title",
            "purpose",
            "starts_on",
            "ends_on",
            "decided_on",
            "decided_by",
            "renew_by",
            "case_number",
            "follow_up",
            "handler",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties: Any = self.fields["parties"]
        parties.queryset = Organisation.objects.open().order_by("name")
        if self.instance.pk:
            there = [one.organisation_id for one in self.instance.parties.all()]
            # An organisation that has closed since stays a party.
            parties.queryset = (parties.queryset | Organisation.objects.filter(pk__in=there)).distinct()
            parties.initial = there
            self.fields["topics"].initial = [one.topic for one in self.instance.focus_areas.all()]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ENDS_FIRST)
        return said

    def ask_about_overlap(self) -> None:
        """Show the box that says that it is known, with what else can be done."""
        self.fields["overlap_seen"].widget = forms.CheckboxInput()
        self.add_error("overlap_seen", _("Ändra tiden, parterna eller fokusområdena, eller kryssa i rutan."))


class CommitmentForm(HandledForm):
    evidence_url = forms.URLField(
        label=_("underlagets adress"), required=False, max_length=300, assume_scheme="https"
    )

    class Meta:
        model = Commitment
        fields: ClassVar[list[str]] = [
            "title",
            "made_in",
            "made_on",
            "agreement",
            "who",
            "due_on",
            "state",
            "state_on",
            "evidence",
            "evidence_url",
            "case_number",
            "handler",
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        made, held = said.get("made_on"), said.get("state_on")
        if made and held and held < made:
            self.add_error("state_on", _("Läget kan inte gälla före den dag åtagandet gjordes."))
        return said


class DutyForm(SteeringForm):
    class Meta:
        model = DutyState
        fields: ClassVar[list[str]] = ["progress", "done_on", "next_due_on", "evidence"]


class PromiseForm(HandledForm):
    class Meta:
        model = CitizenPromise
        fields: ClassVar[list[str]] = [
            "title",
            "theme",
            "place",
            "agreement",
            "starts_on",
            "ends_on",
            "responsible",
            "activities",
            "follow_up",
            "public_answer",
            "case_number",
            "handler",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Vad invånarna kan räkna med. Kort och så att det går att se om det hölls."),
            "public_answer": _("Vad det blev av löftet, på vanlig svenska."),
        }

    def __init__(self, *args: Any, user: Any, owner: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, user=user, owner=owner, **kwargs)
        place: Any = self.fields["place"]
        rows = queries_work.places_to_name(user, owner)
        there = self.instance.place_id
        place.queryset = (rows | type(rows)(Place).filter(pk=there)).distinct() if there else rows
        place.empty_label = _("hela kommunen")
        names = dict(place_choices())
        place.label_from_instance = lambda one: names.get(f"{one.division}/{one.slug}", one.name)
        responsible: Any = self.fields["responsible"]
        responsible.queryset = Organisation.objects.visible_to(user).open().order_by("name")
        responsible.empty_label = _("okänt")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ENDS_FIRST)
        return said


# Internals


def _sentence(text: str) -> str:
    """The first letter a capital, the rest as it is written."""
    return text[:1].upper() + text[1:]
