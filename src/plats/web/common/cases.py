"""What can be found by case number and handed out. An app registers its kinds in ``AppConfig.ready()``::

    register_case_kind(CaseKind("document", _("handlingar"), search=cases.search, find=cases.find))

The registrar's tools ask here. `search` and `find` give a person only what is theirs to see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext

from plats.web.common.processing import personal_fields, processing_of


@dataclass(frozen=True, slots=True)
class CaseHit:
    """Something with a case number: what it is called, whose it is, when it was last changed, where it is read."""

    kind: str
    number: UUID
    case_number: str
    title: str
    organisation: str
    changed_on: date
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a record as it would be handed out.

    secrecy      the section of law that may ask for masking; '' when none is declared
    is_personal  the model says that the field holds personal data
    """

    name: str
    label: str
    text: str
    secrecy: str = ""
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A record that may be handed out, in pieces; `obj` is the row, `organisation` the one that owns it."""

    hit: CaseHit
    obj: Any
    organisation: Any
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of record: its name, how it is found by case number, and how one is read to be handed out."""

    kind: str
    label: Any
    search: Callable[[Any, str], list[CaseHit]]
    find: Callable[[Any, UUID], CaseRecord | None]


_kinds: dict[str, CaseKind] = {}


def register_case_kind(kind: CaseKind) -> None:
    """Let an app's records be found and handed out; the same kind again replaces it."""
    _kinds[kind.kind] = kind


def case_kinds() -> list[CaseKind]:
    return [_kinds[kind] for kind in sorted(_kinds)]


def case_kind(kind: str) -> CaseKind | None:
    """The kind, or None when nobody has registered it."""
    return _kinds.get(kind)


def forget_case_kind(kind: str) -> None:
    """Take a kind away again: for tests that have put one there."""
    _kinds.pop(kind, None)


def pieces_of(obj: Model, *names: str) -> list[Piece]:
    """Fields of a row as pieces, in this order, with what the model says of their secrecy. Empty ones are left out."""
    processing = processing_of(type(obj))
    secrecy = processing.secrecy if processing else {}
    personal = {one.name for one in personal_fields(type(obj))}
    pieces = []
    for name in names:
        text = _written(getattr(obj, name))
        if text:
            label = str(getattr(obj._meta.get_field(name), "verbose_name", name))
            pieces.append(Piece(name, label, text, secrecy.get(name, ""), name in personal))
    return pieces


# Internals


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if hasattr(value, "tzinfo"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
