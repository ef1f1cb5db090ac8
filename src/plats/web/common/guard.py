"""The guard of free text: what points out a person is caught before it is saved, and explained.

A model says which of its fields are guarded; nothing else has to be remembered::

    description = GuardedTextField(_("beskrivning"), override_allowed=True)

Whatever saves the field then meets the guard, a form, an import or an interface: with a finding it raises
`PersonalDataError`, which a form shows at the field. Where the field allows it an act may save the text all the same,
for a reason that stands in its entry in the audit chain::

    with recorded(by=by, act="document.create", reason=reason) as record, overriding(record):
        document.save()

A form derives from `GuardedForm`: when something is found it asks for the reason, in a field of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.vocabulary.personal import Finding, find_personal

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
    _TextField = models.TextField[str, str]
else:
    _CharField = models.CharField
    _TextField = models.TextField

REASON = "override_reason"
CODE = "personal_data"
_MOST_TOLD = 5


class PersonalDataError(ValidationError):
    """A text that points out a person, in a field where that is not to stand. Says what was found, never its value."""


class RecordLike(Protocol):
    """What the guard needs of an act's record in the audit chain, which lies above it."""

    reason: str

    def noted(self, *, kind: str, object_id: str = "", note: str = "") -> None: ...


@dataclass
class _Override:
    record: RecordLike
    used: list[tuple[models.Model, str]] = field(default_factory=list)


_override: ContextVar[_Override | None] = ContextVar("guard_override", default=None)


@contextmanager
def overriding(record: RecordLike) -> Iterator[None]:
    """Let the act save what the guard finds, for the record's reason; without a reason the guard stands.

    Each field that was saved so gets an entry that says which kinds of finding it was, so that it can be followed up.
    """
    if not record.reason.strip():
        yield
        return
    override = _Override(record)
    token = _override.set(override)
    try:
        yield
    finally:
        _override.reset(token)
    for obj, what in override.used:
        kind = str(getattr(obj, "object_kind", "") or obj._meta.model_name)
        record.noted(
            kind=kind, object_id=str(getattr(obj, "public_id", None) or obj.pk), note=f"override {what}"
        )


class _Guarded:
    """A text column that is looked through each time it is written, by whichever way."""

    if TYPE_CHECKING:
        name: str
        verbose_name: Any

    plain_path = ""

    def __init__(self, *args: Any, override_allowed: bool = False, **kwargs: Any) -> None:
        self.override_allowed = override_allowed
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # The guard is no matter of the database: to migrations the field is a plain one, and guarding it needs none.
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.plain_path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        given = {"form_class": GuardedFormField, "override_allowed": self.override_allowed}
        return super().formfield(**given | kwargs)  # type: ignore[misc]

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)  # type: ignore[misc]
        self._judge(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)  # type: ignore[misc]
        findings = self._judge(value)
        override = _override.get()
        if findings and override is not None:
            what = ",".join(dict.fromkeys(one.kind.value for one in findings))
            override.used.append((model_instance, f"{self.name}: {what}"))
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        # Every write ends here, `update` and `bulk_update` of a queryset too, which no instance is part of.
        self._judge(value)
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]

    def _judge(self, value: Any) -> tuple[Finding, ...]:
        """The findings that an override lets through. Raises when there are any that none does."""
        findings = find_personal(value) if isinstance(value, str) else ()
        if findings and not (self.override_allowed and _override.get() is not None):
            raise PersonalDataError(_told_of_field(str(self.verbose_name), findings), code=CODE)
        return findings


class GuardedCharField(_Guarded, _CharField):
    """A line of free text that is looked through before it is saved."""

    plain_path = "django.db.models.CharField"


class GuardedTextField(_Guarded, _TextField):
    """Free text that is looked through before it is saved."""

    plain_path = "django.db.models.TextField"


class GuardedFormField(forms.CharField):
    """The guard at a field of a form. In a `GuardedForm` the form judges, which may ask for a reason."""

    judged_by_form = False

    def __init__(self, *args: Any, override_allowed: bool = False, **kwargs: Any) -> None:
        self.override_allowed = override_allowed
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A long text is not cut by the browser without a word: the answer says that it is too long."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            attrs.pop("maxlength", None)
        return attrs

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        findings = () if self.judged_by_form else find_personal(text)
        if findings:
            raise told_in_form(text, findings, override_allowed=False)
        return text


class GuardedForm(forms.Form):
    """A form whose guarded fields may be saved for a reason, where the field allows it.

    `asks_for_reason` says when to show the reason's field. What stood in a field before is not asked about again.
    """

    asks_for_reason = False
    override_reason = GuardedFormField(
        label=_("Skäl att ändå spara"),
        required=False,
        max_length=300,
        help_text=_(
            "Skälet sparas i granskningsloggen tillsammans med ditt namn. Skriv inga personuppgifter i det."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        overridable = dict(self._overridable())
        for one in overridable.values():
            one.judged_by_form = True
        # The reason is asked for where the text is, however the form orders its own fields.
        order = [name for name in self.fields if name != REASON]
        order.insert(max([order.index(name) for name in overridable], default=len(order)) + 1, REASON)
        self.order_fields(order)

    def visible_fields(self) -> list[Any]:
        """The fields to show: the reason's only when it is asked for."""
        return [one for one in super().visible_fields() if self.asks_for_reason or one.name != REASON]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reason = cleaned.get(REASON, "").strip()
        for name, _field in self._overridable():
            text = cleaned.get(name) or ""
            findings = () if _plain(text) == _plain(self.initial.get(name) or "") else find_personal(text)
            if findings:
                self.asks_for_reason = True
                if not reason:
                    self.add_error(name, told_in_form(text, findings, override_allowed=True))
        if not self.asks_for_reason:
            cleaned[REASON] = ""
        return cleaned

    def _overridable(self) -> Iterator[tuple[str, GuardedFormField]]:
        for name, one in self.fields.items():
            if isinstance(one, GuardedFormField) and one.override_allowed:
                yield name, one


def told_in_form(text: str, findings: Iterable[Finding], *, override_allowed: bool) -> PersonalDataError:
    """What was found and what to do, to the one who has just written the text and sees it."""
    told = [
        gettext("Texten innehåller %(what)s: ”%(start)s…”.")
        % {"what": gettext(one.explanation), "start": _beginning(text[one.start : one.end])}
        for one in list(findings)[:_MOST_TOLD]
    ]
    if override_allowed:
        advice = gettext(
            "Ta bort det: skriv platsen eller diarienumret i stället. Måste det stå kvar, skriv skälet i rutan "
            "”Skäl att ändå spara”."
        )
    else:
        advice = gettext(
            "Ta bort det innan du sparar: skriv platsen, funktionen eller diarienumret i stället."
        )
    return PersonalDataError([ValidationError(line, code=CODE) for line in (*told, advice)])


# Internals


def _plain(text: str) -> str:
    """The text as it is kept: a browser sends its lines with two signs at the end."""
    return text.replace("\r\n", "\n").strip()


def _told_of_field(label: str, findings: tuple[Finding, ...]) -> str:
    """For whoever saves past a form, a log perhaps: so kinds and places, and nothing of what the text says."""
    what = ", ".join(
        f"{gettext(one.explanation)} ({one.start + 1}–{one.end})" for one in findings[:_MOST_TOLD]
    )
    return gettext("Fältet ”%(field)s” innehåller %(what)s. Ta bort det innan texten sparas.") % {
        "field": label,
        "what": what,
    }


def _beginning(found: str) -> str:
    """Enough to find it in the text again."""
    return found[: max(2, len(found) // 2)].strip()
