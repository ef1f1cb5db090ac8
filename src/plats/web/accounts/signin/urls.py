"""The addresses of signing in. They are part of `accounts`' own."""

from __future__ import annotations

from django.urls import path

from plats.web.accounts.signin.views import (
    account,
    enter,
    factors,
    oidc,
    restore,
    second_step,
    sessions,
    step_up,
)

urlpatterns = [
    path("logga-in/", enter.login, name="login"),
    path("logga-in/andra-steget/", second_step.second_step, name="second_step"),
    path("logga-in/nyckel/", second_step.key_login, name="key_login"),
    path("logga-in/nyckel/fraga/", second_step.key_options, name="key_options"),
    path("logga-in/kommunen/", oidc.oidc_begin, name="oidc_begin"),
    path("logga-in/kommunen/svar/", oidc.oidc_answer, name="oidc_answer"),
    path("nytt-losenord/<uuid:public_id>/<str:token>/", restore.new_password, name="new_password"),
    path("konton/<uuid:public_id>/aterstall/", restore.account_restore, name="account_restore"),
    path("logga-ut/", enter.logout, name="logout"),
    path("konto/", account.overview, name="overview"),
    path("konto/skydda/", account.protect, name="protect"),
    path("konto/bekrafta/", step_up.step_up, name="step_up"),
    path("konto/losenord/", account.password, name="password"),
    path("konto/totp/", factors.totp, name="totp"),
    path("konto/totp/ta-bort/", factors.totp_remove, name="totp_remove"),
    path("konto/nycklar/", factors.keys, name="keys"),
    path("konto/nycklar/fraga/", factors.new_key_options, name="new_key_options"),
    path("konto/nycklar/ta-bort/", factors.key_remove, name="key_remove"),
    path("konto/aterhamtningskoder/", factors.recovery_codes, name="recovery_codes"),
    path("konto/sessioner/", sessions.session_list, name="sessions"),
]
