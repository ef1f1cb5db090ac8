"""Pure decisions, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import LegalBasis
from plats.web.accounts.roles import ROLES
from plats.web.accounts.rules import (
    APPOINTED,
    InvitationState,
    basis_fits,
    digest_of,
    invitation_state,
    latest_release_day,
    role_fits,
    roles_to_give,
    same_name,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
AUTHORITY_KINDS = (
    "committee",
    "department",
    "police",
    "rescue_service",
    "probation",
    "region",
    "state_agency",
)
PRIVATE_KINDS = ("association", "business")
# Owned by the municipality they are bound by OSL, private they are not; the kind does not tell.
EITHER_KINDS = ("housing_company", "school")


def test_every_kind_is_an_authority_private_or_either() -> None:
    assert sorted(AUTHORITY_KINDS + PRIVATE_KINDS + EITHER_KINDS) == sorted(OrganisationKind.values)


@pytest.mark.parametrize(
    ("basis", "givers", "takers"),
    [
        ("public", "AEP", "AEP"),  # what is public may be handed to anyone by anyone
        ("duty", "AE", "AE"),  # OSL 10:28: between authorities
        ("general_clause", "AE", "AE"),  # OSL 10:27: to an authority
        ("necessary", "AE", "AEP"),  # OSL 10:2: to anyone, when the giver's work needs it
        ("consent", "AE", "AEP"),  # OSL 10:1
        ("agreement", "EP", "AEP"),  # an authority cannot agree secrecy away
    ],
)
def test_a_ground_fits_these_givers_and_takers_and_no_others(basis: str, givers: str, takers: str) -> None:
    groups = {"A": AUTHORITY_KINDS, "E": EITHER_KINDS, "P": PRIVATE_KINDS}
    giving = {kind for letter in givers for kind in groups[letter]}
    taking = {kind for letter in takers for kind in groups[letter]}
    for giver in OrganisationKind.values:
        for taker in OrganisationKind.values:
            expected = giver in giving and taker in taking
            assert basis_fits(basis, giver=giver, taker=taker) is expected, (giver, taker)


def test_every_ground_there_is_is_in_the_table_and_none_else() -> None:
    assert all(basis_fits(one, giver="housing_company", taker="police") for one in LegalBasis.values)
    assert not basis_fits("because", giver="police", taker="police")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 27), date(2027, 11, 27)),
        (date(2027, 12, 31), date(2028, 12, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),  # the leap day has no namesake next year
    ],
)
def test_a_release_ends_within_a_year(first: date, last: date) -> None:
    assert latest_release_day(first) == last


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("administrator", ("committee", "department")),
        ("politician", ("committee", "department")),
        ("economist", ("committee", "department")),
        ("reporter", tuple(OrganisationKind.values)),
        ("partner_lead", tuple(OrganisationKind.values)),
        ("gone", ()),
    ],
)
def test_a_role_fits_only_where_it_may_be_held(role: str, kinds: tuple[str, ...]) -> None:
    assert [kind for kind in OrganisationKind.values if role_fits(role, kind)] == list(kinds)


def test_a_lead_gives_no_role_that_reaches_beyond_the_organisation() -> None:
    for kind in OrganisationKind.values:
        assert not APPOINTED & set(roles_to_give(kind, everywhere=False))
        assert "partner_lead" in roles_to_give(kind, everywhere=False)
    assert set(roles_to_give("committee", everywhere=True)) == set(ROLES)
    assert not APPOINTED & set(roles_to_give("police", everywhere=True))


@pytest.mark.parametrize(
    ("accepted", "revoked", "after", "state"),
    [
        (False, False, -1, InvitationState.OPEN),
        (False, False, 0, InvitationState.EXPIRED),  # the very moment is too late
        (False, False, 1, InvitationState.EXPIRED),
        (True, False, -1, InvitationState.TAKEN),
        (True, False, 1, InvitationState.TAKEN),
        (False, True, -1, InvitationState.WITHDRAWN),
        (False, True, 1, InvitationState.WITHDRAWN),
    ],
)
def test_where_an_invitation_stands(
    accepted: bool, revoked: bool, after: int, state: InvitationState
) -> None:
    expires = NOW - timedelta(seconds=after)
    assert (
        invitation_state(
            accepted_at=NOW if accepted else None,
            revoked_at=NOW if revoked else None,
            expires_at=expires,
            now=NOW,
        )
        is state
    )


def test_the_kept_digest_is_sha256_and_says_nothing_of_the_secret() -> None:
    # SHA-256 of the empty string, from FIPS 180-4's well-known values.
    assert digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert "abc" not in digest_of("abc")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Östra skolan", "östra  SKOLAN ", True),
        ("Straße", "STRASSE", True),
        ("Skola A", "Skola B", False),
    ],
)
def test_names_are_one_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
