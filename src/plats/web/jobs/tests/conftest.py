"""The people of the tests, and kinds of jobs that do as they are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plats.web.accounts.tests.conftest import world
from plats.web.jobs.kinds import forget_job, register_job
from plats.web.jobs.tests.probes import Probe, probe_kind

__all__ = ["world"]


@pytest.fixture
def probe() -> Iterator[Probe]:
    """A kind of job whose run the test writes."""
    made = Probe()
    register_job(probe_kind(made))
    yield made
    forget_job(made.id)
