"""Who may open a page. Every view says it in the line above its name; one that says nothing opens for nobody.

@public           anyone, signed in or not
@signed_in        a person with an account that may read; to change something it must also be allowed to write
@own_account      one who is signed in, for what is theirs alone: the writing switch is about others' data
@permitted(PERM)  one who holds a role that carries the permission, in some organisation

What a person then sees on the page is decided by ``visible_to(user)`` on every queryset, never by the view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from plats.web.common.permissions import Permission

View = Callable[..., HttpResponseBase]
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ATTRIBUTE = "plats_access"
STEP_UP_ROUTE = "accounts:step_up"


class Access(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    PERMITTED = "permitted"


class Decision(StrEnum):
    ALLOW = "allow"
    LOG_IN = "log_in"
    STEP_UP = "step_up"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a view has said: its access, and the permission when there is one."""

    access: Access
    permission: Permission | None = None
    own_account: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the site and its rule; None when the view says nothing."""

    name: str
    pattern: str
    rule: Rule | None

    @property
    def access(self) -> Access | None:
        return self.rule.access if self.rule else None


def decide(user: Any, method: str, permission: Permission | None = None) -> Decision:
    """Whether this user may use a page with this HTTP method; master switches stand above roles."""
    if not user.is_authenticated:
        return Decision.LOG_IN
    if not user.may_read:
        return Decision.REFUSE
    if method not in READING_METHODS and not user.may_write:
        return Decision.REFUSE
    if permission is not None and not user.may(permission):
        return Decision.REFUSE
    return Decision.ALLOW


def public(view: View) -> View:
    """Open to everyone."""
    setattr(view, _ATTRIBUTE, Rule(Access.PUBLIC))
    return view


def signed_in(view: View) -> View:
    """Open to those who are signed in and whose switches allow it."""
    return _guard(view, Rule(Access.SIGNED_IN))


def own_account(view: View) -> View:
    """Open to those who are signed in, to look after their own account. Whoever may only read changes passwords too."""
    return _guard(view, Rule(Access.SIGNED_IN, own_account=True))


def permitted(permission: Permission) -> Callable[[View], View]:
    """Open to those who hold a role with the permission. A sensitive one asks for a strong and fresh sign-in."""

    def guard(view: View) -> View:
        return _guard(view, Rule(Access.PERMITTED, permission))

    return guard


def rule_of(view: object) -> Rule | None:
    """What a view has said, or None."""
    return getattr(view, _ATTRIBUTE, None)


def access_of(view: object) -> Access | None:
    """The access a view has said, or None."""
    rule = rule_of(view)
    return rule.access if rule else None


def routes() -> list[Route]:
    """Every address of the site."""
    return list(_walk(get_resolver().url_patterns, namespace="", prefix=""))


# Internals


def _guard(view: View, rule: Rule) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = "GET" if rule.own_account else request.method or ""
        decision = decide(request.user, method, rule.permission)
        if decision is Decision.ALLOW and rule.permission is not None and rule.permission.sensitive:
            decision = _stepped_up(request)
        if decision is Decision.LOG_IN:
            return redirect_to_login(request.get_full_path())
        if decision is Decision.STEP_UP:
            return _to_step_up(request)
        if decision is Decision.REFUSE:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    setattr(guarded, _ATTRIBUTE, rule)
    return guarded


def _stepped_up(request: HttpRequest) -> Decision:
    """`accounts` puts the session's assurance on the request; a session that nobody has judged is not enough."""
    assurance = getattr(request, "assurance", None)
    return Decision.ALLOW if assurance is not None and assurance.enough_for_sensitive else Decision.STEP_UP


def _to_step_up(request: HttpRequest) -> HttpResponseBase:
    # A form that was sent is not sent again by itself: one comes back to the page it was on.
    back = (
        request.get_full_path() if request.method in READING_METHODS else request.headers.get("Referer", "")
    )
    return HttpResponseRedirect(f"{reverse(STEP_UP_ROUTE)}?{urlencode({'next': back})}")


def _walk(patterns: Sequence[URLPattern | URLResolver], *, namespace: str, prefix: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, namespace=inner, prefix=path)
        else:
            name = ":".join(part for part in (namespace, entry.name) if part)
            yield Route(name, path, rule_of(entry.callback))
