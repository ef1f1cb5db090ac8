from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from plats.web.config.security import CONTENT_SECURITY_POLICY, https_settings

ADDRESSES = ["/tillganglighet/", "/en/tillganglighet/", "/finns-inte/", "/statisk/django_htmx/htmx-2.min.js"]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_of_response_carries_every_header(client: Client, address: str) -> None:
    response = client.head(address)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Request-ID"]


def test_a_refused_host_and_a_refused_form_carry_the_headers_too(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["plats.example"]
    refused_host = Client(HTTP_HOST="other.example").get("/tillganglighet/")
    refused_form = Client(HTTP_HOST="plats.example", enforce_csrf_checks=True).post("/logga-ut/")
    assert refused_host.status_code == 400
    assert refused_form.status_code == 403
    for response in (refused_host, refused_form):
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Frame-Options"] == "DENY"


def test_the_policy_refuses_what_is_inline_evaluated_or_from_elsewhere() -> None:
    sources = {source for values in CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in values}
    assert sources == {"'none'", "'self'", "data:"}
    assert [name for name, values in CONTENT_SECURITY_POLICY["DIRECTIVES"].items() if "data:" in values] == [
        "img-src"
    ]


def test_pages_have_nothing_inline_that_the_policy_would_refuse(client: Client) -> None:
    for address in ("/tillganglighet/", "/integritet/", "/logga-in/", "/finns-inte/"):
        page = client.get(address).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


def test_https_brings_secure_cookies_redirect_and_memory() -> None:
    on = https_settings(https=True, behind_proxy=True)
    assert on["SECURE_SSL_REDIRECT"]
    assert on["SESSION_COOKIE_SECURE"]
    assert on["CSRF_COOKIE_SECURE"]
    assert on["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert on["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_proxys_header_is_not_believed_unless_the_installation_says_so() -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in https_settings(https=True, behind_proxy=False)
    assert settings.SECURE_PROXY_SSL_HEADER is None


def test_cookies_are_out_of_reach_for_scripts_and_other_sites() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_a_public_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/tillganglighet/").cookies


def test_the_admin_is_not_installed() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_a_view_that_says_nothing_is_closed(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "plats.web.common.tests.silent_urls"
    assert client.get("/tyst/").status_code == 403
    assert client.get("/oppen/").content == b"open"
