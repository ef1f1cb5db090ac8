"""Area codes: each division's form, and what a person is told when a code has another."""

from __future__ import annotations

import pytest

from plats.vocabulary.codes import AreaKey, CodeError, Division, municipality_of, parse_code, parse_division

RIGHT = {
    Division.NATION: ["00"],
    Division.MUNICIPALITY: ["0126", "2584"],
    Division.KOMMUNDEL: ["0126K01"],
    Division.REGSO: ["0126R001", "0180R130"],
    Division.DESO: ["0126C1010", "2584A0010", "0180B0020"],
    Division.ELECTORAL_DISTRICT: ["01260101", "01260000"],
    Division.POLICE_AREA: ["0126P01"],
    Division.SCHOOL: ["79012683"],
    Division.CUSTOM: ["0126Xparken", "0126X1"],
}
WRONG = {
    Division.NATION: ["0", "000", "SE"],
    Division.MUNICIPALITY: ["126", "01260", "012A", "٠١٢٦"],
    Division.KOMMUNDEL: ["0126K1", "126K01", "0126R001"],
    Division.REGSO: ["0126R01", "0126r001", "126R001", "0126C1010"],
    Division.DESO: ["0126D1010", "0126C101", "0126c1010"],
    Division.ELECTORAL_DISTRICT: ["1260101", "0126-0101"],
    Division.POLICE_AREA: ["0126P1"],
    Division.SCHOOL: ["7901268"],
    Division.CUSTOM: ["0126X", "0126Xen park", "0126X" + "a" * 13, "0126Xå"],
}


def test_every_division_has_examples_here() -> None:
    assert RIGHT.keys() == WRONG.keys() == set(Division)


@pytest.mark.parametrize(("division", "code"), [(d, code) for d, codes in RIGHT.items() for code in codes])
def test_a_code_of_the_right_form_is_taken(division: Division, code: str) -> None:
    assert parse_code(division, f" {code}\n") == code
    key = AreaKey(division, "2020", code)
    assert AreaKey.parse(str(key)) == key


@pytest.mark.parametrize(("division", "code"), [(d, code) for d, codes in WRONG.items() for code in codes])
def test_a_code_of_another_form_is_refused(division: Division, code: str) -> None:
    with pytest.raises(CodeError, match=rf"är ingen kod för {division}: "):
        parse_code(division, code)


def test_the_errors_say_how_to_write() -> None:
    with pytest.raises(CodeError) as error:
        parse_code(Division.MUNICIPALITY, "126")
    assert str(error.value) == (
        "'126' är ingen kod för municipality: kommunkod har fyra siffror, till exempel 0126."
    )
    with pytest.raises(CodeError) as error:
        parse_division("stadsdel")
    assert str(error.value).startswith("Okänd indelning 'stadsdel'. Välj en av: nation, municipality, ")
    with pytest.raises(CodeError) as error:
        AreaKey.parse("0126R001")
    assert str(error.value) == (
        "'0126R001' är ingen områdesnyckel. Skriv indelning:utgåva:kod, till exempel regso:2020:0126R001."
    )


def test_the_same_code_in_two_editions_is_not_the_same_area() -> None:
    assert AreaKey(Division.DESO, "2018", "0126C1010") != AreaKey(Division.DESO, "2025", "0126C1010")


@pytest.mark.parametrize(
    ("division", "code", "municipality"),
    [
        (Division.DESO, "0126C1010", "0126"),
        (Division.ELECTORAL_DISTRICT, "01260101", "0126"),
        (Division.MUNICIPALITY, "0126", "0126"),
        (Division.NATION, "00", ""),
        (Division.SCHOOL, "79012683", ""),
    ],
)
def test_whose_area_a_code_is(division: Division, code: str, municipality: str) -> None:
    assert municipality_of(division, code) == municipality
