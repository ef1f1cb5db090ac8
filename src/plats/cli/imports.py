"""`plats import`: a file into the store."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from plats.cli.output import Printer, json_option, store, told
from plats.facts.schema import TABLES
from plats.sources.files.plan import ImportPlan

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
    from plats.sources.files.load import load
    from plats.sources.files.plan import plan

    printer = Printer(as_json)
    mappings = [find(name)] if name else guess(file)
    for mapping in mappings:
        if dry_run:
            planned = plan(
                file,
                mapping,
                existing(),
                municipality=code,
                allow_rejected=allow_rejected,
                max_bytes=max_mb * MEGABYTE,
            )
            _tell(printer, planned)
            if not planned.ok:
                raise click.exceptions.Exit(1)
            continue
        result = load(
            store(),
            file,
            mapping,
            municipality=code,
            allow_rejected=allow_rejected,
            max_bytes=max_mb * MEGABYTE,
        )
        for one in result.plans:
            _tell(printer, one)
        printer.line(
            "Inläst. Kör plats derive för att räkna om." if result.changed else "Inget nytt i filen."
        )


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
    told = [row for row in planned.rows() if row.reason or str(row.fate) in ("rejected", "revised")]
    for row in told[:_SHOWN]:
        printer.line(
            f"  rad {row.line} {row.key}: {words.get(str(row.fate), str(row.fate))} {row.reason}".rstrip()
        )
    if len(told) > _SHOWN:
        printer.line(f"  … och {len(told) - _SHOWN} rader till. Kör med --json för att se alla.")
    rows = [{"line": row.line, "key": row.key, "fate": str(row.fate), "reason": row.reason} for row in told]
    printer.result({"file": planned.path.name, "mapping": planned.mapping.id, "counts": counts, "rows": rows})
