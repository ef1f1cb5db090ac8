"""What a text says of others is masked before it is shown to the person it is not about."""

from __future__ import annotations

import re
from functools import cached_property

from django.utils.translation import gettext

from plats.vocabulary.personal import find_personal
from plats.web.accounts.models import User
from plats.web.registers.extracts.subjects import Subject

_SHORTEST_NAME = 4


class Others:
    """Everyone with an account but the person."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    def masked(self, text: str) -> str:
        """The text without others' names, addresses, numbers and plates; the person's own address stands."""
        for finding in reversed(find_personal(text)):
            found = text[finding.start : finding.end]
            if found.lower() != self._subject.email:
                text = text[: finding.start] + self._mask + text[finding.end :]
        return self._names.sub(self._mask, text) if self._names is not None else text

    def number(self, object_id: str) -> str:
        """The number of an object, unless the object is someone else's account."""
        parts = object_id.split(",")
        return ",".join(self._mask if part in self._numbers else part for part in parts)

    # Internals

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Every other account's number. One query."""
        mine = self._subject.user
        rows = User.objects.exclude(pk=mine.pk) if mine is not None else User.objects.all()
        return frozenset(str(number) for number in rows.values_list("public_id", flat=True))

    @property
    def _mask(self) -> str:
        return gettext("[någon annan]")

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Every other account's name. One query."""
        mine = self._subject.user
        rows = User.objects.exclude(pk=mine.pk) if mine is not None else User.objects.all()
        names = {name for name in rows.values_list("name", flat=True) if len(name) >= _SHORTEST_NAME}
        names -= {mine.name} if mine is not None else set()
        if not names:
            return None
        longest_first = sorted(names, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
