"""What a model says about the personal data it holds: the Article 30 register prints itself from these.

A model of ours has either ``processing = Processing(...)`` or ``no_personal_data = "why"``; a test sees to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Processing:
    """Why a model holds personal data, on what ground, about whom, and for how long.

    personal   the fields that hold it
    retention  the id of the rule in catalog/parameters/retention; '' when it lives as long as what it belongs to
    secrecy    field -> the section of law that may ask for masking when the record is handed out
    """

    purpose: Any
    legal_basis: str
    subjects: Any
    data: Any
    personal: tuple[str, ...]
    retention: str = ""
    secrecy: Mapping[str, str] = field(default_factory=dict)
    recipients: Any = ""


def processing_of(model: type[Model]) -> Processing | None:
    """What the model has said, or None when it holds no personal data."""
    return getattr(model, "processing", None)


def our_models() -> list[type[Model]]:
    """Every model of ours, by app and name."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("plats.")]
    return [model for config in ours for model in config.get_models()]
