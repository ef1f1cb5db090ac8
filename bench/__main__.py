"""`python -m bench [NAME ...]`: run the named comparisons, or all that need no server."""

from __future__ import annotations

import sys
from importlib import import_module

# Name, module, and whether it runs when nothing is named.
COMPARISONS: dict[str, tuple[str, bool]] = {
    "points": ("bench.points", True),
    "dissimilarity": ("bench.dissimilarity", True),
    "segregation": ("bench.segregation", True),
    "engine": ("bench.engine", False),
    "importing": ("bench.importing", True),
    "access": ("bench.access", False),
    "inference": ("bench.inference", False),
    "coverage": ("bench.coverage", False),
    "spatial": ("bench.spatial", False),
    "composite": ("bench.composite", True),
    "derive": ("bench.derive", True),
    "report": ("bench.report", True),
    "local": ("bench.local", False),
    "local-errors": ("bench.local_errors", False),
    "audit": ("bench.audit", False),
    "thread": ("bench.thread", False),
    "efforts-exchange": ("bench.efforts_exchange", False),
    "pages": ("bench.pages", False),
    "server": ("bench.server", False),
    "readers": ("bench.readers", False),
    "permission_filter": ("bench.permission_filter", False),
    "kill": ("bench.kill", False),
    "kill-jobs": ("bench.kill_jobs", False),
    "kill-writes": ("bench.kill_writes", False),
    "kill-backups": ("bench.kill_backups", False),
    "backup": ("bench.backup", False),
}


def main(arguments: list[str]) -> int:
    unknown = [name for name in arguments[:1] if name not in COMPARISONS]
    if unknown:
        print(f"Okänd mätning '{unknown[0]}'. Välj bland: {', '.join(COMPARISONS)}.")
        return 2
    if arguments:
        return run(arguments[0], arguments[1:])
    return max(run(name, []) for name, (_, always) in COMPARISONS.items() if always)


def run(name: str, arguments: list[str]) -> int:
    """The comparison's exit code: 0 when nothing was slower than it may be."""
    code: int = import_module(COMPARISONS[name][0]).main(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
