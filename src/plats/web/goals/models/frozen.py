"""Rows that belong to a plan's version: they are removed only while it is a draft.

What is added or changed after adoption the database refuses itself (migration 0002); removing is refused here as well.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.goals.kinds import VersionState

M = TypeVar("M", bound=models.Model)


class FrozenError(ValidationError):
    """An adopted plan is not changed; the message says what to do instead."""

    def __init__(self) -> None:
        super().__init__(
            _("Planen är antagen och ändras inte. Skapa ett nytt utkast, ändra där och låt anta det."),
            code="frozen",
        )


class FreezingQuerySet(RecordedQuerySet[M]):
    """Rows of versions; those of a version that is no draft are not removed."""

    def delete(self) -> tuple[int, dict[str, int]]:
        state = f"{self.model.state_field}__in"  # type: ignore[attr-defined]
        if self.filter(**{state: [VersionState.ADOPTED, VersionState.REPLACED]}).exists():
            raise FrozenError
        return super().delete()


class Freezing(Recorded):
    """A row whose version may be frozen. `state_field` is the way to the version's state."""

    state_field: ClassVar[str]

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        frozen = type(self)._base_manager.filter(pk=self.pk).exclude(**{self.state_field: VersionState.DRAFT})
        if frozen.exists():
            raise FrozenError
        return super().delete(*args, **kwargs)
