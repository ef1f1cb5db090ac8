"""Which provider an installation may name. In production, none that is for trying out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from plats.web.accounts.signin.oidc.configuration import looks_like_test, read_provider

REAL = {
    "PLATS_OIDC_ISSUER": "https://inloggning.kommun.se",
    "PLATS_OIDC_CLIENT_ID": "plats",
    "PLATS_OIDC_CLIENT_SECRET": "hemligt",
}
TEST_ISSUERS = [
    "https://qa.connect.sverige.se",
    "https://idp-test.kommun.se",
    "https://test.sambi.se/idp",
    "https://appapi2.test.bankid.com",
    "https://login.kommun.se/realms/test",
    "https://adfstest.kommun.se",
    "https://test2-idp.kommun.se",
    "https://idp.acc.kommun.se",
    "https://idp.kommun.se/qa/",
    "https://dev.kommun.se",
    "https://staging-idp.kommun.se",
    "https://demo.idp.se",
    "https://IDP-QA.kommun.se",
    "https://idp.exempel.se",
    "https://localhost:8443",
    "https://127.0.0.1",
    "https://[::1]",
    "https://idp.localhost",
]
REAL_ISSUERS = [
    "https://inloggning.kommun.se",
    "https://idp.huddinge.se/adfs",
    "https://login.microsoftonline.com/0f4c7d8e-1c2b-4a5d-9e6f-123456789abc/v2.0",
    "https://connect.sverige.se",
    "https://idp.stockholm.se/oidc",
    "https://acceso.kommun.se",
    "https://contestad.kommun.se",
]


def read(production: bool = False, is_test: bool = False, **more: str) -> object:
    return read_provider(REAL | more, production=production, is_test=is_test)


def test_without_an_issuer_there_is_no_provider() -> None:
    assert read_provider({}, production=True, is_test=False) is None


@pytest.mark.parametrize("issuer", TEST_ISSUERS)
def test_a_provider_for_trying_out_is_refused_in_production(issuer: str) -> None:
    assert looks_like_test(issuer)
    with pytest.raises(ImproperlyConfigured, match="provmiljö"):
        read(production=True, PLATS_OIDC_ISSUER=issuer)
    assert read(PLATS_OIDC_ISSUER=issuer) is not None


@pytest.mark.parametrize("issuer", REAL_ISSUERS)
def test_a_real_provider_is_taken_in_production(issuer: str) -> None:
    provider = read(production=True, PLATS_OIDC_ISSUER=issuer)
    assert getattr(provider, "issuer", "") == issuer


def test_one_that_says_itself_that_it_is_for_trying_out_is_refused_in_production() -> None:
    with pytest.raises(ImproperlyConfigured, match="PLATS_OIDC_QA"):
        read(production=True, is_test=True)
    assert read(is_test=True) is not None


@pytest.mark.parametrize(
    "issuer",
    [
        "http://inloggning.kommun.se",
        "inloggning.kommun.se",
        "https://a@inloggning.kommun.se",
        "https://x.se/?a=1",
        "ftp://x.se",
    ],
)
def test_an_address_that_is_none_or_in_plain_text_is_refused(issuer: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PLATS_OIDC_ISSUER"):
        read(PLATS_OIDC_ISSUER=issuer)


@pytest.mark.parametrize("name", ["PLATS_OIDC_CLIENT_ID", "PLATS_OIDC_CLIENT_SECRET"])
def test_half_a_provider_is_refused_with_what_is_missing(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**{name: ""})


def test_the_secret_is_not_shown_with_the_provider() -> None:
    assert "hemligt" not in repr(read())


def test_levels_are_read_and_an_unnamed_one_is_no_more_than_a_password() -> None:
    provider = read_provider(
        REAL | {"PLATS_OIDC_TRUSTED_ACR": "http://id.elegnamnden.se/loa/1.0/loa3=3, urn:x=y=2"},
        production=True,
        is_test=False,
    )
    assert provider is not None
    levels = {
        acr: provider.level_of(acr)
        for acr in ("http://id.elegnamnden.se/loa/1.0/loa3", "urn:x=y", "other", "")
    }
    assert levels == {"http://id.elegnamnden.se/loa/1.0/loa3": 3, "urn:x=y": 2, "other": 2, "": 2}


@pytest.mark.parametrize("text", ["loa3", "loa3=", "=3", "loa3=4", "loa3=tre", "loa3=3 loa2=2=x"])
def test_levels_that_cannot_be_read_say_what_to_write(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PLATS_OIDC_TRUSTED_ACR"):
        read(PLATS_OIDC_TRUSTED_ACR=text)
