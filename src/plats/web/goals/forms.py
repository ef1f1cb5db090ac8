"""The forms of plans and goals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.catalog.load import catalog
from plats.web.accounts.models import Organisation
from plats.web.common.guard import GuardedForm, GuardedFormField
from plats.web.common.language import language
from plats.web.goals.actions import GoalContent, Judgement, PlanContent, TargetContent
from plats.web.goals.kinds import (
    FollowUpPeriod,
    GoalLevel,
    GoalStatus,
    PlanKind,
    TargetDirection,
    TargetScope,
)
from plats.web.goals.models import Goal, GoalVersion, Target
from plats.web.places.models import Place

_DAY = {"type": "date"}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class DraftForm(forms.Form):
    """For which time a new version is written."""

    starts_on = forms.DateField(label=_("Gäller från"), widget=forms.DateInput(attrs=_DAY))
    ends_on = forms.DateField(label=_("Gäller till och med"), widget=forms.DateInput(attrs=_DAY))


class PlanForm(GuardedForm, DraftForm):
    """A new plan and the time its first draft is for."""

    organisation = forms.ModelChoiceField(
        label=_("Nämnd eller organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    title = GuardedFormField(label=_("Rubrik"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"), choices=PlanKind.choices)
    case_number = GuardedFormField(label=_("Diarienummer"), max_length=40, required=False)

    field_order = ("organisation", "title", "kind", "starts_on", "ends_on", "case_number")

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = owners

    @property
    def content(self) -> PlanContent:
        return PlanContent(**{name: self.cleaned_data[name] for name in ("title", "kind", "case_number")})


class PublishForm(forms.Form):
    """Whether everyone is to see the plan. `revision` is the plan's, as it was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    public = forms.BooleanField(widget=forms.HiddenInput, required=False)


class RevisionForm(forms.Form):
    """A yes to what the page asks. `revision` is the draft's, as it was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class UnderForm(RevisionForm):
    """Which goal a goal is to belong to."""

    parent = forms.ModelChoiceField(
        label=_("Hör till"),
        queryset=Goal.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("inget annat mål"),
        help_text=_("Målen i utkastet och andra mål som du ser."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Goal.objects.visible_to(user).order_by("title")


class KronorField(forms.DecimalField):
    """An amount in kronor, as people write it: 1 250 000 or 1250,50."""

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class BudgetForm(GuardedForm, RevisionForm):
    """A line of the budget that a goal has. What is not known is left empty."""

    label = GuardedFormField(
        label=_("Rad i mål och budget"), max_length=200, help_text=_("Som raden heter i budgeten.")
    )
    kronor = KronorField(
        label=_("Belopp i kronor"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=_("Lämna tomt om beloppet är okänt."),
    )
    year = forms.IntegerField(
        label=_("År"),
        required=False,
        min_value=_FIRST_YEAR,
        max_value=_LAST_YEAR,
        help_text=_("Lämna tomt om året är okänt."),
    )

    @property
    def line(self) -> dict[str, Any]:
        """What the action is to write: öre, or None where nobody has said how much."""
        kronor = self.cleaned_data["kronor"]
        return {
            "label": self.cleaned_data["label"],
            "year": self.cleaned_data["year"],
            "amount_ore": None if kronor is None else int(kronor * 100),
        }


class GoalForm(GuardedForm):
    """What a draft says of a goal. `revision` is the draft's, as it was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = GuardedFormField(
        label=_("Mål"), max_length=300, help_text=_("Vad som ska vara uppnått, i en mening.")
    )
    level = forms.ChoiceField(label=_("Nivå"), choices=GoalLevel.choices)
    text = GuardedFormField(
        label=_("Beskrivning"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    problem = GuardedFormField(
        label=_("Problem det svarar mot"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    parent = forms.ModelChoiceField(label=_("Hör till"), queryset=Goal.objects.none(), required=False)
    responsible = forms.ModelChoiceField(
        label=_("Ansvarig"), queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        responsible: Any = self.fields["responsible"]
        parent.queryset = Goal.objects.visible_to(user).order_by("title")
        responsible.queryset = Organisation.objects.visible_to(user).open().order_by("name")
        for field in (parent, responsible):
            field.to_field_name = "public_id"

    @property
    def content(self) -> GoalContent:
        wanted = ("title", "level", "text", "problem", "parent", "responsible")
        return GoalContent(**{name: self.cleaned_data[name] for name in wanted})


def written(one: GoalVersion) -> dict[str, Any]:
    """What stands, as the form shows it first."""
    return {
        "revision": one.plan_version.revision,
        "title": one.title,
        "level": one.level,
        "text": one.text,
        "problem": one.problem,
        "parent": one.parent.public_id if one.parent else None,
        "responsible": one.responsible.public_id if one.responsible else None,
    }


class TargetForm(forms.Form):
    """A target for a goal of a draft."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    indicator = forms.ChoiceField(label=_("Indikator"))
    scope = forms.ChoiceField(label=_("Gäller"), choices=TargetScope.choices)
    place = forms.ModelChoiceField(
        label=_("Plats"),
        queryset=Place.objects.none(),
        required=False,
        help_text=_("Bara när målvärdet gäller en plats."),
    )
    area_type = forms.TypedChoiceField(
        label=_("Områdestyp"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Bara när målvärdet gäller ett slags områden. Typen är SCB:s."),
    )
    direction = forms.ChoiceField(label=_("Riktning"), choices=TargetDirection.choices)
    baseline = forms.FloatField(
        label=_("Utgångsläge"),
        required=False,
        help_text=_("Lämna tomt för att ta siffran från utgångsåret. Andelar skrivs som 0,62."),
        localize=True,
    )
    baseline_year = forms.IntegerField(label=_("Utgångsår"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    target = forms.FloatField(label=_("Målvärde"), localize=True)
    target_year = forms.IntegerField(label=_("Målår"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator: Any = self.fields["indicator"]
        indicator.choices = [
            (name, one.short_title.write(language()))
            for name, one in catalog().indicators.items()
            if one.direction != "none"
        ]
        area_type: Any = self.fields["area_type"]
        labels = catalog().indicators["area_type"].class_labels
        area_type.choices = [
            ("", "---------"),
            *((number, f"{number}, {label.write(language())}") for number, label in labels.items()),
        ]
        place: Any = self.fields["place"]
        place.queryset = Place.objects.filter(division__in=["kommundel", "regso"]).order_by(
            "division", "name"
        )

    @property
    def content(self) -> TargetContent:
        return TargetContent(**{name: one for name, one in self.cleaned_data.items() if name != "revision"})


def set_out(target: Target) -> dict[str, Any]:
    """A target as it stands, as the form shows it first."""
    shown = {name: getattr(target, name) for name in TargetForm.base_fields if name != "revision"}
    return shown | {"revision": target.goal_version.plan_version.revision}


class AdoptForm(GuardedForm):
    """The decision that adopts a draft."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    adopted_on = forms.DateField(label=_("Antagen den"), widget=forms.DateInput(attrs=_DAY))
    adopted_by = GuardedFormField(
        label=_("Antagen av"),
        max_length=150,
        help_text=_("Organet, inte en person: Kultur- och fritidsnämnden."),
    )
    case_number = GuardedFormField(label=_("Diarienummer"), max_length=40, required=False)


class FollowUpForm(GuardedForm):
    """How a goal stood after a period."""

    year = forms.IntegerField(label=_("År"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    period = forms.ChoiceField(label=_("Period"), choices=FollowUpPeriod.choices)
    status = forms.ChoiceField(label=_("Status"), choices=GoalStatus.choices)
    reason = GuardedFormField(label=_("Skäl"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    changed = GuardedFormField(
        label=_("Vad som ändras"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": timezone.localdate().year}, **kwargs)

    @property
    def judgement(self) -> Judgement:
        return Judgement(**{name: self.cleaned_data[name] for name in ("status", "reason", "changed")})
