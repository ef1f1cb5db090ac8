"""The request of someone who is signed in, as a view behind `@signed_in` or `@permitted` receives it."""

from __future__ import annotations

from django.http import HttpRequest

from plats.web.accounts.models import User


class SignedInRequest(HttpRequest):
    """For type checking: behind the gate the user is one of ours, never anonymous."""

    user: User
