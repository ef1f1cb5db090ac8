"""What is done with agreements, commitments, promises, pages and duties. Each act is one transaction with its entry in
the audit chain.

`by` is None for the command line, which loads the rows that come with the program.
"""

from __future__ import annotations

from plats.web.partners.actions.agreements import change_agreement, create_agreement, renew_agreement
from plats.web.partners.actions.handing_over import transfer_rows
from plats.web.partners.actions.pages import (
    add_contact,
    change_contact,
    create_page,
    remove_contact,
    set_duty,
    set_page,
)
from plats.web.partners.actions.parts import add_part, change_part, remove_part
from plats.web.partners.actions.promises import (
    change_commitment,
    change_promise,
    create_commitment,
    create_promise,
)

__all__ = [
    "add_contact",
    "add_part",
    "change_agreement",
    "change_commitment",
    "change_contact",
    "change_part",
    "change_promise",
    "create_agreement",
    "create_commitment",
    "create_page",
    "create_promise",
    "remove_contact",
    "remove_part",
    "renew_agreement",
    "set_duty",
    "set_page",
    "transfer_rows",
]
