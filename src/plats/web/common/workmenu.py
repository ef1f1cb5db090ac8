"""What someone who is signed in can go to. An app registers its entries when it starts; each shows only to those who
may use it, and a group without entries is not shown.

In an app's ``AppConfig.ready()``::

    register_work(WorkItem(10, Group.WORK, _("Handlingar"), "documents:list", permissions.READ))
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.common.permissions import Permission


class Group(Enum):
    """The headings of the list, in order."""

    WORK = "work"
    ORGANISATION = "organisation"
    WATCH = "watch"
    RUNNING = "running"

    @property
    def heading(self) -> str:
        return str(_HEADINGS[self])


# Beside the enum: its values are hashed when it is made, before there are any translations.
_HEADINGS = {
    Group.WORK: _("Arbete"),
    Group.ORGANISATION: _("Organisation"),
    Group.WATCH: _("Granska och arkivera"),
    Group.RUNNING: _("Drift"),
}


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An entry: order, group, word, address, and the permission it takes (None: everyone who is signed in)."""

    order: int
    group: Group
    label: Any
    url_name: str
    permission: Permission | None = None
    explanation: Any = ""


@dataclass(frozen=True, slots=True)
class WorkLink:
    label: str
    url: str
    explanation: str


_items: dict[str, WorkItem] = {}


def register_work(item: WorkItem) -> None:
    """Add an entry; the same address again replaces it."""
    _items[item.url_name] = item


def work_menu(user: Any) -> list[tuple[str, list[WorkLink]]]:
    """The entries this person may use, by group."""
    ordered = sorted(_items.values(), key=lambda item: (list(Group).index(item.group), item.order))
    found: dict[str, list[WorkLink]] = {}
    for item in ordered:
        if item.permission is None or user.may(item.permission):
            link = WorkLink(str(item.label), reverse(item.url_name), str(item.explanation))
            found.setdefault(item.group.heading, []).append(link)
    return list(found.items())
