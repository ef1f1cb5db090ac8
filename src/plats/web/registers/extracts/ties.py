"""How a row has to do with a person, and what of it may be shown to them.

A row that points at an account by `user` or `recipient`, or that holds the address in a field for addresses, is about
the person: it is shown, but for what it says of others. A row that points by another field (`created_by`,
`responsible`) is about something else: that the person did it is shown, and not what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import EmailField, Field, ForeignKey, Model, Q
from django.utils import timezone
from django.utils.translation import gettext

from plats.web.accounts.models import Organisation, SignInLock, Unit
from plats.web.accounts.signin.lock import digest_of
from plats.web.common.processing import account_links, personal_fields, processing_of
from plats.web.registers.extracts.subjects import Subject

ABOUT = frozenset({"user", "recipient", "address_digest"})
ACTOR = "actor"
_MADE_OF_NUMBERS = ("BooleanField", "DateField", "DateTimeField", "IntegerField", "PositiveIntegerField")
_SECRET = frozenset({"password", "data", "token_digest", "uid", "secret", "token"})


def ties_of(model: type[Model], subject: Subject) -> Iterator[tuple[Field[Any, Any], Q]]:
    """The fields by which a row of the model may have to do with the person, each with its question."""
    if subject.user is not None:
        for link in account_links(model):
            yield link, Q(**{link.name: subject.user})
        processing = processing_of(model)
        if processing is not None and ACTOR in processing.personal:
            yield model._meta.get_field(ACTOR), Q(**{ACTOR: subject.number})  # type: ignore[misc]
    if subject.email:
        yield from _addresses(model, subject)


def is_about(field: Field[Any, Any]) -> bool:
    """Whether a row that is tied by this field is about the person."""
    return isinstance(field, EmailField) or field.name in ABOUT


def values_about(row: Model, tie: Field[Any, Any], others: Any) -> tuple[tuple[str, str], ...]:
    """What a row about the person says of them; what it says of others is left out or masked."""
    personal = {one.name for one in personal_fields(type(row))}
    links = {one.name for one in account_links(type(row))}
    shown = []
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in links or field.name == "public_id":
            continue
        if field.name in personal or field is tie or _says_no_more_than_itself(field):
            text = _written(row, field)
            if text:
                shown.append((str(field.verbose_name), text if _is_choice(field) else others.masked(text)))
    return tuple(shown)


# Internals


def _addresses(model: type[Model], subject: Subject) -> Iterator[tuple[Field[Any, Any], Q]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, EmailField):
            yield field, Q(**{f"{field.name}__iexact": subject.email})
    if model is SignInLock:
        yield model._meta.get_field("address_digest"), Q(pk=digest_of(subject.email))


def _says_no_more_than_itself(field: Field[Any, Any]) -> bool:
    """A day, a number, a choice, an organisation: nothing that could speak of somebody else."""
    if isinstance(field, ForeignKey):
        return field.related_model in (Organisation, Unit)
    return _is_choice(field) or field.get_internal_type() in _MADE_OF_NUMBERS


def _is_choice(field: Field[Any, Any]) -> bool:
    return bool(field.choices)


def _written(row: Model, field: Field[Any, Any]) -> str:
    if field.name in _SECRET | getattr(row, "secret_fields", frozenset()):
        return gettext("finns, men lämnas inte ut: det skyddar inloggningen")
    value = getattr(row, f"get_{field.name}_display")() if _is_choice(field) else getattr(row, field.name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if hasattr(value, "tzinfo"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return str(value)
