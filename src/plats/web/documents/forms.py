"""The forms of documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import Organisation, User
from plats.web.common.guard import GuardedForm, GuardedFormField
from plats.web.common.territory import place_choices
from plats.web.documents import queries
from plats.web.documents.actions import Content
from plats.web.documents.models import Document
from plats.web.documents.rules import check_case_number
from plats.web.documents.uploads.limits import MEGABYTE, allowed_suffixes, limit


class DocumentForm(GuardedForm):
    """What a person writes about a document. Choices are those of the organisation that owns it."""

    title = GuardedFormField(
        label=_("Rubrik"),
        max_length=200,
        help_text=_("Vad handlingen gäller. Syns i listor, så skriv ingen person."),
    )
    case_number = GuardedFormField(
        label=_("Diarienummer"),
        max_length=40,
        required=False,
        validators=[check_case_number],
        help_text=_("Om ärendet är diariefört: KS-2023/123."),
    )
    place = forms.ChoiceField(label=_("Plats"), required=False)
    description = GuardedFormField(
        label=_("Beskrivning"),
        required=False,
        max_length=10_000,
        override_allowed=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Vad som hänt eller ska göras, på platsen. Inga namn, personnummer eller telefonnummer."),
    )
    responsible = forms.ChoiceField(label=_("Ansvarig"))
    is_protected = forms.BooleanField(
        label=_("Skyddad"),
        required=False,
        help_text=_("Varje gång någon öppnar handlingen skrivs det i granskningsloggen."),
    )

    def __init__(self, *args: Any, user: User, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = queries.places_to_choose(user, organisation)
        self.people = {str(one.public_id): one for one in queries.people_to_answer(user, organisation)}
        self._offer_places(user.grants.places_by_organisation("document.write").get(organisation.pk))
        people: Any = self.fields["responsible"]
        people.choices = [(key, person.name) for key, person in self.people.items()]
        people.initial = str(user.public_id)

    def _offer_places(self, reach: frozenset[int] | None) -> None:
        choices: list[tuple[str, Any]] = [(key, label) for key, (label, _place) in self.places.items()]
        field: Any = self.fields["place"]
        # One whose role is for some places writes about one of them.
        field.required = reach is not None
        field.choices = [("", _("Välj plats") if reach is not None else _("Ingen särskild plats")), *choices]

    @property
    def content(self) -> Content:
        """What was written, of a form that is valid."""
        cleaned = self.cleaned_data
        chosen = self.places.get(cleaned["place"])
        return Content(
            title=cleaned["title"],
            case_number=cleaned["case_number"],
            description=cleaned["description"],
            place=chosen[1] if chosen else None,
            responsible=self.people[cleaned["responsible"]],
            is_protected=cleaned["is_protected"],
        )

    @property
    def reason(self) -> str:
        """Why a description is saved all the same; '' when nothing was found in it."""
        return str(self.cleaned_data["override_reason"])


class ChangeForm(DocumentForm):
    """The same about a document that is there. It remembers what it showed, so that a conflict can be told."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        self.document = document
        super().__init__(*args, initial=written(document), organisation=document.organisation, **kwargs)
        for name in _WRITTEN:
            self.fields[name].show_hidden_initial = True
        self._keep_choices(document)

    def shown(self, name: str) -> str:
        """What the form showed in a field when it was opened, as a browser would send it back."""
        text = str(self.data.get(self[name].html_initial_name, ""))
        if isinstance(self.fields[name], forms.BooleanField):
            return "on" if text in ("on", "True") else ""
        return text.replace("\r\n", "\n")

    def in_words(self, name: str, value: Any) -> str:
        """A field's value as a person reads it."""
        if isinstance(value, bool):
            return gettext("ja") if value else gettext("nej")
        named = dict(getattr(self.fields[name], "choices", ()))
        return str(named.get(value, value)) or gettext("inget")

    def _keep_choices(self, document: Document) -> None:
        """What stands can stay, even if it could not be chosen anew: a place of a finer division, one who has left."""
        if document.place is not None:
            key, place = _key_of(document), document.place
            if key not in self.places:
                self.places[key] = (place.name, place)
                self.fields["place"].choices.append((key, place.name))  # type: ignore[attr-defined]
        person = document.responsible
        if str(person.public_id) not in self.people:
            self.people[str(person.public_id)] = person
            self.fields["responsible"].choices.append((str(person.public_id), person.name))  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The day a matter was over."""

    closed_on = forms.DateField(
        label=_("Avslutad"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Den dag ärendet blev klart. Tiden i arkivet räknas härifrån."),
        error_messages={"invalid": _("Skriv dagen som 2026-11-23.")},
    )


class AttachForm(forms.Form):
    """A file to add."""

    file = forms.FileField(
        label=_("Välj fil"),
        max_length=None,
        allow_empty_file=True,  # told by the checks of uploads, which know every reason
        error_messages={"required": _("Välj en fil först.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{one}" for one in allowed_suffixes())
        self.fields["file"].help_text = _("Högst %(most)s MB: %(types)s.") % {
            "most": limit("largest_bytes") // MEGABYTE,
            "types": ", ".join(allowed_suffixes()),
        }


class FilterForm(forms.Form):
    """What the list is narrowed to. What cannot be read is no limit."""

    q = forms.CharField(label=_("Ord eller diarienummer"), required=False, max_length=100)
    plats = forms.ChoiceField(label=_("Plats"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    lage = forms.ChoiceField(
        label=_("Läge"),
        required=False,
        choices=[("", _("Alla")), ("open", _("Pågående")), ("closed", _("Avslutade"))],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = queries.owners_seen(user)
        places: Any = self.fields["plats"]
        places.choices = [("", _("Alla platser")), *place_choices()]
        organisations: Any = self.fields["organisation"]
        organisations.choices = [("", _("Alla")), *((str(one.public_id), one.name) for one in owners)]
        if len(owners) < 2:
            del self.fields["organisation"]

    @property
    def filters(self) -> queries.Filters:
        self.full_clean()
        said = self.cleaned_data
        organisation = said.get("organisation") or ""
        return queries.Filters(
            text=said.get("q", "").strip(),
            place_key=said.get("plats", ""),
            organisation=UUID(organisation) if organisation else None,
            state=said.get("lage", ""),
        )


def written(document: Document) -> dict[str, Any]:
    """The document as its form shows it."""
    return {
        "title": document.title,
        "case_number": document.case_number,
        "place": _key_of(document),
        "description": document.description,
        "responsible": str(document.responsible.public_id),
        "is_protected": document.is_protected,
        "revision": document.revision,
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone else has changed meanwhile: what stands now, and what this person wrote, if anything."""

    label: str
    now: str
    mine: str


def after_conflict(form: ChangeForm, error: ConflictError, user: User) -> tuple[ChangeForm, list[Difference]]:
    """The form again, when someone else was first, and what they changed.

    What this person wrote stands, the rest is as it is now: sent once more it writes just what this person has changed.
    """
    current: Any = error.obj
    now = written(current)
    again = ChangeForm(_merged(form, now), document=current, user=user)
    differences = [
        Difference(
            label=str(form.fields[name].label),
            now=again.in_words(name, now[name]),
            mine=again.in_words(name, form.cleaned_data[name]) if name in form.changed_data else "",
        )
        for name in _WRITTEN
        if form.shown(name) != _sent(now[name])
    ]
    return again, differences


# Internals

_WRITTEN = ("title", "case_number", "place", "description", "responsible", "is_protected")


def _key_of(document: Document) -> str:
    return f"{document.place.division}/{document.place.slug}" if document.place else ""


def _merged(form: ChangeForm, now: dict[str, Any]) -> QueryDict:
    """What was sent, with the fields that this person left alone as they are now, and now as what was shown."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["revision"] = str(now["revision"])
    for name in _WRITTEN:
        field = form[name]
        if name not in form.changed_data:
            _put(data, field.html_name, _sent(now[name]))
        _put(data, field.html_initial_name, _sent(now[name]))
    return data


def _sent(value: Any) -> str:
    """A value as a browser would send it."""
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)


def _put(data: QueryDict, name: str, value: str) -> None:
    """A box that is not ticked is not sent at all."""
    if value:
        data[name] = value
    else:
        data.pop(name, None)
