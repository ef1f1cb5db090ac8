from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "plats.web.retention"
    label = "retention"
    verbose_name = _("Gallring")

    def ready(self) -> None:
        # Declares who may see and run it, and what the apps below keep for a time.
        from plats.web.retention import permissions  # noqa: F401
        from plats.web.retention.kinds import audit_values, people, traces

        people.register()
        traces.register()
        audit_values.register()
