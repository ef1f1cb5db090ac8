"""A handed out record as plain text: what anyone can read, print and send."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext

from plats.web.registers.models import Handout


def as_text(handout: Handout) -> str:
    """The pieces, then the protocol: what is masked and on which section."""
    lines = [handout.organisation.name]
    if handout.case_number:
        lines.append(gettext("Diarienummer %(number)s") % {"number": handout.case_number})
    day = timezone.localtime(handout.made_at).date().isoformat()
    lines += [gettext("Utlämnad %(day)s") % {"day": day}, ""]
    for piece in handout.content:
        lines += [piece["label"].upper(), piece["text"], ""]
    lines += protocol_lines(handout)
    return "\r\n".join(lines) + "\r\n"


def protocol_lines(handout: Handout) -> list[str]:
    """What was masked, in sentences; one that says so when nothing was."""
    if not handout.protocol:
        return [gettext("Inget är maskat.")]
    return [
        gettext("%(label)s: maskat med stöd av %(section)s.")
        % {"label": told["label"].capitalize(), "section": told["section"]}
        for told in handout.protocol.values()
    ]
