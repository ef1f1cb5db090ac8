"""A hash over every definition: with the same hash, the same observations give the same figures."""

from __future__ import annotations

import hashlib

from plats import __version__
from plats.catalog.load import read_definitions


def definitions_hash() -> str:
    """A hash over the content of every definition file and the program's version."""
    content = repr(sorted(read_definitions().items()))
    return hashlib.sha256(f"{__version__} {content}".encode()).hexdigest()
