"""Reading a page as a person does: its words, one of its parts, its pictures."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse


def page_of(response: HttpResponse) -> str:
    """The page's HTML; a page that could not be shown fails the test with its status."""
    assert response.status_code == 200, f"{response.status_code}"
    return response.content.decode()


def words(markup: str) -> str:
    """The text of some HTML, without tags and with single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def part(markup: str, anchor: str) -> str:
    """The section with this anchor; '' when the page has none."""
    found = re.search(rf'<section[^>]*\bid="{anchor}".*?</section>', markup, re.DOTALL)
    return found[0] if found else ""


def pictures(markup: str) -> str:
    """Everything that is drawn."""
    return "".join(re.findall(r"<svg.*?</svg>", markup, re.DOTALL))
