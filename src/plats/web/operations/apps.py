from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from plats.web.common.workmenu import Group, WorkItem, register_work


class OperationsConfig(AppConfig):
    name = "plats.web.operations"
    label = "operations"
    verbose_name = _("Drift")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_login_failed

        from plats.web.operations import permissions
        from plats.web.operations.metrics import count_sign_in_failure

        user_login_failed.connect(count_sign_in_failure, dispatch_uid="plats.operations.sign_in_failure")
        register_work(
            WorkItem(
                10,
                Group.RUNNING,
                _("Hur installationen mår"),
                "operations:status",
                permissions.READ,
                _("Databas, siffror, jobb och säkerhetskopia: vad som fungerar och vad som ska göras."),
            )
        )
