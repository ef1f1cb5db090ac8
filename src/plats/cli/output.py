"""What every verb shares: where the store is, how to print, how to fail.

Exit codes: 0 done, 1 it could not be done (the message says what to do), 2 the command was written wrong.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from plats.facts.versions import FactStore
from plats.vocabulary.codes import Division, parse_code

HUDDINGE = "0126"


def home() -> Path:
    """PLATS_HOME: where everything that changes is kept."""
    return Path(os.environ.get("PLATS_HOME", "var")).expanduser().resolve()


def store() -> FactStore:
    return FactStore(home())


def municipality() -> str:
    """The municipality this installation serves; an error when the code does not have the form of one."""
    return parse_code(Division.MUNICIPALITY, os.environ.get("PLATS_MUNICIPALITY") or HUDDINGE)


def set_up_django() -> None:
    """Start the site's machinery for verbs that touch its database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plats.web.config.settings")
    import django

    from plats.web.common.presence import stay

    # What is written while the rows are being replaced would be lost.
    stay(home())
    django.setup()


@dataclass
class Printer:
    """Prints lines for people, or one JSON object for programs."""

    as_json: bool

    def line(self, text: str = "") -> None:
        if not self.as_json:
            click.echo(text)

    def progress(self, text: str, done: int, total: int) -> None:
        """A line that is rewritten in place; nothing when no one is watching."""
        if not self.as_json and sys.stderr.isatty():
            end = "\n" if done == total else ""
            click.echo(f"\r\x1b[K  {done}/{total}  {text}{end}", nl=False, err=True)

    def result(self, content: dict[str, Any]) -> None:
        """The JSON object; nothing for people, who have read the lines."""
        if self.as_json:
            click.echo(json.dumps(content, ensure_ascii=False, indent=1, default=str))


json_option = click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the errors we foresee into one sentence and exit code 1; others keep their traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from plats.catalog.models import CatalogError
        from plats.engine.tables import TableError
        from plats.facts.snapshots import SnapshotError
        from plats.facts.versions import StoreError
        from plats.vocabulary.codes import CodeError
        from plats.vocabulary.periods import PeriodError

        try:
            return command(*args, **kwargs)
        except (CatalogError, TableError, SnapshotError, StoreError, CodeError, PeriodError) as error:
            raise click.ClickException(str(error)) from error
        except ValueError as error:
            # The sources' own errors are ValueErrors that already say what, where and what to do.
            if type(error).__module__.startswith("plats."):
                raise click.ClickException(str(error)) from error
            raise

    return wrapped
