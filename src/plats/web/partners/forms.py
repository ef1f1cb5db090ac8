"""The forms of agreements, commitments and duties. The models' fields say what may not be written in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.partners.kinds import FocusTopic
from plats.web.partners.models import Agreement, Commitment, DutyState

_DAY = {"type": "date"}


class SteeringForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is written about a row, and the revision that the form showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision if self.instance.pk else 0
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
            field.label = str(field.label).capitalize()

    @property
    def values(self) -> dict[str, Any]:
        """What was written, by the row's field."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def shown_revision(self) -> int:
        return self.cleaned_data["revision"] or 0


class AgreementForm(SteeringForm):
    parties = forms.ModelMultipleChoiceField(
        label=_("Parter"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Fokusområden"), choices=FocusTopic.choices, widget=forms.CheckboxSelectMultiple
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
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties: Any = self.fields["parties"]
        parties.queryset = Organisation.objects.open().order_by("name")
        if self.instance.pk:
            parties.initial = [one.organisation_id for one in self.instance.parties.all()]
            self.fields["topics"].initial = [one.topic for one in self.instance.focus_areas.all()]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Den slutar innan den börjar. Välj en senare dag."))
        return said


class CommitmentForm(SteeringForm):
    evidence_url = forms.URLField(
        label=_("underlagets adress"), required=False, max_length=300, assume_scheme="https"
    )

    class Meta:
        model = Commitment
        fields: ClassVar[list[str]] = [
            "title",
            "made_in",
            "made_on",
            "who",
            "due_on",
            "state",
            "state_on",
            "evidence",
            "evidence_url",
            "case_number",
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
