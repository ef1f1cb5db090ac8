"""Whom the provider knows, and what the site that asks it is known by. Invented; lives for the length of a test."""

from __future__ import annotations

CLIENT_ID = "platsperspektiv"
CLIENT_SECRET = "bara-for-prov-exempel"  # noqa: S105  of a provider that lives for a minute
WORD = "hemligt ord"
PEOPLE = {
    "utredare": "utredare@kommunstyrelsen.exempel.se",
    "svag": "samordnare@samhallsbyggnad.exempel.se",
    "overifierad": "ekonom@kommunstyrelsen.exempel.se",
    "frammande": "ingen@annanstans.exempel.se",
}
"""User name and address. 'svag' signs in at a lower level; the address of 'overifierad' is not verified."""
STRONG_ACR = "http://id.elegnamnden.se/loa/1.0/loa3"
WEAK_ACR = "http://id.elegnamnden.se/loa/1.0/loa2"
