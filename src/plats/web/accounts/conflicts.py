"""Two people change one object: the second is told what has changed meanwhile, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import models

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field as the second person read it, as it is now, and as they wanted it."""

    label: str
    now: Any
    wanted: Any


class ConflictError(Exception):
    """The object is no longer what the form showed. `differences` says what stands against what."""

    def __init__(self, obj: models.Model, differences: list[Difference]) -> None:
        super().__init__("Uppgifterna har ändrats av någon annan medan du skrev.")
        self.obj = obj
        self.differences = differences


def locked_at_revision(obj: M, revision: int, wanted: Mapping[str, Any]) -> M:
    """The row, locked, if it still has the revision that the form showed; else ConflictError.

    Call it inside `recorded`, then set the fields, count up `revision` and save. Raises with every field where what is
    wanted differs from what stands now.
    """
    current: Any = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
    if current.revision != revision:
        raise ConflictError(current, _differences(current, wanted))
    return cast("M", current)


# Internals


def _differences(current: models.Model, wanted: Mapping[str, Any]) -> list[Difference]:
    found = []
    for name, value in wanted.items():
        now = getattr(current, name)
        if now != value:
            found.append(
                Difference(str(getattr(current._meta.get_field(name), "verbose_name", name)), now, value)
            )
    return found
