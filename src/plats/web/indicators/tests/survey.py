"""A made-up safety survey with groups so small that some figures must not leave the house."""

from __future__ import annotations

from pathlib import Path

from plats.data import embedded
from plats.derive.run import derive
from plats.facts.tests.stores import rows
from plats.facts.versions import FactStore
from plats.sources.files.library import find
from plats.sources.files.load import load, load_many
from plats.sources.files.mapping import Kind
from plats.web.places.tests.loaded import MUNICIPALITY, TODAY, copy_of

# (safe, answers) by RegSO. Small groups: R001 has 19 answers (20 are too few), R016 has 3 safe (5 are too few).
ANSWERS: dict[str, tuple[int, int]] = {
    f"0126R{number:03}": (150 + number, 210 + number) for number in range(1, 23)
}
ANSWERS |= {"0126R001": (13, 19), "0126R002": (15, 24), "0126R016": (3, 401), "0126R018": (12, 29)}


def make_survey_store(folder: Path) -> None:
    """A store with Huddinge's areas and the survey, derived: small, so that it is made in a second."""
    store = FactStore(folder)
    load_many(store, [one for one in embedded(MUNICIPALITY) if one[1].kind is not Kind.OBSERVATIONS])
    file = folder / "egen_enkat.csv"
    rows = [f"{code};2026;{safe};{answers}" for code, (safe, answers) in ANSWERS.items()]
    file.write_text("\n".join(["omrade;ar;trygga;svarande", *rows]), encoding="utf-8-sig")
    load(store, file, find("egen_enkat"))
    derive(store, MUNICIPALITY, on=TODAY)


def make_other_secrets(original: Path, folder: Path) -> None:
    """The same store in every way but one: the figures that are hidden are others."""
    store = copy_of(original, folder)
    with store.begin(note="andra hemligheter") as draft:
        found = draft.read("indicators").to_pylist()
        for row in found:
            if row["shown"] == "hidden":
                row |= {name: row[name] / 2 for name in ("value", "numerator", "denominator", "low", "high")}
                row |= {"rank_low": 3, "rank_high": 4}
        draft.put("indicators", rows("indicators", *found))
        draft.commit()
