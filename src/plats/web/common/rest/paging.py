"""Pages that survive changes: the next page begins after the last row seen, not after a number of rows.

Rows come in an order that never changes for a row (when it was made, or its name), so a row that is added, changed or
withdrawn between two requests moves no other row past the reader.
"""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema

from plats.web.common.rest.problems import not_found

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Parse = Callable[[str], Any]

DEFAULT_LIMIT, MOST = 20, 100
FURTHEST = 10_000


class PageQuery(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MOST, description="Antal per sida. / Rows per page.")
    offset: int = Field(
        0,
        ge=0,
        le=FURTHEST,
        description="Hoppa över så många, räknat från cursor om den är satt. / Skip rows, counted from the cursor.",
    )
    cursor: str = Field(
        "",
        max_length=600,
        pattern=r"^[A-Za-z0-9_-]*$",
        description="Står i förra sidans next. / Taken from the previous page's next.",
    )


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and where the next page begins; '' when there are no more."""

    rows: list[T]
    cursor: str


def moment(text: str) -> datetime:
    """A moment with its time zone; ValueError for anything else."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return found


MADE: tuple[tuple[str, Parse], ...] = (("created_at", moment), ("public_id", UUID))
"""The order in which rows were made, and their number where two were made at once."""


def page_of(rows: QuerySet[M], query: PageQuery, key: Sequence[tuple[str, Parse]] = MADE) -> Page[M]:
    """A page of rows in the order of `key`. One query, and one for each thing that `rows` prefetches."""
    names = [name for name, _parse in key]
    if query.cursor:
        rows = rows.filter(_after(names, _read(query.cursor, [parse for _name, parse in key])))
    found = list(rows.order_by(*names)[query.offset : query.offset + query.limit + 1])
    shown = found[: query.limit]
    more = len(found) > query.limit
    return Page(shown, _written([getattr(shown[-1], name) for name in names]) if more else "")


def page_of_sorted(keys: Sequence[tuple[str, ...]], rows: Sequence[T], query: PageQuery) -> Page[T]:
    """A page of rows that are in memory already, sorted by `keys`."""
    width = len(keys[0]) if keys else 1
    start = bisect_right(keys, tuple(_read(query.cursor, [str] * width))) if query.cursor else 0
    start += query.offset
    shown = list(rows[start : start + query.limit])
    more = start + query.limit < len(rows)
    return Page(shown, _written(keys[start + query.limit - 1]) if more else "")


def next_address(request: HttpRequest, page: Page[Any]) -> str | None:
    """The address of the next page, with everything else that was asked for."""
    if not page.cursor:
        return None
    asked = request.GET.copy()
    asked.pop("offset", None)
    asked["cursor"] = page.cursor
    return f"{request.path}?{asked.urlencode()}"


# Internals


def _after(names: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows whose key is greater, compared part by part."""
    after = Q(pk__in=[])
    for depth, name in enumerate(names):
        same = Q(**dict(zip(names[:depth], values[:depth], strict=True)))
        after |= same & Q(**{f"{name}__gt": values[depth]})
    return after


def _written(values: Sequence[Any]) -> str:
    texts = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    raw = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(cursor: str, parses: Sequence[Parse]) -> list[Any]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return [parse(text) for parse, text in zip(parses, _texts(json.loads(raw)), strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise not_found(
            _("Den markören finns inte. Ta den ur förra sidans next, eller börja om utan cursor.")
        ) from None


def _texts(found: Any) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise TypeError("A cursor is a list of texts.")
    return found
