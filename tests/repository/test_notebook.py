"""The guide's notebook prints what it says that it prints."""

from __future__ import annotations

import nbformat

from scripts.notebook import NOTEBOOK, printed, run


def test_the_notebook_prints_what_stands_in_it() -> None:
    kept = printed(nbformat.read(NOTEBOOK, as_version=4))
    assert all(kept[1:])
    assert printed(run()) == kept, "Run python scripts/notebook.py, and read what has changed."
