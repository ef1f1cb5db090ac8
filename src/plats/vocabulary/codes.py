"""Area codes: what a place is called in one division, at one edition.

The same code in two editions is not the same area (DeSO 2018 and DeSO 2025 share most codes but not all
borders), so a code never travels alone: an `AreaKey` is division, edition and code together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Division(StrEnum):
    """A way of dividing the country or the municipality into areas (indelning)."""

    NATION = "nation"
    MUNICIPALITY = "municipality"
    KOMMUNDEL = "kommundel"
    REGSO = "regso"
    DESO = "deso"
    ELECTORAL_DISTRICT = "electoral_district"
    POLICE_AREA = "police_area"
    SCHOOL = "school"
    CUSTOM = "custom"


# What a code looks like in each division, and the sentence a person meets when it does not.
_FORMS: dict[Division, tuple[str, str]] = {
    Division.NATION: (r"00", "riket skrivs 00"),
    Division.MUNICIPALITY: (r"\d{4}", "kommunkod har fyra siffror, till exempel 0126"),
    Division.KOMMUNDEL: (
        r"\d{4}K\d{2}",
        "kommundelskod är kommunkod + K + två siffror, till exempel 0126K01",
    ),
    Division.REGSO: (r"\d{4}R\d{3}", "RegSO-kod är kommunkod + R + tre siffror, till exempel 0126R001"),
    Division.DESO: (
        r"\d{4}[ABC]\d{4}",
        "DeSO-kod är kommunkod + A, B eller C + fyra siffror, till exempel 0126C1010",
    ),
    Division.ELECTORAL_DISTRICT: (r"\d{8}", "valdistriktskod har åtta siffror, till exempel 01260101"),
    Division.POLICE_AREA: (
        r"\d{4}P\d{2}",
        "polisområdeskod är kommunkod + P + två siffror, till exempel 0126P01",
    ),
    Division.SCHOOL: (r"\d{8}", "skolenhetskod har åtta siffror, till exempel 79012683"),
    Division.CUSTOM: (
        r"\d{4}X[0-9A-Za-z]{1,12}",
        "egen områdeskod är kommunkod + X + högst tolv bokstäver eller siffror",
    ),
}


class CodeError(ValueError):
    """A code that does not have the form of its division; the message says what form it should have."""


@dataclass(frozen=True, slots=True, order=True)
class AreaKey:
    """One area: division, edition and code.

    `edition` is the year the borders are from, as text ("2018", "2020"); divisions without editions have "".
    """

    division: Division
    edition: str
    code: str

    def __str__(self) -> str:
        return f"{self.division}:{self.edition}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> AreaKey:
        """Read the text form written by `str`, e.g. ``regso:2020:0126R001``."""
        parts = text.split(":")
        if len(parts) != 3:
            raise CodeError(
                f"'{text}' är ingen områdesnyckel. Skriv indelning:utgåva:kod, till exempel regso:2020:0126R001."
            )
        division = parse_division(parts[0])
        return cls(division, parts[1], parse_code(division, parts[2]))


def parse_division(text: str) -> Division:
    """The division with this identifier, or an error that lists those there are."""
    try:
        return Division(text.strip())
    except ValueError:
        raise CodeError(f"Okänd indelning '{text}'. Välj en av: {', '.join(Division)}.") from None


def parse_code(division: Division, text: str) -> str:
    """Check that `text` has the form of a code in `division`; blanks around it are dropped."""
    code = text.strip()
    pattern, explanation = _FORMS[division]
    if not re.fullmatch(pattern, code, re.ASCII):
        raise CodeError(f"'{text}' är ingen kod för {division}: {explanation}.")
    return code


def municipality_of(division: Division, code: str) -> str:
    """The municipality code that an area code begins with; "" for the nation and for schools, which carry none."""
    if division in (Division.NATION, Division.SCHOOL):
        return ""
    return code[:4]
