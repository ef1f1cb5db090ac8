"""A restore in miniature: the rows as they were, with the journal as it has become."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction

from plats.web.audit.key import Anchor, reset_anchor
from plats.web.audit.models import AuditHead
from plats.web.audit.recording import unrecorded


def backup() -> list[Any]:
    """Every row of ours and of the sign-in; as Python's own values, since JSON would cut moments to milliseconds."""
    rows = [row for model in _models() for row in model._base_manager.order_by("pk")]
    return list(serializers.serialize("python", rows))


def restore(rows: list[Any]) -> None:
    """Put the rows back as they were, whatever has been erased since; the chain's end is noted anew, as after a real
    restore."""
    with transaction.atomic(), _unchecked(), unrecorded("a test restores its rows"):
        for model in reversed(_models()):
            model._base_manager.all()._raw_delete(model._base_manager.db)  # type: ignore[attr-defined]
        for one in serializers.deserialize("python", rows):
            one.save()
    head = AuditHead.objects.first()
    if head is not None:
        reset_anchor(Anchor(head.sequence, head.hash))


# Internals


def _models() -> list[type[models.Model]]:
    ours = [config for config in apps.get_app_configs() if config.name.startswith(("plats.", "allauth."))]
    found = [model for config in ours for model in config.get_models(include_auto_created=True)]
    return [model for model in found if model._meta.managed and not model._meta.proxy]


@contextmanager
def _unchecked() -> Iterator[None]:
    """References hold when all rows are back, not before."""
    with connection.constraint_checks_disabled() if connection.vendor == "sqlite" else _deferred():
        yield


@contextmanager
def _deferred() -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield
