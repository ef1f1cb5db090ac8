"""The kinds of notices. An app registers its own in ``AppConfig.ready()``; each can be had by mail too, or not::

register_notice_kind(NoticeKind("job", _("Jobb"), _("När ett jobb som du har startat är klart."), by_mail=False))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind: what it is called, when it comes, and whether it is also mailed to one who has not chosen."""

    id: str
    label: Any
    explanation: Any
    by_mail: bool = False


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(kind: NoticeKind) -> None:
    """Make a kind known; the same id again replaces it."""
    _kinds[kind.id] = kind


def notice_kind(kind_id: str) -> NoticeKind:
    """The kind; KeyError when nobody has registered it."""
    return _kinds[kind_id]


def notice_kinds() -> list[NoticeKind]:
    """Every kind, by id."""
    return [_kinds[one] for one in sorted(_kinds)]
