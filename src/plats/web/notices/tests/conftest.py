"""The people of the tests, and a kind of notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plats.web.accounts.tests.conftest import world
from plats.web.notices import kinds
from plats.web.notices.kinds import NoticeKind, register_notice_kind

__all__ = ["world"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two kinds: 'quiet' that shows in the site, 'loud' that is mailed to those who have not said otherwise."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    register_notice_kind(NoticeKind("quiet", "Tyst", "Aldrig brådskande."))
    register_notice_kind(NoticeKind("loud", "Viktigt", "När något brådskar.", by_mail=True))
    return iter(())
