"""The forms of the registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from plats.catalog.load import catalog
from plats.web.accounts.models import Organisation
from plats.web.common.guard import GuardedFormField
from plats.web.common.language import language
from plats.web.registers.flows import FlowFilters, FlowState
from plats.web.registers.handing_out.actions import Choice
from plats.web.registers.handing_out.masking import How, missing_words
from plats.web.registers.handing_out.suggesting import Suggestion
from plats.web.retention.rules import LONGEST_DECISION

_WITHIN = (30, 90, 365)
_MOST_ENTRIES = 500


class FlowForm(forms.Form):
    """Between whom, and whether it still holds. What cannot be read narrows nothing."""

    giver = forms.ChoiceField(label=_("Från"), required=False)
    taker = forms.ChoiceField(label=_("Till"), required=False)
    state = forms.ChoiceField(label=_("Läge"), required=False)

    def __init__(self, *args: Any, parties: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parties = {str(one.public_id): one for one in parties}
        named = [("", _("Alla")), *((number, one.name) for number, one in self._parties.items())]
        fields: dict[str, Any] = self.fields
        fields["giver"].choices = fields["taker"].choices = named
        fields["state"].choices = [("", _("Alla")), *((one.value, one.label) for one in FlowState)]

    @property
    def filters(self) -> FlowFilters:
        self.is_valid()
        chosen = self.cleaned_data
        giver, taker = (self._parties.get(chosen.get(name, "")) for name in ("giver", "taker"))
        return FlowFilters(
            giver.public_id if giver else None,
            taker.public_id if taker else None,
            FlowState(chosen["state"]) if chosen.get("state") else None,
        )


class PersonForm(forms.Form):
    """Whom an extract is to be about. Sent as POST: a name in an address would end up in logs and histories."""

    person = forms.CharField(
        label=_("E-postadress eller namn"),
        min_length=3,
        max_length=254,
        help_text=_("Hela adressen finner också den som inte har något konto, men har bjudits in."),
    )


class CaseForm(forms.Form):
    """A case number, or the beginning of one."""

    number = forms.CharField(label=_("Diarienummer"), min_length=3, max_length=40)

    def clean_number(self) -> str:
        text = str(self.cleaned_data["number"]).strip()
        if not any(map(str.isdigit, text)):
            raise ValidationError(_("Skriv numret också, till exempel KS-2023/123."))
        return text


class DueForm(forms.Form):
    """How far ahead, and by which rule."""

    within = forms.TypedChoiceField(label=_("Inom"), coerce=int, required=False)
    rule = forms.ChoiceField(label=_("Regel"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["within"].choices = [
            (days, ngettext("%(n)s dag", "%(n)s dagar", days) % {"n": days}) for days in _WITHIN
        ]
        fields["rule"].choices = [("", _("Alla regler")), *rule_choices()]

    @property
    def within_days(self) -> int:
        self.is_valid()
        return int(self.cleaned_data.get("within") or _WITHIN[0])

    @property
    def rule_id(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("rule") or "")


class EraseForm(forms.Form):
    """Erasing by rule: which, and by which decision where it takes one."""

    rule = forms.ChoiceField(label=_("Regel"))
    decision = GuardedFormField(
        label=_("Gallringsbeslutets nummer"),
        max_length=LONGEST_DECISION,
        required=False,
        help_text=_("Till exempel KS-2026/123. Sparas för alltid i granskningsloggen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["rule"].choices = [("", _("Välj regel")), *rule_choices()]

    @property
    def rule_title(self) -> str:
        return dict(rule_choices()).get(self.cleaned_data.get("rule", ""), "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        rule = catalog().retention_rules.get(cleaned.get("rule", ""))
        if rule is not None and rule.needs_decision and not cleaned.get("decision"):
            self.add_error("decision", _("Regeln kräver ett gallringsbeslut. Ange dess nummer."))
        return cleaned


class EraseValuesForm(forms.Form):
    """Which entries' values are erased before their time, and by which decision."""

    entries = forms.CharField(
        label=_("Poster"), max_length=2_000, help_text=_("Nummer på poster: 17, 20–25. Högst 500 åt gången.")
    )
    decision = GuardedFormField(
        label=_("Beslutets nummer"),
        max_length=LONGEST_DECISION,
        help_text=_("Till exempel KS-2026/123. Sparas för alltid i granskningsloggen."),
    )

    def clean_entries(self) -> list[int]:
        numbers: set[int] = set()
        for part in str(self.cleaned_data["entries"]).replace("–", "-").split(","):
            start, _dash, end = part.strip().partition("-")
            first, last = _number(start), _number(end or start)
            if last < first or last - first >= _MOST_ENTRIES:
                raise ValidationError(_("Skriv nummer och intervall så här: 17, 20–25."))
            numbers.update(range(first, last + 1))
        if len(numbers) > _MOST_ENTRIES:
            raise ValidationError(_("Högst 500 poster åt gången."))
        return sorted(numbers)


class HandOutForm(forms.Form):
    """For each piece of a record: open, masked in parts or masked whole, on which section."""

    def __init__(self, *args: Any, suggestions: Sequence[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestions = suggestions
        hows = [
            (How.OPEN.value, _("Lämna ut")),
            (How.PARTS.value, _("Maskera delar")),
            (How.WHOLE.value, _("Maskera allt")),
        ]
        for one in suggestions:
            name = one.piece.name
            self.fields[f"how-{name}"] = forms.ChoiceField(
                label=one.piece.label, choices=hows, widget=forms.RadioSelect, initial=one.how.value
            )
            self.fields[f"section-{name}"] = forms.CharField(
                label=_("Stöd"), max_length=60, required=False, initial=one.section
            )
            self.fields[f"words-{name}"] = forms.CharField(
                label=_("Ord att maskera, med komma mellan"), max_length=2_000, required=False
            )

    def rows(self) -> list[dict[str, Any]]:
        """The pieces with their three fields, in order; folded where there is nothing to decide and nothing was."""
        rows = []
        for one in self.suggestions:
            fields = {part: self[f"{part}-{one.piece.name}"] for part in ("how", "section", "words")}
            was_touched = any(
                field.errors or (field.value() or "") != (field.initial or "") for field in fields.values()
            )
            rows.append({"suggestion": one, "is_open": bool(one.reasons) or was_touched, **fields})
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.suggestions:
            name = one.piece.name
            choice = self._choice(name)
            if choice.how is not How.OPEN and not choice.section:
                self.add_error(f"section-{name}", _("Ange den bestämmelse som maskningen stöds på."))
            if choice.how is How.PARTS and (missing := missing_words(one.piece.text, choice.words)):
                told = gettext("Står inte i texten: %(words)s. Rätta stavningen.") % {
                    "words": ", ".join(missing)
                }
                self.add_error(f"words-{name}", told)
        return cleaned

    @property
    def choices(self) -> dict[str, Choice]:
        """What was decided, of a form that is valid."""
        return {one.piece.name: self._choice(one.piece.name) for one in self.suggestions}

    def _choice(self, name: str) -> Choice:
        words = str(self.cleaned_data.get(f"words-{name}", "")).split(",")
        return Choice(
            How(self.cleaned_data.get(f"how-{name}") or How.OPEN),
            str(self.cleaned_data.get(f"section-{name}", "")).strip(),
            [word.strip() for word in words if word.strip()],
        )


def rule_choices() -> list[tuple[str, str]]:
    """The rules by which something is let go, by their names in the reader's language."""
    rules = {one: rule for one, rule in catalog().retention_rules.items() if not rule.is_for_ever}
    known = {rule_id: rule.title.write(language()) for rule_id, rule in rules.items()}
    return sorted(known.items(), key=lambda pair: pair[1].casefold())


# Internals


def _number(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit() and len(text) < 16):
        raise ValidationError(_("Skriv nummer och intervall så här: 17, 20–25."))
    return int(text)
