"""How letters leave: printed where the site runs, put in a folder, or handed to the municipality's mail server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_BACKENDS = "django.core.mail.backends"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOCAL = "http://127.0.0.1:8000"
_SECONDS = 20


def mail_settings(variables: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    """Django's settings for mail, and PLATS_MAIL_READY: whether letters that wait may be sent at all."""
    sender = _one_line(variables, "PLATS_SMTP_FROM") or "platsperspektiv@localhost"
    settings: dict[str, Any] = {
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
        "EMAIL_TIMEOUT": _SECONDS,
        "PLATS_MAIL_READY": True,
    }
    folder = variables.get("PLATS_MAIL_DIR", "").strip()
    if folder:
        place = str(Path(folder).expanduser().resolve())
        return settings | {"EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": place}
    if variables.get("PLATS_SMTP_HOST", "").strip():
        return settings | _smtp(variables)
    if production:
        # Printed letters would end in the log, with people's addresses. They wait instead.
        backend = "plats.web.notices.no_mail.EmailBackend"
        return settings | {"EMAIL_BACKEND": backend, "PLATS_MAIL_READY": False}
    return settings | {"EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}


def site_url(variables: Mapping[str, str], *, https: bool, hosts: list[str]) -> str:
    """Where the site is, for letters and calendars, which no reader's request is behind: 'https://host', no slash."""
    given = variables.get("PLATS_SITE_URL", "").strip().rstrip("/")
    if given:
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            raise ImproperlyConfigured(
                f"PLATS_SITE_URL är '{given}'. Skriv adressen utan sökväg, till exempel https://platser.kommunen.example."
            )
        return given
    names = [host for host in hosts if "." in host and not host.startswith((".", "*", "127.", "["))]
    return f"{'https' if https else 'http'}://{names[0]}" if names else _LOCAL


# Internals


def _smtp(variables: Mapping[str, str]) -> dict[str, Any]:
    security = variables.get("PLATS_SMTP_TLS", "").strip().lower() or "starttls"
    if security not in _PORTS:
        raise ImproperlyConfigured(f"PLATS_SMTP_TLS är '{security}'. Skriv starttls, tls eller none.")
    port = variables.get("PLATS_SMTP_PORT", "").strip() or str(_PORTS[security])
    if not port.isdecimal():
        raise ImproperlyConfigured(f"PLATS_SMTP_PORT är '{port}'. Skriv portens nummer, till exempel 587.")
    if not _one_line(variables, "PLATS_SMTP_FROM"):
        raise ImproperlyConfigured("PLATS_SMTP_FROM saknas. Skriv den adress som breven ska komma från.")
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": variables["PLATS_SMTP_HOST"].strip(),
        "EMAIL_PORT": int(port),
        "EMAIL_HOST_USER": variables.get("PLATS_SMTP_USER", ""),
        "EMAIL_HOST_PASSWORD": variables.get("PLATS_SMTP_PASSWORD", ""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
    }


def _one_line(variables: Mapping[str, str], name: str) -> str:
    text = variables.get(name, "").strip()
    if any(ord(sign) < ord(" ") for sign in text):
        raise ImproperlyConfigured(f"{name} har ett radslut i sig. Skriv en enda rad.")
    return text
