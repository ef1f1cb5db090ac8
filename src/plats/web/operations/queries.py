"""What is asked about the installation itself. Each is one question, cheap enough to be asked every few seconds."""

from __future__ import annotations

from django.utils import timezone

from plats.web.accounts.models import SignInLock
from plats.web.audit.models import AuditHead


def audit_entries() -> int:
    """How many entries the audit chain has: its last number, since none is ever removed."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    return head.sequence if head else 0


def sign_in_locks() -> int:
    """How many addresses are locked now."""
    return SignInLock.objects.filter(locked_until__gt=timezone.now()).count()
