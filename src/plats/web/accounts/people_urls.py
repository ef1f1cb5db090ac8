"""The addresses of organisations, members, invitations, accounts, roles and releases. Part of `accounts`' own."""

from __future__ import annotations

from django.urls import path

from plats.web.accounts.views import invitations, members, organisations, people, releases

urlpatterns = [
    path("organisationer/", organisations.organisation_list, name="organisations"),
    path("organisationer/ny/", organisations.organisation_new, name="organisation_new"),
    path("organisationer/<uuid:public_id>/", organisations.organisation, name="organisation"),
    path(
        "organisationer/<uuid:public_id>/andra/",
        organisations.organisation_change,
        name="organisation_change",
    ),
    path(
        "organisationer/<uuid:public_id>/avsluta/",
        organisations.organisation_close,
        name="organisation_close",
    ),
    path("organisationer/<uuid:public_id>/ny-enhet/", organisations.unit_new, name="unit_new"),
    path("organisationer/<uuid:public_id>/bjud-in/", invitations.invite, name="invite"),
    path("organisationer/<uuid:public_id>/ansvar/", members.handover, name="handover"),
    path("organisationer/<uuid:public_id>/roll/<uuid:person_id>/", members.role_new, name="role_new"),
    path("enheter/<uuid:public_id>/", organisations.unit_change, name="unit_change"),
    path("enheter/<uuid:public_id>/avsluta/", organisations.unit_close, name="unit_close"),
    path("medlemskap/<uuid:public_id>/", members.membership_change, name="membership_change"),
    path("medlemskap/<uuid:public_id>/avsluta/", members.membership_end, name="membership_end"),
    path("inbjudningar/<uuid:public_id>/skicka-om/", invitations.invitation_resend, name="invitation_resend"),
    path(
        "inbjudningar/<uuid:public_id>/aterkalla/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("inbjudan/", invitations.invitation_taken, name="invitation_taken"),
    path("inbjudan/<str:token>/", invitations.invitation, name="invitation"),
    path("konton/", people.account_list, name="accounts"),
    path("konton/<uuid:public_id>/", people.account, name="account"),
    path("konton/<uuid:public_id>/brytare/", people.account_switch, name="account_switch"),
    path("konton/<uuid:public_id>/stang/", people.account_close, name="account_close"),
    path("konton/<uuid:public_id>/oppna/", people.account_reopen, name="account_reopen"),
    path("roller/", people.role_list, name="roles"),
    path("delningar/", releases.release_list, name="releases"),
    path("delningar/ny/", releases.release_new, name="release_new"),
    path("delningar/<uuid:public_id>/", releases.release, name="release"),
    path("delningar/<uuid:public_id>/aterkalla/", releases.release_revoke, name="release_revoke"),
]
