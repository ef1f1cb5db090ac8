"""Whose account an identity at the provider opens. It never makes one."""

from __future__ import annotations

from plats.web.accounts.models import LinkedIdentity, User
from plats.web.accounts.signin.entering import account_of
from plats.web.accounts.signin.oidc.flow import Answer, OidcError
from plats.web.audit.recording import recorded


def account_for(answer: Answer, issuer: str) -> User:
    """The account linked to the identity; the first time, the one with its verified address. OidcError when none is."""
    link = LinkedIdentity.objects.filter(provider=issuer, uid=answer.subject).select_related("user").first()
    user = link.user if link is not None else _known(answer)
    if user is None or not user.is_active:
        raise OidcError("unknown")
    if link is None:
        _link(user, issuer, answer.subject)
    return user


def account_linked_to(answer: Answer, issuer: str) -> User | None:
    """The account already linked to the identity. Confirming who one is links nothing: that is done by signing in."""
    link = LinkedIdentity.objects.filter(provider=issuer, uid=answer.subject).select_related("user").first()
    return link.user if link is not None and link.user.is_active else None


# Internals


def _known(answer: Answer) -> User | None:
    if not answer.email or not answer.email_verified:
        raise OidcError("unverified")
    return account_of(answer.email)


def _link(user: User, issuer: str, subject: str) -> None:
    """Tie the identity to the account, for good. An account that has one already takes no second from this issuer:
    the address may have been given to someone else."""
    with recorded(by=user, act="identity.link") as record:
        User.objects.select_for_update().get(pk=user.pk)
        if LinkedIdentity.objects.filter(provider=issuer, user=user).exists():
            raise OidcError("other_identity")
        made = LinkedIdentity.objects.create(user=user, provider=issuer, uid=subject, extra_data={})
        record.created(made)
