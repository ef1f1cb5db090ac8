"""The definition files as read, for each test to spoil as it likes."""

from __future__ import annotations

from copy import deepcopy

import pytest

from plats.catalog.load import Definitions, read_definitions


@pytest.fixture(scope="session")
def files() -> Definitions:
    return read_definitions()


@pytest.fixture
def definitions(files: Definitions) -> Definitions:
    return deepcopy(files)
