"""The chain as a file, without values: a copy that lies with someone else shows what the installation cannot."""

from __future__ import annotations

import json
from pathlib import Path

from plats.web.audit.chain import written
from plats.web.audit.models import AuditEntry

COLUMNS = [one.attname for one in AuditEntry._meta.concrete_fields]


def write_entries(target: Path) -> int:
    """Write every entry as a line of JSON, in order; returns how many. Replaces the file when it is whole."""
    beside = target.with_name(f".{target.name}.tmp")
    count = 0
    with beside.open("w", encoding="utf-8") as out:
        for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=5_000):
            line = {name: getattr(entry, name) for name in COLUMNS} | {"at": written(entry.at)}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    beside.replace(target)
    return count
