"""Forms of jobs. What a kind asks for is the kind's own form."""

from __future__ import annotations

from django import forms

from plats.web.accounts.models import User
from plats.web.jobs.kinds import JobKind, kinds_to_start


def start_forms(user: User) -> list[tuple[JobKind, forms.Form]]:
    """Each kind this person may start, with an empty form."""
    return [(kind, kind.form(prefix=kind.id)) for kind in kinds_to_start(user)]
