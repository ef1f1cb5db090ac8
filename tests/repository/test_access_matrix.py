"""The whole site, asked by everyone: what opens for whom, in one's own organisation and in another's."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest
from django.http import HttpResponse

from plats.web.accounts.roles import ROLES
from plats.web.accounts.tests.world import World, make_world
from plats.web.common.permissions import Reach
from tests.repository.access_matrix import IDENTITIES, NO_ROLE, NOBODY, Answer, Asked, ask_all, closed_routes
from tests.repository.access_page import PAGE, write_page
from tests.repository.access_samples import SAMPLES
from tests.repository.tree import text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> list[Asked]:
    """Asked once; every test below reads it."""
    from django.db import transaction

    def bare(_request: object, _template: str, status: int) -> HttpResponse:
        return HttpResponse(status=status)

    with (
        # Who comes in is asked some seven thousand times; how the pages look is tested elsewhere.
        patch("plats.web.common.errors.render", bare),
        patch("django.template.loader.render_to_string", lambda *_args, **_more: ""),
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        transaction.atomic(),
    ):
        world: World = make_world()
        found = list(ask_all(world))
        transaction.set_rollback(True)
    return found


def test_every_address_with_an_object_has_a_sample() -> None:
    with_object = {route.name for route in closed_routes() if "<" in route.pattern}
    assert with_object == SAMPLES.keys(), "Say in access_samples what each address is asked with."


def test_every_closed_address_answers_someone(answers: list[Asked]) -> None:
    silent = {route.name for route in closed_routes()} - {asked.route.name for asked in answers}
    assert not silent


def test_nobody_comes_in_without_signing_in(answers: list[Asked]) -> None:
    opened = [asked.route.name for asked in answers if asked.own[NOBODY] is not Answer.SIGN_IN]
    assert opened == []


def test_an_address_opens_for_those_who_hold_its_permission_and_no_one_else(answers: list[Asked]) -> None:
    wrong = []
    for asked in answers:
        if asked.permission is None:
            continue
        holders = {role.id for role in ROLES.values() if asked.permission in role.permissions()}
        # One who holds it may still be refused the object; one who does not never comes in.
        let_in = {who for who in (NO_ROLE, *ROLES) if asked.own[who] in (Answer.OPENS, Answer.STEP_UP)}
        wrong += [(asked.route.name, asked.method, who) for who in sorted(let_in - holders)]
    assert wrong == []


def test_what_another_organisation_owns_opens_only_for_those_who_look_after_the_system(
    answers: list[Asked],
) -> None:
    """And then never a document: those who reach every organisation see accounts, flows and records of acts."""
    opened = []
    for asked in answers:
        sample = SAMPLES.get(asked.route.name)
        if sample is None or sample.shared:
            continue
        for who, answer in asked.other.items():
            if answer in (Answer.OPENS, Answer.STEP_UP) and not _reaches_everywhere(who):
                opened.append((asked.route.name, asked.method, who))
            if answer is Answer.OPENS and asked.route.name.startswith("documents:"):
                opened.append((asked.route.name, asked.method, who))
    assert opened == []


def test_the_matrix_in_the_docs_is_the_site_as_it_is(answers: list[Asked]) -> None:
    wanted = write_page(answers)
    if os.environ.get("PLATS_WRITE_MATRIX") == "1":
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.exists(), "Run the tests once with PLATS_WRITE_MATRIX=1."
    assert text(PAGE) == wanted, (
        "The site has changed: run with PLATS_WRITE_MATRIX=1 and read what has changed."
    )


def test_the_matrix_asks_every_role() -> None:
    assert [NOBODY, NO_ROLE, *ROLES] == IDENTITIES


# Internals


def _reaches_everywhere(who: str) -> bool:
    role = ROLES.get(who)
    return role is not None and any(one.reach is Reach.EVERYWHERE for one in role.permissions())
