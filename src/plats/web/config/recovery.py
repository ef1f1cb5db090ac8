"""Finishing what a killed restore has left, before anything else of the home folder is read."""

from __future__ import annotations

from pathlib import Path


def finish_restore(home: Path, url: str) -> None:
    """Finish or undo an interrupted restore of the home folder and the database at `url`: one look if there is none."""
    if not (home / ".restore").exists():
        return
    from plats.web.config.database import database_settings
    from plats.web.operations.backup.database import Database
    from plats.web.operations.backup.swapping import is_interrupted, recover

    if is_interrupted(home):
        recover(home, Database.of(database_settings(url, home)))
