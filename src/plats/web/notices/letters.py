"""The letter: that there is something new, and where to read it. Nothing of what it is about, since mail is open."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from plats.web.notices.links import absolute
from plats.web.notices.models import Letter


def compose(letter: Letter) -> EmailMessage:
    """The letter in Swedish, with English below."""
    parts = []
    for language in ("sv", "en"):
        with translation.override(language):
            addresses = {
                "mine": absolute(reverse("notices:mine")),
                "settings": absolute(reverse("notices:settings")),
            }
            parts.append(render_to_string("notices/mail/news.txt", addresses).strip())
    with translation.override("sv"):
        subject = _("Det finns något nytt i Platsperspektiv")
    return EmailMessage(
        subject,
        "\n\n---\n\n".join(parts) + "\n",
        to=[letter.recipient.email],
        headers={"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"},
    )


def message_id(letter: Letter) -> str:
    """The letter's own for ever: sent twice it is still one letter."""
    return f"<{letter.public_id}@{urlsplit(settings.PLATS_SITE_URL).hostname}>"
