"""Judges the definitions: has each an owner, a source, known words, both languages and a fresh review?

`check` judges a catalog that could be read; `check_definitions` takes the files as read, so that files with a
wrong shape are reported instead of stopping everything. Today's date is always passed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from plats.catalog.base import Definition, Reviewed, Text, Texts
from plats.catalog.check_segregation import segregation_faults
from plats.catalog.composites import IndexDefinition
from plats.catalog.formulas import Index, Published, Relative
from plats.catalog.load import Catalog, build, shape_errors
from plats.catalog.models import DivisionDefinition, Indicator, Variable
from plats.vocabulary.units import Unit


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a definition file; `message` is Swedish and says what to do."""

    level: Literal["error", "warning"]
    file: str
    message: str


def check(catalog: Catalog, today: date, strict: bool = False) -> list[Finding]:
    """Everything wrong with the catalog, by file; `strict` makes a passed review an error."""
    found = [*_indicators(catalog), *_indices(catalog), *_variables(catalog), *_divisions(catalog)]
    found += [
        *_parameters(catalog),
        *_retention(catalog),
        *(_error(file, message) for file, message in segregation_faults(catalog)),
        *_texts(catalog),
        *_reviews(catalog, today, "error" if strict else "warning"),
    ]
    return sorted(found, key=lambda finding: (finding.file, finding.level))


def check_definitions(definitions: Mapping[str, Any], today: date, strict: bool = False) -> list[Finding]:
    """The same for definitions as read from files: wrong shapes first, then file names, then `check`."""
    wrong = [Finding("error", path, message) for path, message in shape_errors(definitions)]
    if wrong:
        return wrong
    return [*_names(definitions), *check(build(definitions), today, strict)]


# Internals: one function for each kind of definition


def _error(file: str, message: str) -> Finding:
    return Finding("error", file, message)


def _names(definitions: Mapping[str, Any]) -> Iterator[Finding]:
    for path, content in definitions.items():
        folder, _, rest = path.partition("/")
        own = content.get("id") if rest else None
        if own is not None and own != rest.removesuffix(".yaml"):
            yield _error(
                path, f"id '{own}' är inte filens namn. Döp om filen till {folder}/{own}.yaml eller ändra id."
            )


def _indicators(catalog: Catalog) -> Iterator[Finding]:
    for indicator in catalog.indicators.values():
        file = f"indicators/{indicator.id}.yaml"
        yield from (_error(file, message) for message in _indicator_words(catalog, indicator))
        yield from (_error(file, message) for message in _formula_words(catalog, indicator))
        yield from (_error(file, message) for message in _range_words(indicator))
        yield from (_error(file, message) for message in _direction_words(indicator))


def _indicator_words(catalog: Catalog, indicator: Indicator) -> Iterator[str]:
    if indicator.theme not in {theme.id for theme in catalog.themes}:
        yield f"temat '{indicator.theme}' finns inte i themes.yaml. Rätta temat eller lägg till det."
    unknown = [
        str(one) for one in (indicator.smallest_area, *indicator.divisions) if one not in catalog.divisions
    ]
    if unknown:
        yield f"indelningen '{unknown[0]}' finns inte i divisions/. Lägg till den eller ta bort den här."
    if indicator.smallest_area not in indicator.divisions:
        yield f"minsta området {indicator.smallest_area} står inte bland indelningarna. Lägg till det."
    if f"disclosure/{indicator.suppression}" not in catalog.parameters:
        yield f"skyddsregeln '{indicator.suppression}' finns inte i parameters/disclosure. Välj en som finns."
    if not indicator.sources or not all(source.strip() for source in indicator.sources):
        yield "källa saknas. Ange minst ett dataset i sources."
    if indicator.method not in catalog.methods:
        yield f"metodsidan '{indicator.method}' finns inte i methods.yaml. Välj en som finns."


def _formula_words(catalog: Catalog, indicator: Indicator) -> Iterator[str]:
    for name in indicator.variables:
        if name not in catalog.variables:
            yield f"variabeln '{name}' i formeln finns inte i variables.yaml. Rätta namnet."
    for formula in indicator.formulas:
        if isinstance(formula, Relative) and formula.indicator not in catalog.indicators:
            yield f"indikatorn '{formula.indicator}' i formeln finns inte. Välj en som finns."
        if isinstance(formula, Index) and formula.index not in catalog.indices:
            yield f"indexet '{formula.index}' i formeln finns inte i indices/. Välj ett som finns."
        if not isinstance(formula, Published):
            yield from _summing_words(catalog, formula.kind, formula.variables)


def _summing_words(catalog: Catalog, kind: str, names: tuple[str, ...]) -> Iterator[str]:
    """Only counts may be added; means and percents need the weight their variable names."""
    known = [catalog.variables[name] for name in names if name in catalog.variables]
    for variable in known:
        if variable.sums or (kind.startswith("weighted_") and variable.weight in names):
            continue
        yield f"variabeln '{variable.id}' får inte läggas ihop så ({variable.aggregates}). Byt formel."


def _range_words(indicator: Indicator) -> Iterator[str]:
    low, high = indicator.range
    if not low < high:
        yield f"värdemängden [{low}, {high}] är tom. Ange lägsta och högsta värde."
    relative = any(isinstance(formula, Relative) for formula in indicator.formulas)
    if indicator.unit is Unit.SHARE and (low < 0 or (high > 1 and not relative)):
        yield f"en andel ligger mellan 0 och 1, inte [{low}, {high}]. Rätta range eller enheten."
    if indicator.unit is Unit.SCORE_0_10 and (low < 0 or high > 10):
        yield f"en skala 0–10 kan inte ha värdemängden [{low}, {high}]. Rätta range eller enheten."
    if indicator.unit not in (Unit.INDEX, Unit.PERCENTAGE_POINTS) and low < 0:
        yield f"enheten {indicator.unit} kan inte ha negativa värden. Rätta range eller enheten."
    if (indicator.unit is Unit.AREA_CLASS) != bool(indicator.class_labels):
        yield "klasser behöver class_labels, andra enheter får inte ha dem. Rätta enheten."


def _direction_words(indicator: Indicator) -> Iterator[str]:
    if indicator.gap and indicator.direction == "none":
        yield "ett mått utan riktning är inget gap. Ta bort gap eller ange en riktning."
    if indicator.no_direction_until is not None and indicator.direction != "none":
        yield "no_direction_until står bara på ett mått utan riktning. Ta bort texten eller riktningen."


def _indices(catalog: Catalog) -> Iterator[Finding]:
    for index in catalog.indices.values():
        file = f"indices/{index.id}.yaml"
        if not index.sources:
            yield _error(file, "källa saknas. Ange minst en i sources.")
        if index.method not in catalog.methods:
            yield _error(file, f"metodsidan '{index.method}' finns inte i methods.yaml. Välj en som finns.")
        if not index.parts or sum(part.weight for part in index.parts) <= 0:
            yield _error(file, "delarnas vikter är noll. Ange minst en del med vikt.")
        if index.kind == "need":
            yield from (_error(file, message) for message in _need_words(catalog, index))


def _need_words(catalog: Catalog, index: IndexDefinition) -> Iterator[str]:
    if index.perturbation is None:
        yield "perturbation saknas, så rangordningen kan inte visas som intervall. Lägg till den."
    for part in index.parts:
        indicator = catalog.indicators.get(part.indicator or "")
        if indicator is None:
            yield f"delen '{part.id}' pekar på okänd indikator '{part.indicator}'. Välj en som finns."
        elif _of_origin(catalog, indicator):
            yield f"delen '{part.id}' bygger på födelseland eller bakgrund: får aldrig mäta behov. Ta bort."
        elif indicator.direction == "none":
            yield f"delen '{part.id}' har ingen riktning och kan inte mäta behov. Ta bort den."


def _of_origin(catalog: Catalog, indicator: Indicator) -> bool:
    if any(isinstance(formula, Relative) for formula in indicator.formulas):
        return any(_of_origin(catalog, one) for one in _bases(catalog, indicator))
    variables = [catalog.variables[name] for name in indicator.variables if name in catalog.variables]
    groups = [catalog.variable_groups.get(variable.group) for variable in variables]
    return any(group is not None and group.never_need for group in groups)


def _bases(catalog: Catalog, indicator: Indicator) -> list[Indicator]:
    names = [formula.indicator for formula in indicator.formulas if isinstance(formula, Relative)]
    return [catalog.indicators[name] for name in names if name in catalog.indicators and name != indicator.id]


def _variables(catalog: Catalog) -> Iterator[Finding]:
    for variable in catalog.variables.values():
        yield from (_error("variables.yaml", message) for message in _variable_words(catalog, variable))


def _variable_words(catalog: Catalog, variable: Variable) -> Iterator[str]:
    if variable.group not in catalog.variable_groups:
        yield f"{variable.id}: gruppen '{variable.group}' finns inte. Lägg till den under groups."
    if variable.weight is not None and variable.weight not in catalog.variables:
        yield f"{variable.id}: vikten '{variable.weight}' är ingen variabel. Rätta namnet."
    if not variable.term.strip() or not variable.definition.strip():
        yield f"{variable.id}: svensk term eller definition är tom. Skriv den."


def _divisions(catalog: Catalog) -> Iterator[Finding]:
    for division in catalog.divisions.values():
        yield from (
            _error(f"divisions/{division.id}.yaml", message) for message in _division_words(catalog, division)
        )


def _division_words(catalog: Catalog, division: DivisionDefinition) -> Iterator[str]:
    editions = [edition.edition for edition in division.editions]
    if division.default_edition not in editions:
        yield f"utgåvan '{division.default_edition}' i default_edition finns inte bland editions. Rätta den."
    yield from (
        f"indelningen '{one}' i parents finns inte. Rätta den."
        for one in division.parents
        if one not in catalog.divisions
    )
    for edition in division.editions:
        if not edition.source.strip():
            yield f"utgåvan '{edition.edition}' saknar källa. Ange den."
        if edition.equivalent_to is not None and not (
            edition.equivalent_to in editions and edition.municipalities
        ):
            yield f"utgåvan '{edition.edition}' är likställd utan känd utgåva eller kommun. Ange båda."
        if edition.valid_from and edition.valid_to and edition.valid_to < edition.valid_from:
            yield f"utgåvan '{edition.edition}' slutar innan den börjar. Rätta datumen."


def _parameters(catalog: Catalog) -> Iterator[Finding]:
    for parameter in catalog.parameters.values():
        file = f"parameters/{parameter.id}.yaml"
        if not parameter.values:
            yield _error(file, "inget beslutat värde. Lägg till minst ett under values.")
        days = [value.from_ for value in parameter.values]
        if len(days) != len(set(days)):
            yield _error(file, "två värden gäller från samma dag. Behåll ett.")
        for value in parameter.values:
            if not value.decided_by.strip() or not value.reference.strip():
                yield _error(file, f"värdet från {value.from_} saknar decided_by eller reference. Ange dem.")
            if set(value.value) != set(value.unit):
                yield _error(
                    file, f"värdet från {value.from_} har inte en enhet för varje tal. Ange dem i unit."
                )


def _retention(catalog: Catalog) -> Iterator[Finding]:
    for rule in catalog.retention_rules.values():
        yield from (_error(f"parameters/{rule.id}.yaml", fault) for fault in rule.faults())


def _texts(catalog: Catalog) -> Iterator[Finding]:
    """Every text of every definition says something in both languages."""
    folders: list[tuple[str, Mapping[str, Definition]]] = [
        ("indicators", catalog.indicators),
        ("indices", catalog.indices),
        ("divisions", catalog.divisions),
        ("parameters", catalog.parameters),
        ("segregations", catalog.segregations),
    ]
    for folder, definitions in folders:
        for key, definition in definitions.items():
            yield from (_error(f"{folder}/{key}.yaml", message) for message in _empty_texts(definition))
    for theme in catalog.themes:
        yield from (_error("themes.yaml", f"{theme.id}: {message}") for message in _empty_texts(theme))


def _empty_texts(definition: Definition) -> Iterator[str]:
    for name in type(definition).model_fields:
        content = getattr(definition, name)
        if isinstance(content, Text | Texts):
            for language in ("sv", "en"):
                written = content.write(language)
                lines = (written,) if isinstance(written, str) else written
                if not lines or not all(line.strip() for line in lines):
                    yield f"{name} saknar text på {'svenska' if language == 'sv' else 'engelska'}. Skriv den."


def _reviews(catalog: Catalog, today: date, level: Literal["error", "warning"]) -> Iterator[Finding]:
    reviewed: list[tuple[str, Reviewed]] = [
        (f"indicators/{key}.yaml", one) for key, one in catalog.indicators.items()
    ]
    reviewed += [(f"indices/{key}.yaml", one) for key, one in catalog.indices.items()]
    reviewed += [(f"segregations/{key}.yaml", one) for key, one in catalog.segregations.items()]
    for file, definition in reviewed:
        for role in ("owner", "authored_by", "checked_by"):
            if not getattr(definition, role).strip():
                yield _error(
                    file,
                    f"{role} är tomt. Ange en roll, till exempel 'utredare, kommunledningsförvaltningen'.",
                )
        if not definition.change_log:
            yield _error(file, "change_log är tom. Skriv vad som är gjort och när.")
        if definition.next_review < today:
            yield Finding(
                level,
                file,
                f"skulle ha setts över senast {definition.next_review}. Gå igenom den och flytta datumet.",
            )
