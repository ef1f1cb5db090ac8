"""The decided limits in force today."""

from __future__ import annotations

from django.utils import timezone

from plats.catalog.load import catalog

MEGABYTE = 1024 * 1024


def limit(name: str) -> int:
    """A number of ``catalog/parameters/uploads/limits.yaml``."""
    return catalog().parameter("uploads", "limits", timezone.localdate()).whole(name)


def allowed_suffixes() -> tuple[str, ...]:
    """The endings that ``catalog/parameters/uploads/types.yaml`` says are taken."""
    decided = catalog().parameter("uploads", "types", timezone.localdate())
    return tuple(suffix for suffix, taken in decided.value.items() if taken)
