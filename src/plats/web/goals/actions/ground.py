"""What every act on a draft begins with: whether one may, whether it still is a draft, whether it is as one read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from plats.web.accounts.allowed import locked, require
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import User
from plats.web.audit.recording import Record, recorded
from plats.web.goals import rules
from plats.web.goals.models import PlanVersion
from plats.web.goals.models.frozen import FrozenError
from plats.web.goals.permissions import PLAN_WRITE


@contextmanager
def changing(*, by: User | None, act: str, version: PlanVersion, revision: int) -> Iterator[Record]:
    """An act on a draft: its row locked, its revision counted up when the act is done.

    Raises NotAllowedError, FrozenError when the version is no draft, and ConflictError when someone else has changed
    the draft since `revision`.
    """
    organisation = version.plan.organisation
    require(by, organisation, PLAN_WRITE)
    with recorded(by=by, act=act, organisation=organisation) as record:
        current: PlanVersion = locked(version)
        if not rules.may_change(current.state):
            raise FrozenError
        locked_at_revision(current, revision, {})
        record.watch(current)
        yield record
        current.revision += 1
        current.save(update_fields=["revision"])
        version.revision = current.revision
