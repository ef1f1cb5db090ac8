"""What accounts and organisations are called, for the audit chain, which knows their numbers only."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from plats.web.accounts.models import Organisation, User
from plats.web.audit.names import register_namer

_MOST_FOUND = 50


def account_names(numbers: Collection[str]) -> dict[str, str]:
    rows = User.objects.filter(public_id__in=_numbers(numbers))
    return {str(number): name for number, name in rows.values_list("public_id", "name")}


def accounts_called(text: str) -> list[str]:
    """Accounts by part of a name or of an address."""
    called = Q(name__icontains=text) | Q(email__icontains=text)
    rows = User.objects.filter(called).order_by("pk")
    return [str(number) for number in rows.values_list("public_id", flat=True)[:_MOST_FOUND]]


def organisation_names(numbers: Collection[str]) -> dict[str, str]:
    rows = Organisation.objects.filter(public_id__in=_numbers(numbers))
    return {str(number): name for number, name in rows.values_list("public_id", "name")}


def organisations_called(text: str) -> list[str]:
    rows = Organisation.objects.filter(name__icontains=text).order_by("pk")
    return [str(number) for number in rows.values_list("public_id", flat=True)[:_MOST_FOUND]]


def all_organisations() -> list[tuple[str, str]]:
    rows = Organisation.objects.order_by("name").values_list("public_id", "name")
    return [(str(number), name) for number, name in rows]


def register_names() -> None:
    register_namer("user", names=account_names, find=accounts_called)
    register_namer(
        "organisation", names=organisation_names, find=organisations_called, everyone=all_organisations
    )


# Internals


def _numbers(texts: Collection[str]) -> list[UUID]:
    """Those that are numbers of rows: the chain also has 'system'."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
