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
from plats.web.goals.actions import GoalContent, Judgement, TargetContent
from plats.web.goals.kinds import FollowUpPeriod, GoalLevel, GoalStatus, TargetDirection, TargetScope
from plats.web.goals.models import Goal, GoalVersion
from plats.web.places.models import Place

_DAY = {"type": "date"}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class DraftForm(forms.Form):
    """For which time a new version is written."""

    starts_on = forms.DateField(label=_("Gäller från"), widget=forms.DateInput(attrs=_DAY))
    ends_on = forms.DateField(label=_("Gäller till och med"), widget=forms.DateInput(attrs=_DAY))


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
    scope = forms.ChoiceField(
        label=_("Gäller"), choices=[one for one in TargetScope.choices if one[0] != TargetScope.AREA_TYPE]
    )
    place = forms.ModelChoiceField(label=_("Plats"), queryset=Place.objects.none(), required=False)
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
        place: Any = self.fields["place"]
        place.queryset = Place.objects.filter(division__in=["kommundel", "regso"]).order_by(
            "division", "name"
        )

    @property
    def content(self) -> TargetContent:
        return TargetContent(**{name: one for name, one in self.cleaned_data.items() if name != "revision"})


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
