"""An exception as the log tells it: what kind, and where in the program. Never the values it happened to.

An exception's own words often repeat what someone wrote ("invalid literal: 'Anna'"), and PostgreSQL's second line
holds the row. So the words are kept only for kinds that speak of the machine, and only their first line.
"""

from __future__ import annotations

import traceback
from types import TracebackType

from plats.web.operations.masking import safe

MOST_FRAMES = 40
"""How many frames are told, counted from where it went wrong."""

# Names and not classes: their modules need settings that are not there yet when logging is set up.
_SPEAKS_OF_THE_MACHINE = frozenset(
    {
        "AttributeError",
        "ImproperlyConfigured",
        "ImportError",
        "InterfaceError",
        "MemoryError",
        "ModuleNotFoundError",
        "NameError",
        "NotImplementedError",
        "OperationalError",
        "ProgrammingError",
        "IntegrityError",
        "RecursionError",
        "StoreError",
        "TemplateDoesNotExist",
        "TemplateSyntaxError",
        "TimeoutError",
        "WorkerTimeout",
        "ZeroDivisionError",
    }
)
LEFT_OUT = "(texten utelämnad)"


def told(error: BaseException, trace: TracebackType | None) -> str:
    """The exception and those that led to it, each with its frames; the first cause first."""
    return "\n".join(_one(link, link.__traceback__ if link is not error else trace) for link in _chain(error))


def words_of(error: BaseException) -> str:
    """The exception's kind, and its own words where they are about the machine."""
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        # Without the file's name: uploads carry names that people gave them.
        return f"{kind}: [{error.errno}] {safe(error.strerror or '')}"
    if _SPEAKS_OF_THE_MACHINE.isdisjoint(parent.__name__ for parent in type(error).__mro__):
        return f"{kind} {LEFT_OUT}"
    first_line = str(error).partition("\n")[0]
    return f"{kind}: {safe(first_line)}" if first_line else kind


# Internals


def _chain(error: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links:
        links.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return links[::-1]


def _one(error: BaseException, trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line or ''}" for frame in frames]
    return "\n".join([*places, words_of(error)])
