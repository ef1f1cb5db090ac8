"""The matrix: every address of the site × every role × own and other organisation, by asking the site itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plats.web.accounts.roles import ROLES
from plats.web.accounts.tests.world import World, make_user
from plats.web.common.access import STEP_UP_ROUTE, Access, Route, routes
from plats.web.common.permissions import Permission
from tests.repository.access_samples import SAMPLES, make_things


class Answer(StrEnum):
    """What the site says to one who asks."""

    OPENS = "ja"
    SIGN_IN = "logga in"
    STEP_UP = "bekräfta"
    REFUSED = "nej"


@dataclass(frozen=True, slots=True)
class Asked:
    """One address and method, and the answers by identity: for an object of one's own organisation, and of another.

    `other` is empty for an address that is about no object.
    """

    route: Route
    method: str
    own: dict[str, Answer]
    other: dict[str, Answer]

    @property
    def permission(self) -> Permission | None:
        return self.route.rule.permission if self.route.rule else None


NOBODY = "ingen"
NO_ROLE = "utan roll"
IDENTITIES = [NOBODY, NO_ROLE, *ROLES]


def closed_routes() -> list[Route]:
    """Those that are not open to everyone."""
    return [route for route in routes() if route.access is not Access.PUBLIC]


def ask_all(world: World) -> Iterator[Asked]:
    """Ask every closed address as everyone. What an answer changed is undone before the next question."""
    clients = _clients(world)
    own = make_things(world, world.committee, world.analyst, world.police)
    other = make_things(world, world.other, world.others["analyst"], world.police)
    for route in closed_routes():
        sample = SAMPLES.get(route.name)
        mine = sample.arguments(own) if sample else {}
        theirs = sample.arguments(other) if sample else {}
        for method in ("GET", "POST"):
            answers = {who: _ask(clients[who], route, method, mine) for who in IDENTITIES}
            # A method that the address knows for no one who comes in is no part of the site.
            if Answer.OPENS not in answers.values():
                continue
            others = (
                {who: _ask(clients[who], route, method, theirs) for who in IDENTITIES}
                if theirs != mine
                else {}
            )
            yield Asked(route, method, _said(answers), _said(others))


# Internals


def _said(answers: dict[str, Answer | None]) -> dict[str, Answer]:
    """A method that the address does not know for someone is a refusal to them."""
    return {who: answer or Answer.REFUSED for who, answer in answers.items()}


def _clients(world: World) -> dict[str, Client]:
    people = {NO_ROLE: make_user(), **world.people}
    clients = {NOBODY: Client()}
    for who, user in people.items():
        clients[who] = Client()
        clients[who].force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return clients


def _ask(client: Client, route: Route, method: str, kwargs: dict[str, Any]) -> Answer | None:
    """The answer; None when the address does not know the method."""
    response = _response(client, route, method, kwargs)
    if response.status_code == 405:
        return None
    if response.status_code in (403, 404):
        return Answer.REFUSED
    target = response.headers.get("Location", "")
    if target.startswith(reverse(settings.LOGIN_URL)):
        return Answer.SIGN_IN
    if target.startswith(reverse(STEP_UP_ROUTE)):
        return Answer.STEP_UP
    return Answer.OPENS


def _response(client: Client, route: Route, method: str, kwargs: dict[str, Any]) -> HttpResponse:
    address = reverse(route.name, kwargs=kwargs)
    with transaction.atomic():
        response: Any = client.generic(method, address)
        # A page that is sent as it is made is read here, while what it reads is still there.
        if getattr(response, "streaming", False):
            list(response.streaming_content)
        transaction.set_rollback(True)
    return response
