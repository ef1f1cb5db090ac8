from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from plats.web.common.client_address import client_address, client_network, is_from_this_machine

FORWARDING = ["x-forwarded-for", "x-real-ip", "forwarded", "x-forwarded-proto", "x-forwarded-host"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("::ffff:192.0.2.17", "192.0.2.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_network_says_where_from_and_not_who(settings: Settings, address: str, network: str) -> None:
    settings.PLATS_BEHIND_PROXY = False
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_header_is_believed_only_behind_a_server_of_ours_and_then_its_last_part(settings: Settings) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "203.0.113.5, 192.0.2.17"}
    )
    settings.PLATS_BEHIND_PROXY = False
    assert client_address(request) == "127.0.0.1"
    settings.PLATS_BEHIND_PROXY = True
    assert client_address(request) == "192.0.2.17"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.5.5.5", "::1", "::ffff:127.0.0.1"])
def test_a_program_here_is_from_this_machine(address: str) -> None:
    assert is_from_this_machine(RequestFactory().get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize("address", ["192.0.2.17", "10.0.0.1", "2001:db8::7", "", "localhost", "0.0.0.0"])  # noqa: S104
def test_others_are_not(address: str) -> None:
    assert not is_from_this_machine(RequestFactory().get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize("header", FORWARDING)
@pytest.mark.parametrize("value", ["127.0.0.1", "::1", "localhost", ""])
def test_no_header_makes_anyone_local_and_each_makes_one_foreign(header: str, value: str) -> None:
    for address in ("192.0.2.17", "127.0.0.1"):
        request = RequestFactory().get("/", REMOTE_ADDR=address, headers={header: value})
        assert not is_from_this_machine(request)
