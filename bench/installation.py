"""An installation for the measurements that write: a folder of its own, and the database of the environment."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def installation() -> Iterator[Path]:
    """A home folder with a migrated database: SQLite in it, or the empty one that DATABASE_URL names.

    This process itself never opens the database, so that it may fork (see `forking`).
    """
    with tempfile.TemporaryDirectory(prefix="plats-bench-") as folder:
        home = Path(folder) / "home"
        os.environ["PLATS_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "plats.web.config.settings"
        import django

        from bench.forking import in_a_fork

        django.setup()
        in_a_fork(_migrate)
        yield home


def kind() -> str:
    """Which database it is."""
    from django.db import connection

    return connection.vendor


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
