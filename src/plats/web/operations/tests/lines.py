"""What would have been written in the log, read back."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from plats.web.common.request_id import RequestIdFilter
from plats.web.operations.logs import JsonFormatter, Refused, TextFormatter


@dataclass
class Log:
    """Every line, as text and as what it says."""

    stream: io.StringIO

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == logger]


@contextmanager
def written(*, as_json: bool = True) -> Iterator[Log]:
    """The log of what happens inside, by the handler that `logging_settings` describes, for every logger."""
    log = Log(io.StringIO())
    handler = logging.StreamHandler(log.stream)
    handler.addFilter(RequestIdFilter())
    handler.addFilter(Refused())
    handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
    apart = [one for one in _loggers() if not one.propagate or one is logging.root]
    for logger in apart:
        logger.addHandler(handler)
    try:
        yield log
    finally:
        for logger in apart:
            logger.removeHandler(handler)


# Internals


def _loggers() -> list[logging.Logger]:
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    return [logging.root, *known]
