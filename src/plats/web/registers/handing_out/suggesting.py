"""What may have to be masked in a record, and why: the law sections its model names, and what the guard finds in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from plats.vocabulary.personal import find_personal
from plats.web.common.cases import CaseRecord, Piece
from plats.web.registers.handing_out.masking import How

OTHERWISE = "OSL 21:7"
"""Where nothing is declared and something still points out a person: data that would be used against GDPR."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece, what to do with it unless the registrar thinks otherwise, the section to name, and the reasons."""

    piece: Piece
    how: How
    section: str
    reasons: tuple[str, ...]


def suggestions(record: CaseRecord) -> list[Suggestion]:
    """One for each piece, in the record's order."""
    return [_suggestion(piece) for piece in record.pieces]


# Internals


def _suggestion(piece: Piece) -> Suggestion:
    findings = find_personal(piece.text)
    reasons = [
        gettext("Texten innehåller %(what)s.") % {"what": gettext(what)}
        for what in dict.fromkeys(one.explanation for one in findings)
    ]
    if piece.secrecy:
        reasons.append(gettext("Pröva sekretess enligt %(section)s.") % {"section": piece.secrecy})
    if piece.is_personal and not reasons:
        reasons.append(gettext("Kan säga något om en person. Läs och bedöm."))
    how = How.PARTS if findings else How.OPEN
    return Suggestion(piece, how, piece.secrecy or (OTHERWISE if findings else ""), tuple(reasons))
