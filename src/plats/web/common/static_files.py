"""Collecting static files under hashed, compressed names: seconds of work, so only when a file has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Collect when any static file is new, gone or changed since last time; whether it was done."""
    if is_collected():
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    _stamp().write_text(_fingerprint(), encoding="ascii")
    return True


def is_collected() -> bool:
    """Whether what was collected last time are the static files as they are now."""
    return _stamp().exists() and _stamp().read_text(encoding="ascii") == _fingerprint()


# Internals


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _fingerprint() -> str:
    """A hash over every static file's name, size and time of change, and how files are stored."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            size, changed = storage.size(name), storage.get_modified_time(name)
            digest.update(f"{name} {size} {changed.isoformat()}".encode())
    return digest.hexdigest()
