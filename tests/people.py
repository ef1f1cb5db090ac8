"""The cast: who the tests are about. Everyone here is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Someone with an account, and what the account may do."""

    email: str
    name: str
    may: str  # plats.web.accounts.actions.May

    @property
    def password(self) -> str:
        """A pass phrase that the site takes; every person in the cast has their own."""
        return f"tre blå tranor över {self.email.split('@', maxsplit=1)[0]}"


ANALYST = Person("utredare@exempel.se", "Utredare Exempel", "write")
COORDINATOR = Person("samordnare@exempel.se", "Samordnare Exempel", "read")
STRANGER = Person("okand@exempel.se", "Okänd Exempel", "nothing")

CAST = (ANALYST, COORDINATOR, STRANGER)
