"""The process that is killed between handing a letter to the mail server and noting that it was taken.

python -m plats.web.notices.tests.outbox_child prepare|die|send HOME
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend


class DyingBackend(FileBackend):
    """Takes the letter, whole, and is killed before it can say so."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        super().send_messages(email_messages)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


def prepare() -> None:
    from django.core.management import call_command

    from plats.vocabulary.messages import Message
    from plats.web.accounts.actions import May, create_user
    from plats.web.notices.actions import notify
    from plats.web.notices.kinds import NoticeKind, register_notice_kind

    call_command("migrate", verbosity=0, interactive=False)
    register_notice_kind(NoticeKind("loud", "Viktigt", "", by_mail=True))
    password = "tre blå tranor över havet"  # noqa: S105  belongs to nobody
    user = create_user(by=None, email="a@exempel.se", name="A (exempel)", password=password, may=May.READ)
    notify(by=None, recipients=[user], message=Message("Prov."), kind="loud")


def send() -> None:
    from plats.web.notices import outbox

    outbox.send_waiting()


def main(act: str, home: Path) -> None:
    os.environ |= {"PLATS_HOME": str(home), "PLATS_MAIL_DIR": str(home / "mail")}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plats.web.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from plats.web.notices import outbox

    if act == "prepare":
        prepare()
        return
    # What the one who was killed had is free at once, so that the test need not wait for the clock.
    outbox.LEASE = timedelta(0)
    if act == "die":
        settings.EMAIL_BACKEND = f"{__spec__.name if __spec__ else __name__}.DyingBackend"
    send()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
