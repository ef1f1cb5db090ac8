"""Where the report's figures come from: frozen files, methods, and the long table of every figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plats.catalog.load import Catalog
from plats.facts.query import Fact, Facts
from plats.reports.municipality.model import FigureRow, MethodRow, School, SourceRow
from plats.vocabulary.codes import Division


def sources_of(facts: Facts, used: Iterable[Fact]) -> tuple[SourceRow, ...]:
    """Every frozen file behind these figures, and behind the areas and sites; by agency and title."""
    datasets: dict[str, set[str]] = {}
    for key in {fact.lineage for fact in used}:
        for step in facts.lineage.get(key, []):
            if step.snapshot:
                datasets.setdefault(step.snapshot, set()).add(step.dataset)
    beside = [(area.snapshot, area.dataset) for area in facts.areas.values()]
    beside += [(site.snapshot, site.dataset) for site in facts.sites]
    for snapshot, dataset in beside:
        if snapshot:
            datasets.setdefault(snapshot, set()).add(dataset)
    known = {one.sha256: one.provenance for one in facts.store.snapshots.all()}
    rows = [
        SourceRow(sha256, known[sha256], tuple(sorted(names)))
        for sha256, names in datasets.items()
        if sha256 in known
    ]
    return tuple(sorted(rows, key=lambda row: (row.provenance.agency, row.provenance.title, row.sha256)))


def methods_of(facts: Facts, definitions: Catalog, used: Sequence[Fact]) -> tuple[MethodRow, ...]:
    """Every method page with the formula versions in use and the indicators made by it."""
    versions: dict[str, set[str]] = {}
    indicators: dict[str, set[str]] = {}
    for fact in used:
        pages = {step.dataset for step in facts.lineage.get(fact.lineage, []) if step.kind == "method"}
        for page in pages or {definitions.indicators[fact.indicator].method}:
            versions.setdefault(page, set()).add(fact.method)
            indicators.setdefault(page, set()).add(fact.indicator)
    return tuple(
        MethodRow(
            page,
            title.sv,
            tuple(sorted(versions.get(page, ()))),
            tuple(one for one in definitions.indicators.values() if one.id in indicators.get(page, ())),
        )
        for page, title in definitions.methods.items()
    )


def figure_rows(
    facts: Facts, definitions: Catalog, used: Sequence[Fact], schools: dict[str, School]
) -> tuple[FigureRow, ...]:
    """Every figure with its area's name and its source datasets, in the store's order."""
    names = {key: area.name for key, area in facts.areas.items()}
    sources = {
        key: tuple(dict.fromkeys(step.dataset for step in chain if step.kind == "source"))
        for key, chain in facts.lineage.items()
    }

    def named(fact: Fact) -> str:
        if fact.area.division == Division.SCHOOL:
            return schools[fact.area.code].site.name if fact.area.code in schools else fact.area.code
        return names.get(fact.area, fact.area.code)

    return tuple(
        FigureRow(fact, definitions.indicators[fact.indicator], named(fact), sources.get(fact.lineage, ()))
        for fact in used
        if fact.indicator in definitions.indicators
    )
