from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import Settings

from plats.web.common.access import Decision, decide


@pytest.mark.parametrize(
    ("signed_in", "may_read", "may_write", "method", "decision"),
    [
        (False, False, False, "GET", Decision.LOG_IN),
        (False, False, False, "POST", Decision.LOG_IN),
        (True, False, False, "GET", Decision.REFUSE),
        (True, True, False, "GET", Decision.ALLOW),
        (True, True, False, "HEAD", Decision.ALLOW),
        (True, True, False, "POST", Decision.REFUSE),
        (True, True, False, "DELETE", Decision.REFUSE),
        (True, True, True, "POST", Decision.ALLOW),
        # The reading switch closes writing with it.
        (True, False, True, "POST", Decision.REFUSE),
    ],
)
def test_the_master_switches_decide(
    signed_in: bool, may_read: bool, may_write: bool, method: str, decision: Decision
) -> None:
    user = SimpleNamespace(is_authenticated=signed_in, may_read=may_read, may_write=may_write)
    assert decide(user, method) is decision


def test_a_stranger_is_sent_to_sign_in_and_back_again(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "plats.web.common.tests.silent_urls"
    response = client.get("/inne/?ar=2022")
    assert response.status_code == 302
    assert response.headers["Location"] == "/logga-in/?next=/inne/%3Far%3D2022"
