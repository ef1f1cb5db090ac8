from __future__ import annotations


class BackupError(ValueError):
    """A backup or a restore that cannot be done; the message says what to do. Nothing has been changed."""
