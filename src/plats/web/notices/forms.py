"""Forms of one's own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from plats.web.notices.kinds import NoticeKind


class SeenForm(forms.Form):
    """What a page showed, sent back by 'seen'. Names and numbers that nobody has change nothing."""

    until = forms.CharField()
    known = forms.CharField(required=False)
    notices = forms.CharField(required=False)

    def clean_until(self) -> datetime:
        moment = parse_datetime(self.cleaned_data["until"])
        if moment is None or timezone.is_naive(moment):
            raise ValidationError("until")
        return moment

    def clean_known(self) -> list[str]:
        return [key[:120] for key in self.cleaned_data["known"].split()][:200]

    def clean_notices(self) -> list[Any]:
        field = forms.UUIDField()
        return [field.clean(number) for number in self.cleaned_data["notices"].split()[:200]]


class MailForm(forms.Form):
    """A box for each kind of notice."""

    def __init__(self, preferences: list[tuple[NoticeKind, bool]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, by_mail in preferences:
            self.fields[kind.id] = forms.BooleanField(
                label=kind.label, help_text=kind.explanation, initial=by_mail, required=False
            )
