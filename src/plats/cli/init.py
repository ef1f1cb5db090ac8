"""`plats init`: from nothing to a site with figures."""

from __future__ import annotations

import click

from plats.cli.derive import run_derive, sync_places
from plats.cli.output import Printer, home, json_option, municipality, set_up_django, store, told
from plats.cli.warmup import warm_kernels


@click.command()
@click.option("--if-needed", is_flag=True, help="Gör bara det som inte redan är gjort.")
@json_option
@told
def init(if_needed: bool, as_json: bool) -> None:
    """Läs in de inbäddade siffrorna för kommunen, räkna, och gör webbplatsen färdig att visas."""
    from plats.cli.assets import prepare_assets
    from plats.data import embedded
    from plats.derive.run import derived_as_now
    from plats.sources.files.load import load_many

    printer = Printer(as_json)
    home().mkdir(parents=True, exist_ok=True)
    printer.line(f"Platsperspektiv för {municipality()} i {home()}")
    loaded = load_many(store(), embedded(municipality()))
    printer.line("Inbäddade siffror: " + ("inlästa." if loaded.changed else "redan inlästa."))
    stale = loaded.changed or not if_needed or not derived_as_now(store(), municipality())
    derived = run_derive(printer) if stale else None
    prepare_assets(home(), force=not if_needed)
    set_up_django()
    places = prepare_site()
    load_steering(printer)
    warmed = warm_kernels(printer, if_needed=True)
    printer.line(f"Webbplatsen är klar: {places} platser.")
    result = {"home": str(home()), "loaded": loaded.changed, "derived": derived, "places": places}
    printer.result(result | {"warmed": warmed})


def prepare_site() -> int:
    """The site's own database: tables, and a place for every area that has figures; static files with hashed names.
    Returns how many places there are."""
    from plats.web.common.static_files import collect_if_changed
    from plats.web.common.translations import compile_catalogs

    compile_catalogs()
    collect_if_changed()
    return sync_places()


def load_steering(printer: Printer) -> None:
    """The municipality's published agreements, goals and efforts, those that are not there yet."""
    from plats.data import steering_folder
    from plats.web.common.embedded import load_embedded

    for file, new in load_embedded(steering_folder(municipality())).items():
        if new:
            printer.line(f"{file}: {new} nya rader.")
