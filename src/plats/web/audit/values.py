"""What an entry's values say, in a reader's words: only where the entry has been opened."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from plats.web.audit.words import field_of, field_word

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True)
class Change:
    """A field, what it was and what it became."""

    field: str
    before: str
    after: str


def changes_in(kind: str, values: str) -> list[Change]:
    """The changes an entry tells; of what is no change of a row, what was told."""
    found = json.loads(values) if values else {}
    return [_change(kind, name, told) for name, told in found.items()]


# Internals


def _change(kind: str, name: str, told: Any) -> Change:
    before, after = told if isinstance(told, list) and len(told) == 2 else ("", told)
    pointed = getattr(field_of(kind, name), "related_model", None)
    return Change(field_word(kind, name), _plain(before, pointed), _plain(after, pointed))


def _plain(value: Any, pointed: Any) -> str:
    if value is None or value == "":
        return ""
    if pointed is not None:
        return _name_of(pointed, value)
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if isinstance(value, str):
        return _local(value) if _MOMENT.fullmatch(value) else value
    return json.dumps(value, ensure_ascii=False)


def _name_of(model: Any, key: Any) -> str:
    """What a row is called now; its key when it is gone."""
    row = model._base_manager.filter(pk=key).first()
    return str(row) if row is not None else str(key)


def _local(moment: str) -> str:
    return timezone.localtime(datetime.fromisoformat(moment)).strftime("%Y-%m-%d %H:%M:%S")
