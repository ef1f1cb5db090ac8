"""Someone leaves an organisation: what they see to there gets another handler, in the same act."""

from __future__ import annotations

from typing import Any

from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import recorded
from plats.web.partners.holding import open_rows


def transfer_rows(
    *, by: User | None, model: Any, from_user: User, to_user: User, organisation: Organisation
) -> None:
    """Let someone else see to every row of the kind that is still open and that one person has seen to."""
    with recorded(by=by, act=f"{model.object_kind}.transfer", organisation=organisation) as record:
        rows = open_rows(model).filter(organisation=organisation, handler=from_user).order_by("pk")
        for row in rows.select_for_update():
            record.watch(row)
            row.handler = to_user
            row.revision += 1
            row.save(update_fields=["handler", "revision"])
        record.noted(kind="user", object_id=str(from_user.public_id))
