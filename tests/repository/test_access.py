"""Every address of the site is listed here with its access: a new one does not pass unseen."""

from __future__ import annotations

from plats.web.common.access import Access, routes

EXPECTED: dict[Access, set[str]] = {
    Access.PUBLIC: {
        "accounts:key_login",
        "accounts:key_options",
        "accounts:new_password",
        "accounts:oidc_answer",
        "accounts:oidc_begin",
        "accounts:second_step",
        "accounts:invitation",
        "accounts:invitation_taken",
        "accounts:login",
        "accounts:logout",
        "common:accessibility",
        "common:disclosure",
        "indicators:compare",
        "indicators:figures",
        "indicators:how_we_know",
        "indicators:indicator",
        "indicators:method",
        "indicators:picture",
        "indicators:report",
        "indicators:report_file",
        "indicators:place_report",
        "indicators:sources",
        "indicators:start",
        "notices:calendar_feed",
        "operations:alive",
        "operations:metrics",
        "operations:ready",
        "places:division",
        "places:list",
        "places:place",
        "places:search",
    },
    Access.SIGNED_IN: {
        "accounts:key_remove",
        "accounts:keys",
        "accounts:new_key_options",
        "accounts:overview",
        "accounts:password",
        "accounts:protect",
        "accounts:recovery_codes",
        "accounts:sessions",
        "accounts:totp",
        "accounts:totp_remove",
        "accounts:membership_end",
        "accounts:organisation",
        "accounts:organisations",
        "accounts:roles",
        "accounts:step_up",
        "notices:calendar",
        "notices:mine",
        "notices:notices",
        "notices:seen",
        "notices:settings",
    },
    Access.PERMITTED: {
        "jobs:cancel",
        "jobs:file",
        "jobs:job",
        "jobs:list",
        "jobs:start",
        "jobs:state",
        "accounts:account_restore",
        "accounts:account",
        "accounts:account_close",
        "accounts:account_reopen",
        "accounts:account_switch",
        "accounts:accounts",
        "accounts:handover",
        "accounts:invitation_resend",
        "accounts:invitation_withdraw",
        "accounts:invite",
        "accounts:membership_change",
        "accounts:organisation_change",
        "accounts:organisation_close",
        "accounts:organisation_new",
        "accounts:release",
        "accounts:release_new",
        "accounts:release_revoke",
        "accounts:releases",
        "accounts:role_new",
        "accounts:unit_change",
        "accounts:unit_close",
        "accounts:unit_new",
        "documents:attach",
        "documents:change",
        "documents:close",
        "documents:create",
        "documents:document",
        "documents:download",
        "documents:export",
        "documents:list",
        "documents:remove",
        "documents:reopen",
        "operations:status",
    },
}


def test_every_view_says_whom_it_is_open_to() -> None:
    silent = [route.pattern for route in routes() if route.access is None]
    assert not silent, f"Set @public or @signed_in (plats.web.common.access) on the views of: {silent}"


def test_every_route_is_listed_here_with_its_access() -> None:
    listed = {name: access for access, names in EXPECTED.items() for name in names}
    found = {route.name: route.access for route in routes()}
    assert found == listed, "List each route under its access in EXPECTED, in this file."


def test_every_route_has_a_name() -> None:
    assert not [route.pattern for route in routes() if not route.name or route.name.endswith(":None")]
