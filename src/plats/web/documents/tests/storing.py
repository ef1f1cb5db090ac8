"""A program of its own that stores files until it is killed: `python -m plats.web.documents.tests.storing store|judge`.

What it says on a line has been acknowledged. Run on the home that PLATS_HOME names.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
from typing import Any


def main(what: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "plats.web.config.settings"
    import django

    django.setup()
    {"prepare": prepare, "store": store_for_ever, "judge": judge}[what]()


def prepare() -> None:
    from django.core.management import call_command

    from plats.web.accounts.actions import May, create_user

    call_command("migrate", verbosity=0, interactive=False)
    password = "tre gula lastbilar"  # noqa: S105  belongs to nobody
    create_user(by=None, email="a@exempel.se", name="A (exempel)", password=password, may=May.WRITE)


def store_for_ever() -> None:
    from plats.web.documents.uploads import store

    number = int.from_bytes(os.urandom(6), "big")
    while True:
        number += 1
        # A megabyte each, so that most of the time is spent writing.
        stored = store(io.BytesIO(f"{number:>15}\n".encode() * 65_536), by=_user(), name="a.txt")
        _say(stored.sha256)


def judge() -> None:
    """What is on disk and in the rows: each row's content whole, and nothing else but what a sweep may take."""
    from plats.web.audit.verify import verify
    from plats.web.documents.models import StoredFile
    from plats.web.documents.uploads.storage import path_of

    for sha256 in StoredFile.objects.values_list("sha256", flat=True):
        path = path_of(sha256)
        whole = path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        _say(f"{'whole' if whole else 'BROKEN'} {sha256}")
    _say(f"chain {'whole' if verify().whole else 'BROKEN'}")


# Internals


def _user() -> Any:
    from plats.web.accounts.models import User

    return User.objects.get()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
