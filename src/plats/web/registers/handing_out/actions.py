"""Handing out: the masked version is kept, with its protocol; what was masked is kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import require
from plats.web.audit.recording import recorded
from plats.web.common.cases import CaseRecord
from plats.web.registers.handing_out.masking import How, mask
from plats.web.registers.models import Handout
from plats.web.registers.permissions import HANDOUT

_LONGEST_SECTION = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What the registrar decided about a piece: masked or not, on which section, and words to mask besides."""

    how: How
    section: str = ""
    words: Sequence[str] = ()


def hand_out(*, by: Any, record: CaseRecord, choices: Mapping[str, Choice]) -> Handout:
    """Make the masked version and its protocol. Raises ValidationError, piece by piece, for a mask without a section.

    The audit chain holds the protocol: which pieces were masked, how, on which section and in how many places.
    """
    require(by, record.organisation, HANDOUT)
    content, protocol = [], {}
    for piece in record.pieces:
        choice = choices[piece.name]
        _refuse_unfounded(piece.label, choice)
        masked = mask(piece.text, choice.how, choice.words)
        content.append({"label": piece.label, "text": masked.text})
        if choice.how is not How.OPEN:
            told = {"how": choice.how.value, "section": choice.section.strip(), "places": masked.places}
            protocol[piece.name] = {"label": piece.label, **told}
    handout = Handout(
        organisation=record.organisation,
        kind=record.hit.kind,
        object_id=record.hit.number,
        case_number=record.hit.case_number,
        content=content,
        protocol=protocol,
        made_by=by,
    )
    with recorded(by=by, act="handout.make", organisation=record.organisation) as act:
        handout.save()
        act.created(handout)
        act.noted(kind=record.hit.kind, object_id=str(record.hit.number), note=f"handout {handout.public_id}")
    return handout


# Internals


def _refuse_unfounded(label: str, choice: Choice) -> None:
    if choice.how is How.OPEN:
        return
    if not choice.section.strip():
        raise ValidationError(
            _("%(label)s: ange den bestämmelse som maskningen stöds på.") % {"label": label}
        )
    if len(choice.section) > _LONGEST_SECTION:
        raise ValidationError(
            _("%(label)s: skriv bara bestämmelsen, till exempel OSL 21:1.") % {"label": label}
        )
