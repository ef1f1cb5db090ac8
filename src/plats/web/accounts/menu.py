"""Where someone who is signed in goes for people, organisations and releases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.permissions import MEMBER_READ_ALL, RELEASE_READ
from plats.web.common.workmenu import Group, WorkItem, register_work


def register_people() -> None:
    register_work(
        WorkItem(
            10,
            Group.ORGANISATION,
            _("Organisationer"),
            "accounts:organisations",
            None,
            _("De som deltar, vilka som arbetar i den egna, och inbjudningar."),
        )
    )
    register_work(
        WorkItem(
            20,
            Group.ORGANISATION,
            _("Delningar"),
            "accounts:releases",
            RELEASE_READ,
            _("Vad den egna organisationen låter andra läsa, och får läsa av andra."),
        )
    )
    register_work(
        WorkItem(
            30,
            Group.ORGANISATION,
            _("Roller"),
            "accounts:roles",
            None,
            _("Vad varje roll får göra."),
        )
    )
    register_work(
        WorkItem(
            10,
            Group.RUNNING,
            _("Konton"),
            "accounts:accounts",
            MEMBER_READ_ALL,
            _("De som kan logga in, och deras brytare."),
        )
    )
