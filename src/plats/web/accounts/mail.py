"""Letters from this app. Sent once the act they tell about is safe in the database."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from plats.web.accounts.models import Invitation, User
from plats.web.common.municipality import municipality_name
from plats.web.common.territory import place_choices

LinkTo = Callable[[str], str]
"""The address that opens an invitation, by its secret."""


class NotSentError(Exception):
    """What was done is saved, but the letter about it could not be sent."""


def send_invitation(invitation: Invitation, link: str) -> None:
    """Send the secret to the one invited, in Swedish with English below. The link is nowhere but in the letter.

    Raises NotSentError out of the transaction that ends: the invitation stands and can be sent again.
    """
    parts = []
    for language in ("sv", "en"):
        with translation.override(language):
            names = dict(place_choices())
            context = {
                "invitation": invitation,
                "link": link,
                "municipality_name": municipality_name(),
                "places": [names.get(key, key) for key in invitation.place_keys],
            }
            parts.append(render_to_string("accounts/mail/invitation.txt", context).strip())
    with translation.override("sv"):
        subject = _("Inbjudan till Platsperspektiv: %(organisation)s") % {
            "organisation": invitation.organisation.name
        }
    message = EmailMessage(subject, "\n\n---\n\n".join(parts) + "\n", to=[invitation.email])
    transaction.on_commit(lambda: _deliver(message))


def send_new_password_link(user: User, link: str) -> None:
    """Send the link to the account's own address, in Swedish with English below. It is nowhere but in the letter."""
    parts = []
    for language in ("sv", "en"):
        with translation.override(language):
            context = {"person": user, "link": link, "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
            parts.append(render_to_string("accounts/mail/new_password.txt", context).strip())
    with translation.override("sv"):
        subject = _("Välj nytt lösenord till Platsperspektiv")
    message = EmailMessage(subject, "\n\n---\n\n".join(parts) + "\n", to=[user.email])
    transaction.on_commit(lambda: _deliver(message))


# Internals


def _deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:  # smtplib's own errors are of this kind too
        raise NotSentError(_("Brevet kunde inte skickas. Försök igen med Skicka om.")) from error
