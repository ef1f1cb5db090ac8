"""How letters leave, and where the site says that it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from plats.web.config.mail import mail_settings, site_url
from plats.web.notices.no_mail import EmailBackend

SERVER = {"PLATS_SMTP_HOST": "post.exempel.se", "PLATS_SMTP_FROM": "platser@exempel.se"}


def test_without_a_server_letters_are_printed_where_the_site_runs() -> None:
    settings = mail_settings({}, production=False)
    assert settings["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert settings["PLATS_MAIL_READY"]


def test_in_production_they_wait_instead_since_a_log_holds_no_addresses() -> None:
    settings = mail_settings({}, production=True)
    assert not settings["PLATS_MAIL_READY"]
    assert settings["EMAIL_BACKEND"] == f"{EmailBackend.__module__}.EmailBackend"
    with pytest.raises(OSError, match="PLATS_SMTP_HOST"):
        EmailBackend().send_messages([EmailMessage("Hej", to=["a@exempel.se"])])


def test_a_folder_takes_letters_before_any_server(tmp_path: Path) -> None:
    settings = mail_settings({**SERVER, "PLATS_MAIL_DIR": str(tmp_path)}, production=True)
    assert settings["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert settings["EMAIL_FILE_PATH"] == str(tmp_path)


@pytest.mark.parametrize(
    ("security", "port", "tls", "ssl"),
    [
        ("", 587, True, False),
        ("starttls", 587, True, False),
        ("TLS", 465, False, True),
        ("none", 25, False, False),
    ],
)
def test_a_server_is_spoken_to_as_it_is_said(security: str, port: int, tls: bool, ssl: bool) -> None:
    settings = mail_settings({**SERVER, "PLATS_SMTP_TLS": security}, production=True)
    assert settings["PLATS_MAIL_READY"]
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("post.exempel.se", port)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)
    assert settings["DEFAULT_FROM_EMAIL"] == "platser@exempel.se"


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PLATS_SMTP_TLS", "ja", "starttls, tls eller none"),
        ("PLATS_SMTP_PORT", "femtio", "portens nummer"),
        ("PLATS_SMTP_FROM", "", "adress som breven"),
        ("PLATS_SMTP_FROM", "a@exempel.se\nBcc: b@exempel.se", "en enda rad"),
    ],
)
def test_what_is_wrong_is_told_when_the_site_starts(name: str, value: str, advice: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=advice) as error:
        mail_settings({**SERVER, name: value}, production=True)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("given", "https", "hosts", "url"),
    [
        ("https://platser.exempel.se/", False, [], "https://platser.exempel.se"),
        ("http://192.0.2.1:8000", True, [], "http://192.0.2.1:8000"),
        ("", True, ["localhost", "127.0.0.1", "platser.exempel.se"], "https://platser.exempel.se"),
        ("", False, ["localhost", "127.0.0.1", "[::1]"], "http://127.0.0.1:8000"),
        ("", True, [".exempel.se", "*"], "http://127.0.0.1:8000"),
    ],
)
def test_where_the_site_is(given: str, https: bool, hosts: list[str], url: str) -> None:
    assert site_url({"PLATS_SITE_URL": given}, https=https, hosts=hosts) == url


@pytest.mark.parametrize(
    "given",
    ["platser.exempel.se", "ftp://platser.exempel.se", "https://exempel.se/platser/", "https://", "//x"],
)
def test_an_address_of_the_site_is_scheme_and_host(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="utan sökväg"):
        site_url({"PLATS_SITE_URL": given}, https=True, hosts=[])
