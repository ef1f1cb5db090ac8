"""Who may open a page. Every view says it in the line above its name; one that says nothing opens for nobody.

@public     anyone, signed in or not
@signed_in  a person with an account that may read; to change something it must also be allowed to write
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

View = Callable[..., HttpResponseBase]
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ATTRIBUTE = "plats_access"


class Access(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"


class Decision(StrEnum):
    ALLOW = "allow"
    LOG_IN = "log_in"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the site and its access; None when the view says nothing."""

    name: str
    pattern: str
    access: Access | None


def decide(user: Any, method: str) -> Decision:
    """Whether this user may use a signed-in page with this HTTP method; master switches stand above roles."""
    if not user.is_authenticated:
        return Decision.LOG_IN
    if not user.may_read:
        return Decision.REFUSE
    if method not in READING_METHODS and not user.may_write:
        return Decision.REFUSE
    return Decision.ALLOW


def public(view: View) -> View:
    """Open to everyone."""
    setattr(view, _ATTRIBUTE, Access.PUBLIC)
    return view


def signed_in(view: View) -> View:
    """Open to those who are signed in and whose switches allow it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        decision = decide(request.user, request.method or "")
        if decision is Decision.LOG_IN:
            return redirect_to_login(request.get_full_path())
        if decision is Decision.REFUSE:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    setattr(guarded, _ATTRIBUTE, Access.SIGNED_IN)
    return guarded


def access_of(view: object) -> Access | None:
    """The access a view has said, or None."""
    return getattr(view, _ATTRIBUTE, None)


def routes() -> list[Route]:
    """Every address of the site."""
    return list(_walk(get_resolver().url_patterns, namespace="", prefix=""))


# Internals


def _walk(patterns: Sequence[URLPattern | URLResolver], *, namespace: str, prefix: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, namespace=inner, prefix=path)
        else:
            name = ":".join(part for part in (namespace, entry.name) if part)
            yield Route(name, path, access_of(entry.callback))
