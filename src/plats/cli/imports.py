"""`plats import`: a file into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from plats.cli.output import Printer, json_option, store, told
from plats.facts.schema import TABLES
from plats.sources.files.plan import ImportPlan, RowFate

_SHOWN = 20
MEGABYTE = 1_000_000


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "name",
    help="Kopplingsfil, eller namnet på en färdig koppling. Gissas annars av filens namn.",
)
@click.option("--dry-run", is_flag=True, help="Säg vad som skulle hända med varje rad; skriv inget.")
@click.option("--municipality", "code", help="Bara rader för den här kommunen godtas.")
@click.option("--allow-rejected", is_flag=True, help="Läs in de rader som går, fastän andra avvisas.")
@click.option(
    "--max-mb", type=click.IntRange(1, 20_000), default=200, show_default=True, help="Största fil som läses."
)
@json_option
@told
def import_file(
    file: Path,
    name: str | None,
    dry_run: bool,
    code: str | None,
    allow_rejected: bool,
    max_mb: int,
    as_json: bool,
) -> None:
    """Läs in FILE (CSV, XLSX, GeoJSON, GeoPackage eller Parquet) efter en kopplingsfil.

    Varje rad blir ny, oförändrad, reviderad eller avvisad med skäl. Avvisas någon rad skrivs ingenting.
    """
    from plats.sources.files.library import find, guess
    from plats.sources.files.load import load_file
    from plats.sources.files.plan import plan

    printer = Printer(as_json)
    mappings = [find(name)] if name else guess(file)
    settings: dict[str, Any] = {
        "municipality": code,
        "allow_rejected": allow_rejected,
        "max_bytes": max_mb * MEGABYTE,
    }
    plans: list[ImportPlan]
    changed = False
    if dry_run:
        plans = [plan(file, mapping, existing(), **settings) for mapping in mappings]
    else:
        result = load_file(store(), file, mappings, settings)
        plans, changed = list(result.plans), result.changed
    for one in plans:
        _tell(printer, one)
    if not dry_run:
        printer.line("Inläst. Kör plats derive för att räkna om." if changed else "Inget nytt i filen.")
    imports = [_for_programs(one, every_row=dry_run) for one in plans]
    printer.result({"file": file.name, "changed": changed, "imports": imports})
    if not all(one.ok for one in plans):
        raise click.exceptions.Exit(1)


# Internals


def existing() -> dict[str, pa.Table]:
    """The store's tables as they are, empty when nothing is loaded."""
    if not store().has_data():
        return {name: schema.empty_table() for name, schema in TABLES.items()}
    version = store().current()
    return {name: version.table(name) for name in TABLES}


def _tell(printer: Printer, planned: ImportPlan) -> None:
    counts = planned.counts
    printer.line(f"{planned.path.name} med kopplingen {planned.mapping.id}:")
    words = {
        "new": "nya",
        "same": "oförändrade",
        "revised": "reviderade",
        "rejected": "avvisade",
        "skipped": "utanför kopplingen",
    }
    printer.line("  " + ", ".join(f"{counts.get(name, 0)} {word}" for name, word in words.items()))
    told = _worth_telling(planned)
    for row in told[:_SHOWN]:
        printer.line(
            f"  rad {row.line} {row.key}: {words.get(str(row.fate), str(row.fate))} {row.reason}".rstrip()
        )
    if len(told) > _SHOWN:
        printer.line(f"  … och {len(told) - _SHOWN} rader till. Kör med --json för att se alla.")


def _for_programs(planned: ImportPlan, *, every_row: bool) -> dict[str, Any]:
    told = list(planned.rows()) if every_row else _worth_telling(planned)
    rows = [{"line": row.line, "key": row.key, "fate": str(row.fate), "reason": row.reason} for row in told]
    return {"mapping": planned.mapping.id, "counts": planned.counts, "rows": rows}


def _worth_telling(planned: ImportPlan) -> list[RowFate]:
    """The rows that a person must know about: rejected, revised, or with something to say."""
    return [row for row in planned.rows() if row.reason or str(row.fate) in ("rejected", "revised")]
