"""What stands where a mail server should: in production, until someone has said which there is."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Sends nothing, and says so. Letters are not printed instead: they hold people's addresses."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise OSError(
            f"{len(email_messages)} brev kan inte skickas: ingen e-postserver är angiven. Sätt PLATS_SMTP_HOST."
        )
