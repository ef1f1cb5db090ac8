from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "plats.web.accounts"
    label = "accounts"
    verbose_name = _("Konton")

    def ready(self) -> None:
        # Declares what the roles may do with people, organisations and releases.
        from django.contrib.auth.signals import user_logged_in

        from plats.web.accounts import permissions  # noqa: F401
        from plats.web.accounts.assurance import stamp_on_sign_in
        from plats.web.accounts.menu import register_people
        from plats.web.accounts.names import register_names
        from plats.web.accounts.signin.sessions import open_on_sign_in

        user_logged_in.connect(stamp_on_sign_in, dispatch_uid="plats.accounts.stamp_on_sign_in")
        user_logged_in.connect(open_on_sign_in, dispatch_uid="plats.accounts.open_on_sign_in")
        register_people()
        register_names()
