"""`plats status`: what this installation holds."""

from __future__ import annotations

import click

from plats.cli.output import Printer, home, json_option, municipality, store, told


@click.command()
@json_option
@told
def status(as_json: bool) -> None:
    """Säg vilken kommun, vilken version och vilka källor som är inlästa."""
    printer = Printer(as_json)
    version = store().current()
    manifest = version.manifest
    printer.line(f"Kommun {municipality()} i {home()}")
    printer.line(f"Version {version.id}, skriven {manifest['written']}: {manifest['note']}")
    for name, entry in manifest["tables"].items():
        printer.line(f"  {name:<14}{entry['rows']:>10} rader")
    sources = sorted({(one.provenance.agency, one.name, one.sha256[:12]) for one in store().snapshots.all()})
    printer.line(f"{len(sources)} frysta källfiler:")
    for agency, name, sha256 in sources:
        printer.line(f"  {sha256}  {agency}: {name}")
    printer.result(
        {
            "municipality": municipality(),
            "home": str(home()),
            "version": version.id,
            "manifest": manifest,
            "snapshots": sources,
        }
    )
