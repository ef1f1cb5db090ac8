"""The forms of efforts and of what belongs to them. The models' fields say what may not be written in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plats.web.common.days import WITHIN_REASON
from plats.web.common.territory import place_choices
from plats.web.documents.forms import AttachForm
from plats.web.efforts.kinds import ChildQuestion
from plats.web.efforts.models import ChildImpact, Effort, EffortDecision, EffortResource, ServiceReach
from plats.web.partners.forms import SteeringForm
from plats.web.places.models import Place
from plats.web.places.territory import place_label

PERCENT = 10_000
"""How many millionths are a percent."""


class EffortForm(SteeringForm):
    """What one writes about an effort. Shares that stand are kept; they have a form of their own."""

    places = forms.MultipleChoiceField(
        label=_("Platser"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Välj inga om platsen är okänd eller om insatsen gäller hela kommunen."),
    )
    reason = forms.CharField(
        label=_("Skäl till ändrat läge"), required=False, max_length=300, help_text=_("Kort, utan namn.")
    )

    class Meta:
        model = Effort
        fields: ClassVar[list[str]] = [
            "title",
            "kind",
            "level",
            "moment",
            "state",
            "summary",
            "problem",
            "cause",
            "factor_kind",
            "factor",
            "starts_on",
            "ends_on",
            "age_from",
            "age_to",
            "sex",
            "group_size",
            "effect",
            "follow_up",
            "case_number",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "problem": _("Vilket problem insatsen svarar mot."),
            "cause": _("Vad som orsakar problemet. Skriv att den är okänd om ingen vet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["places"]
        places.choices = place_choices()
        if self.instance.pk:
            there = [one.place for one in self.instance.places.select_related("place")]
            places.initial = [f"{one.division}/{one.slug}" for one in there]
            # One that is not offered, as a DeSO put there by a file, is not lost because the rest is changed.
            offered = {key for key, _name in places.choices}
            kept = [one for one in there if f"{one.division}/{one.slug}" not in offered]
            places.choices += [(f"{one.division}/{one.slug}", place_label(one)) for one in kept]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", _("Den slutar innan den börjar. Välj en senare dag."))
        ages = (said.get("age_from"), said.get("age_to"))
        if ages[0] is not None and ages[1] is not None and ages[1] < ages[0]:
            self.add_error("age_to", _("Åldern till är lägre än åldern från. Byt plats på dem."))
        return said

    @property
    def chosen_places(self) -> dict[Place, int | None]:
        """The places that were ticked, each with the share that stands; unknown for new ones. Two queries."""
        shares = {}
        if self.instance.pk:
            shares = dict(self.instance.places.values_list("place_id", "share_millionths"))
        wanted = set(self.cleaned_data["places"])
        here = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY)
        return {
            one: shares.get(one.pk) for one in here.order_by("pk") if f"{one.division}/{one.slug}" in wanted
        }


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that belongs to an effort."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                field.validators = [*field.validators, *WITHIN_REASON]
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            field.label = str(field.label).capitalize()
        place: Any = self.fields.get("place")
        if place is not None:
            keys = [key for key, _name in place_choices()]
            divisions = {key.partition("/")[0] for key in keys}
            here = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY, division__in=divisions)
            place.queryset = here.order_by("division", "name")


class ServiceForm(PartForm):
    website = forms.URLField(label=_("webbplats"), required=False, max_length=300, assume_scheme="https")

    class Meta:
        model = ServiceReach
        fields: ClassVar[list[str]] = [
            "place",
            "where",
            "opening_hours",
            "contact_function",
            "phone",
            "website",
            "languages",
            "without_appointment",
            "waiting_days",
            "easy_text",
            "english_text",
        ]


class ResourceForm(PartForm):
    kronor = forms.DecimalField(
        label=_("Belopp i kronor"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=_("Lämna tomt om beloppet är okänt."),
    )

    class Meta:
        model = EffortResource
        fields: ClassVar[list[str]] = ["year", "place", "source", "hours", "seats"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["year", "kronor", "source", "place", "hours", "seats"])

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if not 1990 <= year <= 2100:
            raise forms.ValidationError(_("Skriv ett år mellan 1990 och 2100."))
        return year

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        kronor = said.get("kronor")
        self.instance.amount_ore = None if kronor is None else int(kronor * 100)
        return said


class DecisionForm(PartForm):
    class Meta:
        model = EffortDecision
        fields: ClassVar[list[str]] = ["decided_on", "decided_by", "what", "case_number"]


class ChildForm(forms.Form):
    """The questions about children, each with its answer; an empty one is unanswered."""

    def __init__(self, *args: Any, effort: Effort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = dict(effort.child_impact.values_list("question", "answer"))
        answer = ChildImpact._meta.get_field("answer")
        for question in ChildQuestion:
            field: Any = answer.formfield(label=question.label, required=False)
            field.initial, field.widget.attrs["rows"] = there.get(question.value, ""), 3
            self.fields[question.value] = field

    @property
    def answers(self) -> dict[ChildQuestion, str]:
        return {question: self.cleaned_data[question.value] for question in ChildQuestion}


class ShareForm(forms.Form):
    """How much of an effort is in each of its places, in percent with two decimals; empty is unknown."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, effort: Effort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = effort.revision
        self._places = {f"plats{one.place_id}": one for one in effort.places.select_related("place")}
        for name, one in self._places.items():
            self.fields[name] = forms.DecimalField(
                label=one.place.name,
                help_text=_("Procent. Lämna tomt om andelen är okänd."),
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
                localize=True,
                initial=None if one.percent is None else Decimal(one.share_millionths or 0) / PERCENT,
            )

    @property
    def shares(self) -> dict[Place, int | None]:
        """Each place with its share in millionths."""
        said = {name: self.cleaned_data[name] for name in self._places}
        return {
            self._places[name].place: None if share is None else int(share * PERCENT)
            for name, share in said.items()
        }


class FileForm(AttachForm):
    """A file to attach."""

    button = _("Bifoga")


class RemoveForm(forms.Form):
    """Which of an effort's parts are to go."""

    button = _("Ta bort")

    bort = forms.MultipleChoiceField(
        label=_("Ta bort"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj det som ska bort i listan.")},
    )

    def __init__(self, *args: Any, rows: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        field: Any = self.fields["bort"]
        field.choices = [(key, f"{row._meta.verbose_name}: {part_words(row)}") for key, row in rows.items()]

    @property
    def chosen(self) -> list[Any]:
        return [self._rows[key] for key in self.cleaned_data["bort"]]


def part_words(row: Any) -> str:
    """What a part of an effort is called in a list of them."""
    if isinstance(row, ServiceReach):
        said = [str(row.place or ""), row.where, row.opening_hours, row.contact_function]
    elif isinstance(row, EffortResource):
        said = [str(row.year), str(row.place or ""), row.source]
    elif isinstance(row, EffortDecision):
        said = [row.decided_on.isoformat(), row.what]
    else:
        said = [str(row.name)]
    return ", ".join(one for one in said if one) or str(_("utan uppgifter"))
