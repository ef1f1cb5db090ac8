"""What a file is called: the last part of whatever was sent, without what a screen, a log or a disk could misread."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
LONGEST_SUFFIX = 10
NAMELESS = "fil"
# What a file system or a shell reads as something else than a letter.
_MEANINGFUL = re.compile(r'[<>:"|?*]')


def tidy_name(name: str) -> str:
    """The name as it is kept: no folders, no control or direction characters, at most 120 letters, its ending kept.

    >>> tidy_name("C:\\\\Temp\\\\..\\\\Vårby gård.PDF"), tidy_name("../../etc/passwd"), tidy_name("a\\r\\nb.txt")
    ('Vårby gård.PDF', 'passwd', 'a b.txt')
    """
    text = unicodedata.normalize("NFC", name)
    # Line breaks become blanks before anything is dropped: 'a.exe\\n.pdf' must not read as one word.
    text = "".join(" " if letter.isspace() else letter for letter in text)
    text = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")
    text = re.split(r"[/\\]", text)[-1]
    text = re.sub(r"\s+", " ", _MEANINGFUL.sub("_", text)).strip(" .")
    stem, dot, suffix = text.rpartition(".")
    if not dot or len(suffix) > LONGEST_SUFFIX:
        return text[:LONGEST].rstrip(" .") or NAMELESS
    return f"{stem[: LONGEST - len(suffix) - 1].rstrip(' .') or NAMELESS}.{suffix}"


def suffix_of(name: str) -> str:
    """The name's ending in small letters, '' when it has none; 'jpeg' is 'jpg'."""
    stem, dot, suffix = tidy_name(name).rpartition(".")
    ending = suffix.lower() if dot and stem else ""
    return "jpg" if ending == "jpeg" else ending
