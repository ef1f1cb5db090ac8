"""Judges the segregation definitions: known figures and measures, groups that may be added, words in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from plats.catalog.load import Catalog
from plats.catalog.segregations import Kind, SegregationDefinition, SegregationGroup

# What areas' contributions and the causes of a change are of.
SHARED = "dissimilarity"


def segregation_faults(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(file, what is wrong and what to do) for every fault in a segregation definition or a measure."""
    for measure in catalog.measures.values():
        if measure.method not in catalog.methods:
            yield (
                "segregation_measures.yaml",
                f"{measure.id}: metodsidan '{measure.method}' finns inte i methods.yaml. Välj en som finns.",
            )
    for definition in catalog.segregations.values():
        for message in (
            *_reference_words(catalog, definition),
            *_measure_words(catalog, definition),
            *_group_words(catalog, definition),
        ):
            yield f"segregations/{definition.id}.yaml", message


# Internals


def _reference_words(catalog: Catalog, definition: SegregationDefinition) -> Iterator[str]:
    if definition.method not in catalog.methods:
        yield f"metodsidan '{definition.method}' finns inte i methods.yaml. Välj en som finns."
    if f"disclosure/{definition.suppression}" not in catalog.parameters:
        yield f"skyddsregeln '{definition.suppression}' finns inte i parameters/disclosure. Välj en som finns."
    if not definition.sources or not all(source.strip() for source in definition.sources):
        yield "källa saknas. Ange minst ett dataset i sources."
    if not definition.divisions:
        yield "indelning saknas. Ange minst en i divisions."


def _measure_words(catalog: Catalog, definition: SegregationDefinition) -> Iterator[str]:
    if definition.kind is Kind.TWO_GROUP and len(definition.groups) != 2:
        yield f"two_group har två grupper, inte {len(definition.groups)}. Ändra kind eller grupperna."
    if SHARED not in definition.measures:
        yield f"måttet '{SHARED}' saknas: områdenas bidrag och förändringen räknas på det. Lägg till det."
    for name in definition.measures:
        measure = catalog.measures.get(name)
        if measure is None:
            yield f"måttet '{name}' finns inte i segregation_measures.yaml. Välj ett som finns."
        elif definition.kind not in measure.kinds:
            yield f"måttet '{name}' är inte för {definition.kind}. Välj ett annat mått eller ändra kind."


def _group_words(catalog: Catalog, definition: SegregationDefinition) -> Iterator[str]:
    ids = [group.id for group in definition.groups]
    if len(set(ids)) != len(ids):
        yield "två grupper har samma id. Döp om den ena."
    rests = {group.rest_of for group in definition.groups if group.rest_of is not None}
    if len([group for group in definition.groups if group.rest_of is not None]) > 1:
        yield "högst en grupp kan vara resten. Ange de andra med variabler."
    for group in definition.groups:
        yield from _variable_words(catalog, group)
        if group.of is not None and rests - {group.of}:
            yield f"gruppen '{group.id}' räknas på '{group.of}' men resten på '{next(iter(rests))}'. Ange samma."


def _variable_words(catalog: Catalog, group: SegregationGroup) -> Iterator[str]:
    for name in group.variables:
        if name not in catalog.variables:
            yield f"variabeln '{name}' i gruppen '{group.id}' finns inte i variables.yaml. Rätta namnet."
        elif name == group.percent:
            if catalog.variables[name].weight != group.of:
                yield f"procenten '{name}' vägs inte med '{group.of}'. Ange variabelns egen vikt i of."
        elif not catalog.variables[name].sums:
            yield f"variabeln '{name}' är inget antal och kan inte vara en grupp. Byt variabel."
