"""What the surroundings say: every setting that differs between one installation and another.

The functions take the environment as a mapping, so that a test can say what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from plats.vocabulary.codes import CodeError, Division, parse_code
from plats.web.accounts.signin.oidc.configuration import IdentityProvider, read_provider
from plats.web.common.secret_files import persistent_key
from plats.web.config.database import database_settings
from plats.web.config.mail import mail_settings, site_url
from plats.web.config.recovery import finish_restore

HUDDINGE = "0126"
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
_TRUE = {"1", "true", "yes", "on", "ja", "på"}
_FALSE = {"", "0", "false", "no", "off", "nej", "av"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The installation's choices, read and checked."""

    home: Path
    municipality: str
    municipality_name: str
    secret_key: str
    audit_key: str
    factor_key: str
    idle_minutes: int
    oidc: IdentityProvider | None
    production: bool
    debug: bool
    https: bool
    behind_proxy: bool
    plain_static: bool
    log_as_json: bool
    metrics_token: str
    mail: dict[str, Any]
    site_url: str
    keep_pages: bool
    allowed_hosts: list[str]
    database: dict[str, Any]


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read the PLATS_ variables and DATABASE_URL; the secret key is made on first use."""
    home = Path(variables.get("PLATS_HOME") or "var").expanduser().resolve()
    finish_restore(home, variables.get("DATABASE_URL", ""))
    debug = _flag(variables, "PLATS_DEBUG")
    production = _flag(variables, "PLATS_PRODUCTION")
    hosts = _list(variables.get("PLATS_ALLOWED_HOSTS") or LOCAL_HOSTS)
    return Environment(
        home=home,
        municipality=_municipality(variables.get("PLATS_MUNICIPALITY") or HUDDINGE),
        municipality_name=variables.get("PLATS_MUNICIPALITY_NAME", "").strip(),
        secret_key=variables.get("PLATS_SECRET_KEY") or persistent_key(home, "secret_key"),
        audit_key=variables.get("PLATS_AUDIT_KEY", ""),
        factor_key=variables.get("PLATS_FACTOR_KEY", ""),
        idle_minutes=_minutes(variables, "PLATS_IDLE_MINUTES", 60),
        oidc=read_provider(
            variables,
            production=production,
            is_test=_flag(variables, "PLATS_OIDC_QA"),
        ),
        production=production,
        debug=debug,
        https=_flag(variables, "PLATS_HTTPS"),
        behind_proxy=_flag(variables, "PLATS_BEHIND_PROXY"),
        keep_pages=not _flag(variables, "PLATS_WRITE_EVERY_PAGE"),
        plain_static=debug or _flag(variables, "PLATS_PLAIN_STATIC"),
        log_as_json=_log_form(variables.get("PLATS_LOG", ""), production=production),
        metrics_token=variables.get("PLATS_METRICS_TOKEN", "").strip(),
        mail=mail_settings(variables, production=production),
        site_url=site_url(variables, https=_flag(variables, "PLATS_HTTPS"), hosts=hosts),
        allowed_hosts=hosts,
        database=database_settings(variables.get("DATABASE_URL", ""), home),
    )


# Internals


def _flag(variables: Mapping[str, str], name: str) -> bool:
    text = variables.get(name, "").strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} är '{text}'. Skriv 1 för på eller 0 för av.")


def _log_form(text: str, *, production: bool) -> bool:
    """Whether the log is written for a machine; in production it is, unless something else is said."""
    form = text.strip().lower() or ("json" if production else "text")
    if form not in ("json", "text"):
        raise ImproperlyConfigured(f"PLATS_LOG är '{text}'. Skriv json eller text.")
    return form == "json"


def _minutes(variables: Mapping[str, str], name: str, usual: int) -> int:
    text = variables.get(name, "").strip() or str(usual)
    if not text.isdecimal() or int(text) < 1:
        raise ImproperlyConfigured(f"{name} är '{text}'. Skriv ett antal minuter, till exempel {usual}.")
    return int(text)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _municipality(text: str) -> str:
    try:
        return parse_code(Division.MUNICIPALITY, text)
    except CodeError as error:
        raise ImproperlyConfigured(f"PLATS_MUNICIPALITY: {error}") from error
