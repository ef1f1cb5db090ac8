"""What a browser is told it may do with our pages, and the settings that follow from HTTPS."""

from __future__ import annotations

from typing import Any

# Everything is refused that is not named. No page needs inline script or style, eval, frames or another host.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Headers that Django has no setting for; middleware in `common` puts them on each response, static files too.
EXTRA_HEADERS: dict[str, str] = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}

ONE_YEAR_SECONDS = 31_536_000


def https_settings(*, https: bool, behind_proxy: bool) -> dict[str, Any]:
    """Cookies and redirects that hold the traffic to HTTPS once an installation says that it has it.

    A server in front of ours must overwrite X-Forwarded-Proto before `behind_proxy` is set: else anyone can
    claim that their plain request was encrypted.
    """
    settings: dict[str, Any] = {
        "SECURE_SSL_REDIRECT": https,
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_SECURE": https,
        # Only our own host: a municipality's other subdomains are not ours to decide over.
        "SECURE_HSTS_SECONDS": ONE_YEAR_SECONDS if https else 0,
    }
    if behind_proxy:
        settings["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
    return settings
