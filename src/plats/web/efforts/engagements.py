"""What a partner's page says of efforts: what the partner answers for and takes part in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plats.web.accounts.models import Organisation
from plats.web.efforts.queries_partner import of_partner


def build_for_partner(organisation: Organisation, user: Any) -> Mapping[str, Any] | None:
    """The efforts that a partner answers for or takes part in; left out when one sees none."""
    found = of_partner(user, organisation)
    return {"found": found, "partner": organisation} if found.rows else None
