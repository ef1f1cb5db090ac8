"""The forms of a file, and of one change of many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from plats.web.common.territory import place_choices
from plats.web.documents.uploads.limits import MEGABYTE, limit
from plats.web.efforts.exchange import queries
from plats.web.efforts.exchange.bulk import Change, Chosen
from plats.web.efforts.exchange.queries import Narrowed
from plats.web.efforts.kinds import EffortKind, EffortState


class FileForm(forms.Form):
    """A file to try."""

    file = forms.FileField(label=_("Fil"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        suffix = str(sent.name).rsplit(".", 1)[-1].lower()
        if suffix not in ("csv", "xlsx"):
            raise forms.ValidationError(_("Välj en fil som slutar på .xlsx eller .csv."))
        if sent.size > limit("largest_bytes"):
            most = limit("largest_bytes") // MEGABYTE
            raise forms.ValidationError(_("Filen är för stor. Högst %(most)s MB.") % {"most": most})
        self.cleaned_data["suffix"] = suffix
        return sent


class NarrowForm(forms.Form):
    """Which of one's own efforts to choose among."""

    words = forms.CharField(label=_("Ord i rubriken"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Slag"), required=False, choices=[("", _("Alla slag")), *EffortKind.choices]
    )
    state = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[("", _("Alla lägen")), *EffortState.choices]
    )
    place = forms.ChoiceField(label=_("Plats"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [("", _("Alla platser")), *place_choices()]

    @property
    def narrowed(self) -> Narrowed:
        """What narrows; nothing does in a form that is wrong."""
        return Narrowed(**self.cleaned_data) if self.is_valid() else Narrowed()


class ChangeForm(forms.Form):
    """What is to become of those that are chosen."""

    new_state = forms.ChoiceField(
        label=_("Nytt läge"), required=False, choices=[("", _("Som det är")), *EffortState.choices]
    )
    goal = forms.ChoiceField(label=_("Lägg till mål"), required=False)
    public = forms.ChoiceField(
        label=_("Publicering"),
        required=False,
        choices=[("", _("Som det är")), ("yes", _("Publicera")), ("no", _("Dra tillbaka"))],
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {one.slug: one for one in queries.goals_to_choose(user)}
        goal: Any = self.fields["goal"]
        goal.choices = [("", _("Inget mål")), *((slug, one.title) for slug, one in self.goals.items())]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Välj vad som ska ändras: läge, mål eller publicering."))
        return cleaned

    @property
    def change(self) -> Change:
        cleaned = self.cleaned_data
        return Change(
            state=EffortState(cleaned["new_state"]) if cleaned["new_state"] else None,
            goal=self.goals.get(cleaned["goal"]),
            public={"yes": True, "no": False}.get(cleaned["public"]),
        )


def chosen_from(texts: list[str]) -> list[Chosen]:
    """What was ticked: each says the effort and the revision that the page showed; anything else is left out."""
    found = []
    for text in texts[: queries.MOST_CHOSEN]:
        number, _colon, revision = text.partition(":")
        try:
            found.append(Chosen(UUID(number), int(revision)))
        except ValueError:
            continue
    return found
