"""Codes against the areas the store knows: wrong edition, unknown code, wrong municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from plats.sources.files.mapping import Kind, Mapping
from plats.sources.files.rows import TableRows
from plats.vocabulary.codes import Division, municipality_of

Editions = dict[tuple[str, str], dict[str, set[str]]]
"""(division, municipality) to edition to the codes known."""


def refuse_unknown_codes(rows: TableRows, mapping: Mapping, known: pa.Table) -> None:
    """A code that its municipality does not have in this edition is a fault, with the edition that has it.

    Only municipalities whose areas are loaded can be checked; others are taken on their form.
    """
    if mapping.kind is Kind.AREAS or known.num_rows == 0:
        return
    editions = _editions(known)
    for division, edition, code in _code_columns(rows):
        for row, text in _first_rows(rows, code):
            reason = _why_unknown(editions, division, edition, text)
            if reason:
                for each in row:
                    rows.faults.add(each, reason)


def refuse_wrong_municipality(rows: TableRows, municipality: str) -> None:
    """Every area of the file must lie in the municipality that the import is for."""
    if rows.target == "sites":
        for row, code in enumerate(rows.table["municipality"].to_pylist()):
            if code != municipality:
                rows.faults.add(int(rows.source[row]), _wrong(code, municipality))
        return
    for division, _, code in _code_columns(rows):
        for found, text in _first_rows(rows, code):
            home = municipality_of(Division(division), text)
            if home and home != municipality:
                for row in found:
                    rows.faults.add(row, _wrong(f"{text} i {home}", municipality))


# Internals


def _wrong(said: str, municipality: str) -> str:
    return f"fel kommun: {said}, men inläsningen gäller {municipality}; välj rätt fil eller rätt kommunkod"


def _editions(known: pa.Table) -> Editions:
    editions: Editions = defaultdict(lambda: defaultdict(set))
    columns = (known[name].to_pylist() for name in ("division", "municipality", "edition", "code"))
    for division, municipality, edition, code in zip(*columns, strict=True):
        editions[division, municipality][edition].add(code)
    return editions


def _code_columns(rows: TableRows) -> Iterable[tuple[str, str, str]]:
    """Which columns hold codes, each with its division and edition (one of each per file)."""
    if rows.table.num_rows == 0 or rows.target in ("sites", "percentiles"):
        return
    first = rows.table.slice(0, 1).to_pylist()[0]
    if rows.target == "crosswalks":
        yield first["from_division"], first["from_edition"], "from_code"
        yield first["to_division"], first["to_edition"], "to_code"
    else:
        yield first["division"], first["edition"], "area" if rows.target == "observations" else "code"


def _first_rows(rows: TableRows, column: str) -> Iterable[tuple[list[int], str]]:
    """Each different code of well-formed rows, with the rows of the file it stands on."""
    encoded = rows.table[column].combine_chunks().dictionary_encode()
    indices = encoded.indices.to_numpy()
    order = np.argsort(indices, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(indices[order])) + 1)
    for group in groups:
        found = sorted({int(row) for row in rows.source[group]} - rows.faults.said.keys())
        if found:
            yield found, encoded.dictionary[int(indices[group[0]])].as_py()


def _why_unknown(editions: Editions, division: str, edition: str, code: str) -> str:
    here = editions.get((division, municipality_of(Division(division), code)))
    if here is None or edition not in here or code in here[edition]:
        return ""
    others = sorted(name for name, codes in here.items() if code in codes)
    if others:
        return (
            f"okänd kod {code} i utgåva {edition} av {division}; menade du utgåva {' eller '.join(others)}?"
        )
    return f"okänd kod {code} i utgåva {edition} av {division}; kontrollera koden mot källan"
