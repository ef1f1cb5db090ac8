"""How the log is written: one line per event, as JSON for a machine or as text for a person at a terminal.

A line holds what `_FIELDS` names and a message made safe by `masking`. Never a name, an e-mail address, a network
address, a query or what a form held: a person is the number of their account. The security log alone says from which
network (client_address.client_network), so that an attack can be told from a slip.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from plats.web.common.request_id import RequestIdFilter
from plats.web.operations.failures import told, words_of
from plats.web.operations.masking import one_line, safe

ACCESS = "plats.access"
SECURITY = "plats.security"

# What a line may say beside its message, in the order it is said; a logger gives them with `extra=`.
_FIELDS = ("route", "method", "status", "ms", "queries", "user")
# Packages that put the address of the page among the words of a message: a page's address can be a secret.
_SAY_ADDRESSES = ("django.request", "django.security", "gunicorn.error")

_as_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


class JsonFormatter(logging.Formatter):
    """Each line is one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": _moment(record), "level": record.levelname, "logger": record.name}
        line |= {"message": message_of(record)} | fields_of(record)
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = told(record.exc_info[1], record.exc_info[2])
        return _as_json(line)


class TextFormatter(logging.Formatter):
    """Each event is a line; only an exception's frames follow below it, indented."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{name}={value}" for name, value in fields_of(record).items())
        line = f"{_moment(record)} {record.levelname} {record.name} {message_of(record)}"
        if fields:
            line += f" [{fields}]"
        if record.exc_info and record.exc_info[1] is not None:
            trace = told(record.exc_info[1], record.exc_info[2])
            line += "\n" + "\n".join(f"    {one}" for one in trace.splitlines())
        return line


class Refused(logging.Filter):
    """Leaves out Django's own line about a page that was refused: the access log has one already, without address."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name != "django.request" or record.levelno >= logging.ERROR


def logging_settings(*, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, where systemd or the terminal takes it. Nothing is mailed."""
    formatter = JsonFormatter if as_json else TextFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}, "refused": {"()": Refused}},
        "formatters": {"line": {"()": formatter}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request_id", "refused"],
                "formatter": "line",
            }
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Named with their handler so that those Django gives them by default, mail among them, are taken away.
            "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }


def message_of(record: logging.LogRecord) -> str:
    """The message as it may be written."""
    if record.name == ACCESS:
        # Made of a method, a route and a status (`observing`), for every request: not searched for what it cannot hold.
        return one_line(record.getMessage())
    if isinstance(record.msg, BaseException):
        return words_of(record.msg)
    if record.name == "gunicorn.error" and str(record.msg).startswith("Invalid request"):
        # Goes on with the reader's address and what was sent.
        return "Invalid request"
    if record.name.startswith(_SAY_ADDRESSES) and isinstance(record.args, tuple):
        return safe(_formatted(str(record.msg), tuple(_without_address(one) for one in record.args)))
    args = record.args
    if isinstance(args, tuple):
        args = tuple(words_of(one) if isinstance(one, BaseException) else one for one in args)
    return safe(_formatted(str(record.msg), args))


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What the line says beside its message; what is not known is left out."""
    content = record.__dict__
    fields = {"request": content.get("request_id", "-")}
    fields |= {name: content.get(name, "") for name in _FIELDS}
    if record.name == SECURITY:
        from plats.web.operations.observing import current_network

        fields["network"] = current_network()
    # Of a known form each, so that they are only kept to one line: a network is no address, a number of an account no
    # telephone.
    return {
        name: one_line(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if value not in ("", "-")
    }


# Internals


def _formatted(text: str, args: Any) -> str:
    """A message that does not fit its own arguments still gives a line."""
    if not args:
        return text
    try:
        return str(text % args)
    except (TypeError, ValueError, KeyError):
        return text


def _without_address(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("/", "http:", "https:")):
        return "(adress)"
    return value


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
