"""For verbs that write in the site's own database: start the site, and say what to do when it has no tables yet."""

from __future__ import annotations

import click

from plats.cli.output import home, set_up_django


def set_up_site() -> None:
    """Start the site's machinery; an error that says what to do when `plats init` has not been run."""
    set_up_django()
    from django.db import connection

    if "accounts_membership" not in connection.introspection.table_names():
        raise click.ClickException(f"Webbplatsen i {home()} är inte färdig. Kör plats init först.")
