"""Loading: one draft of the store, the file frozen, its rows merged, one commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from plats.facts.snapshots import Provenance, file_hash
from plats.facts.versions import Draft, FactStore, Version
from plats.sources.files.errors import PlanError
from plats.sources.files.mapping import Mapping
from plats.sources.files.plan import ImportPlan, plan
from plats.sources.files.read import MAX_BYTES

_PROBLEMS_SAID = 20


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the store's version after it, and whether anything was new."""

    version: Version | None
    changed: bool
    plans: tuple[ImportPlan, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by fate over all files."""
        total: dict[str, int] = {}
        for one in self.plans:
            for fate, count in one.counts.items():
                total[fate] = total.get(fate, 0) + count
        return total


def load(
    store: FactStore,
    path: Path,
    mapping: Mapping,
    *,
    municipality: str | None = None,
    allow_rejected: bool = False,
    max_bytes: int = MAX_BYTES,
) -> ImportResult:
    """Import one file. The same file again changes nothing and makes no new version.

    Raises `PlanError`, with nothing written, when rows are rejected and that is not allowed.
    """
    settings = {"municipality": municipality, "allow_rejected": allow_rejected, "max_bytes": max_bytes}
    return load_file(store, path, [mapping], settings)


def load_file(
    store: FactStore, path: Path, mappings: Iterable[Mapping], settings: dict[str, Any]
) -> ImportResult:
    """Import one file by several mappings (its areas and its figures), in one version: all of it or nothing.

    `settings` are `load`'s keywords.
    """
    sources = [(path, mapping) for mapping in mappings]
    return _load(store, sources, f"Inläsning av {path.name}", settings)


def load_many(
    store: FactStore,
    sources: Iterable[tuple[Path, Mapping]],
    *,
    note: str = "Inläsning av inbäddade tabeller",
) -> ImportResult:
    """Import several files in order, in one version: areas before the figures that refer to them."""
    return _load(store, list(sources), note, {})


def provenance_of(mapping: Mapping) -> Provenance:
    """The mapping's provenance as the store keeps it, with the disclosure rule its figures are shown under."""
    return Provenance(**mapping.provenance.model_dump(), suppression=mapping.suppression)


# Internals


def _load(
    store: FactStore, sources: list[tuple[Path, Mapping]], note: str, settings: dict[str, Any]
) -> ImportResult:
    with store.begin(note=note) as draft:
        tables = _Tables(draft)
        plans = [_import_one(draft, tables, source, settings) for source in sources]
        if not tables.changed:
            return ImportResult(draft.base, changed=False, plans=tuple(plans))
        # Files are frozen when every one of them could be read: a failed import leaves nothing behind.
        for one, sha256 in tables.sources:
            _freeze(store, one, sha256)
        for name in tables.changed:
            draft.put(name, tables[name])
        return ImportResult(draft.commit(), changed=True, plans=tuple(plans))


def _freeze(store: FactStore, planned: ImportPlan, sha256: str) -> None:
    path = planned.path
    frozen = store.snapshots.put(path, path.name, provenance_of(planned.mapping))
    if frozen.sha256 != sha256:
        raise PlanError(
            f"{path.name}: filen ändrades medan den lästes. Vänta tills den är klar och försök igen."
        )


class _Tables(dict[str, pa.Table]):
    """The draft's tables, read when asked for and changed here until all files are merged."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.changed: dict[str, None] = {}
        self.sources: list[tuple[ImportPlan, str]] = []

    def __missing__(self, name: str) -> pa.Table:
        self[name] = self._draft.read(name)
        return self[name]

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ARG002 - every table exists, if empty
        return self[name]

    def replace(self, name: str, table: pa.Table) -> None:
        self[name] = table
        self.changed[name] = None


def _import_one(
    draft: Draft, tables: _Tables, source: tuple[Path, Mapping], settings: dict[str, Any]
) -> ImportPlan:
    path, mapping = source
    planned = plan(path, mapping, tables, **settings)
    if not planned.ok:
        raise PlanError(_refusal(planned))
    if planned.changes:
        sha256 = file_hash(path)
        tables.sources.append((planned, sha256))
        tables.replace(planned.target, planned.comparison.merged(tables[planned.target], sha256))
        draft.record(_event(planned, sha256))
    return planned


def _event(planned: ImportPlan, snapshot: str) -> dict[str, Any]:
    revised = [{"key": one.key, "old": one.old, "new": one.new} for one in planned.revisions]
    rejected = [asdict(problem) for problem in planned.problems[:1000]]
    return {
        "kind": "import",
        "dataset": planned.mapping.id,
        "file": planned.path.name,
        "snapshot": snapshot,
        "table": planned.target,
        "suppression": planned.mapping.suppression,
        "counts": planned.counts,
        "revised": revised,
        "rejected": rejected,
    }


def _refusal(planned: ImportPlan) -> str:
    first = planned.problems[:_PROBLEMS_SAID]
    said = [f"  {planned.word} {one.line} {one.key}: {one.reason}" for one in first]
    rest = len(planned.problems) - len(said)
    more = [f"  … och {rest} rader till"] if rest > 0 else []
    head = f"{planned.path.name}: {len(planned.problems)} rader kan inte läsas in; inget är skrivet."
    foot = "Rätta filen eller kopplingsfilen, eller ange --allow-rejected för att läsa in resten."
    return "\n".join([head, *said, *more, foot])
