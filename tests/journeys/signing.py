"""Someone of the cast at the site's door, and what the postman brings."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.site import letters_of
from tests.people import Person

# The console's file backend ends each letter with a line of dashes.
_BETWEEN_LETTERS = re.compile(rb"^-{79}$", re.MULTILINE)


def sign_in(page: Page, person: Person) -> None:
    """Sign in as someone of the cast."""
    sign_in_as(page, person.email, person.password)


def sign_in_as(page: Page, email: str, password: str) -> None:
    page.goto("/logga-in/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def letters_to(home: Path, email: str) -> list[str]:
    """What the site has written to this address, oldest first: the words of each letter."""
    found: list[tuple[str, str]] = []
    for path in sorted(letters_of(home).glob("*.log")):
        for part in _BETWEEN_LETTERS.split(path.read_bytes()):
            letter = message_from_bytes(part.strip(), policy=policy.default)
            body = letter.get_body()
            if letter["to"] == email and body is not None:
                found.append((path.name, str(body.get_content())))
    return [words for _name, words in found]


def link_in(words: str) -> str:
    """The address of the invitation in a letter, without the site's own."""
    found = re.search(r"(/inbjudan/\S+/)", words)
    assert found, words
    return found[1]
