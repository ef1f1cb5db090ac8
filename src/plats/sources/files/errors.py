"""What goes wrong when files are read: each error says what, where and what to do."""

from __future__ import annotations


class SourceError(ValueError):
    """A file or a mapping that cannot be used as it is."""


class MappingError(SourceError):
    """A mapping file with a fault; the message names the file, the field and what to write."""


class ReadError(SourceError):
    """A file that cannot be read as the mapping says."""


class PlanError(SourceError):
    """An import that was stopped because rows were rejected; nothing is written."""
