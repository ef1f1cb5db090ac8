"""What the forms of this app share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plats.web.common.guard import GuardedFormField


class ActForm(forms.Form):
    """A form whose act may still refuse: what the action says is shown at the fields it is about."""

    def refuse(self, error: ValidationError) -> None:
        """Show what the action refused. A field that this form does not have is told above it."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class ReasonForm(ActForm):
    """Why: it stands in the audit log."""

    reason = GuardedFormField(
        label=_("Skäl"), max_length=300, help_text=_("Sparas i granskningsloggen. Nämn ingen person.")
    )


def choose(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Let the field be chosen from these: values and labels."""
    field: Any = form.fields[name]
    field.choices = choices
