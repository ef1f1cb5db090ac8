"""What a model says about the personal data it holds: the Article 30 register prints itself from these.

A model of ours has either ``processing = Processing(...)`` or ``no_personal_data = "why"``; a test sees to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Field, ForeignKey, Model


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


def account_links(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """The fields that point at an account: who a row is about, or who did something with it. Personal data always."""
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, ForeignKey) and one.related_model._meta.label == settings.AUTH_USER_MODEL
    ]


def personal_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The fields that hold personal data: those the model has named, and those that point at an account."""
    processing = processing_of(model)
    named = set(processing.personal) if processing else set()
    links = {one.name for one in account_links(model)}
    return [one for one in model._meta.concrete_fields if one.name in named | links]


def our_models() -> list[type[Model]]:
    """Every model of ours, by app and name."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("plats.")]
    return [model for config in ours for model in config.get_models()]
