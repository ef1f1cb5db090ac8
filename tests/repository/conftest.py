"""The tests of the repository read every module: on one worker, so that each is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


# First: the group is put in the test's name by the one who deals them out.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("repository"))
