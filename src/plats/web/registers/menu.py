"""The registers in the list of what someone can go to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.common.workmenu import Group, WorkItem, register_work
from plats.web.registers.permissions import EXTRACT, HANDOUT, READ
from plats.web.retention.permissions import READ as RETENTION_READ


def register() -> None:
    for order, label, route, permission, told in (
        (
            20,
            _("Behandlingar"),
            "registers:processings",
            READ,
            _("Registret enligt artikel 30, att läsa och skriva ut."),
        ),
        (
            30,
            _("Dataflöden"),
            "registers:flows",
            READ,
            _("Vad som delas från vem till vem, på vilken grund."),
        ),
        (40, _("Registerutdrag"), "registers:extract_search", EXTRACT, _("Allt som finns om en person.")),
        (50, _("Diarienummer"), "registers:cases", HANDOUT, _("Sök i alla slags handlingar, och lämna ut.")),
        (
            60,
            _("Utlämnanden"),
            "registers:handouts",
            HANDOUT,
            _("Vad som lämnats ut, maskat och med protokoll."),
        ),
        (
            70,
            _("Gallring"),
            "registers:retention",
            RETENTION_READ,
            _("Vad som gallrats, och vad som ska gallras när."),
        ),
    ):
        register_work(WorkItem(order, Group.WATCH, label, route, permission, told))
