"""A form as a browser sends it back when nobody touches it."""

from __future__ import annotations

from html.parser import HTMLParser


def as_a_browser_sends(page: str) -> dict[str, str]:
    """The fields of the page's form and what stands in them."""
    form = _Form()
    start = page.index('<form class="form"')
    form.feed(page[start : page.index("</form>", start)])
    return form.sent


# Internals


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "input":
            self._input(said)
        elif tag == "select":
            self._select = said["name"]
        elif tag == "option" and "selected" in dict(attrs):
            self.sent[self._select] = said["value"]
        elif tag == "textarea":
            self._text = said["name"]
            self.sent[self._text] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The first line break of a text area is not part of it.
            self.sent[self._text] = self.sent[self._text].removeprefix("\n").replace("\n", "\r\n")
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text] += data

    def _input(self, said: dict[str, str]) -> None:
        if said.get("type") != "checkbox":
            self.sent[said["name"]] = said.get("value", "")
        elif "checked" in said:
            self.sent[said["name"]] = "on"
