"""The cast: who the tests are about. Everyone here is invented; all but the stranger belong to the example world."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Someone with an account. `may` says how far the account's own switches let them."""

    email: str
    name: str
    may: str = "write"  # plats.web.accounts.actions.May

    @property
    def password(self) -> str:
        """A pass phrase that the site takes; every person in the cast has their own."""
        return f"tre blå tranor över {self.email.split('@', maxsplit=1)[0]}"


# The example world, by role. `plats demo` makes them: plats.web.accounts.demo.
ADMINISTRATOR = Person("systemforvaltare@kommunstyrelsen.exempel.se", "Systemförvaltare (exempel)")
DATA_PROTECTION_OFFICER = Person("dataskyddsombud@kommunstyrelsen.exempel.se", "Dataskyddsombud (exempel)")
REGISTRAR = Person("registrator@kommunstyrelsen.exempel.se", "Registrator (exempel)")
POLITICIAN = Person("fortroendevald@kommunstyrelsen.exempel.se", "Förtroendevald (exempel)")
ANALYST = Person("utredare@kommunstyrelsen.exempel.se", "Utredare (exempel)")
ECONOMIST = Person("ekonom@kommunstyrelsen.exempel.se", "Ekonom (exempel)")
PLANNER = Person("planerare@samhallsbyggnad.exempel.se", "Planerare (exempel)")
COORDINATOR = Person("samordnare@samhallsbyggnad.exempel.se", "Samordnare (exempel)")
POLICE_LEAD = Person("partneransvarig@polisen.exempel.se", "Partneransvarig, polisen (exempel)")
POLICE_REPORTER = Person("rapportor@polisen.exempel.se", "Rapportör, polisen (exempel)")
HOUSING_LEAD = Person(
    "partneransvarig@bostadsbolaget.exempel.se", "Partneransvarig, Bostadsbolaget (exempel)"
)
HOUSING_REPORTER = Person("rapportor@bostadsbolaget.exempel.se", "Rapportör, Bostadsbolaget (exempel)")
SERVICE_STAFF = Person("verksamhet@fritidsforeningen.exempel.se", "Verksamhetspersonal (exempel)")

CAST = (
    ADMINISTRATOR,
    DATA_PROTECTION_OFFICER,
    REGISTRAR,
    POLITICIAN,
    ANALYST,
    ECONOMIST,
    PLANNER,
    COORDINATOR,
    POLICE_LEAD,
    POLICE_REPORTER,
    HOUSING_LEAD,
    HOUSING_REPORTER,
    SERVICE_STAFF,
)

STRANGER = Person("okand@exempel.se", "Okänd (exempel)", "nothing")
"""Someone with an account, no role anywhere, and both switches off."""
