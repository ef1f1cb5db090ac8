"""Rows that only an act may write: outside `recorded`, saving one is an error.

Every model of ours that people's work is kept in derives from `Recorded`. So a forgotten entry is not a review remark
but a failing program.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models

from plats.web.audit.recording import RecordingError, is_recording

M = TypeVar("M", bound=models.Model)


class RecordedQuerySet(models.QuerySet[M]):
    """A queryset whose writes need a record. Reads are as always."""

    def update(self, **values: Any) -> int:
        _require_record(self.model)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_record(self.model)
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        _require_record(self.model)
        return super().bulk_create(objs, *args, **kwargs)

    # bulk_update and update_or_create end in the two above and in save.


class Recorded(models.Model):
    """A row with its entries in the audit chain.

    object_kind        what it is called in the chain; the model's name when it says nothing
    secret_fields      kept by name in the chain, never by value
    unrecorded_fields  those the framework writes by itself, such as the time of the last sign-in
    """

    object_kind: ClassVar[str] = ""
    secret_fields: ClassVar[frozenset[str]] = frozenset()
    unrecorded_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or not set(fields) <= self.unrecorded_fields:
            _require_record(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _require_record(type(self))
        return super().delete(*args, **kwargs)


# Internals


def _require_record(model: type[models.Model]) -> None:
    if not is_recording():
        raise RecordingError(
            f"{model.__name__} skrivs bara inuti recorded(...). "
            "Skriv en funktion i appens actions som säger vem, vad och varför."
        )
