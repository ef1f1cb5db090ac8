"""The ground the tests stand on: a home folder of their own, plain static files, fresh translations."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings as generated

# What numba compiles is kept from run to run and shared by all that a test starts: half a minute each otherwise.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parent / ".kernels"))

# The same examples on every machine and every day: a failure is about the code, never about the draw.
generated.register_profile("house", derandomize=True, deadline=None)
generated.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    # pytest-django reads the settings before any conftest, so what a test may not touch is replaced here.
    from django.conf import settings

    from plats.web.common.translations import compile_catalogs

    folder = tempfile.TemporaryDirectory(prefix="plats-tests-")
    config.add_cleanup(folder.cleanup)
    home = Path(folder.name)
    (home / "static").mkdir()
    settings.PLATS_HOME = home
    settings.PLATS_MUNICIPALITY = "0126"
    # Every page is written anew, so that a test sees what writing it costs; what is kept has tests of its own.
    settings.PLATS_KEEP_PAGES = False
    settings.PLATS_MUNICIPALITY_NAME = "Huddinge"
    settings.STATIC_ROOT = home / "static"
    settings.STATICFILES_DIRS = []
    settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # One round instead of a million: the tests are about who comes in, not about how slow a guess is.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    compile_catalogs()


@pytest.fixture(autouse=True)
def _no_anchor_of_another_test() -> None:
    """The audit chain's anchor lies outside the database, so it does not go with it between tests."""
    from django.conf import settings

    (Path(settings.PLATS_HOME) / "audit" / "anchor.json").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _no_heartbeat_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job's signs of life come from a thread with its own connection, which cannot see a row that the test's open
    transaction has made: on a slow day a job that took longer than a beat would be taken for lost. Tests of the
    heartbeat beat by hand, and those of killed workers run in processes of their own."""
    from plats.web.jobs import rules

    monkeypatch.setattr(rules, "BEAT", timedelta(hours=1))
