from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plats.sources.files.errors import MappingError, ReadError
from plats.sources.files.read import read
from plats.sources.files.tests.helpers import areas, figures, write

ROWS = "kod,folk\n0126R001,7512\n0126R002,6759\n"


def error(path: Path, **changes: object) -> str:
    with pytest.raises(ReadError) as raised:
        read(path, figures(**changes))
    return str(raised.value)


def test_rows_keep_the_files_own_line_numbers(tmp_path: Path) -> None:
    text = 'Rubrik över allt\nkod,folk,not\n0126R001,1,"två\nrader"\n\n0126R002,2,\n'
    table = read(write(tmp_path, text), figures(header_row=2))
    # The quoted cell spans lines 3-4 and line 5 is blank, so the second row ends on line 6.
    assert table.lines.tolist() == [4, 6]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert read(write(tmp_path, ROWS, encoding="utf-8-sig"), figures()).rows == 2


def test_a_wrong_encoding_names_the_line_and_what_to_write(tmp_path: Path) -> None:
    path = write(tmp_path, "kod,folk,namn\n0126R001,1,a\n0126R016,2,Snättringe\n", encoding="latin-1")
    message = error(path)
    assert "rad 3" in message
    assert "encoding: latin-1" in message
    assert read(path, figures(encoding="latin-1")).rows == 2


def test_an_unknown_encoding_is_said(tmp_path: Path) -> None:
    assert "utf-9" in error(write(tmp_path, ROWS), encoding="utf-9")


@pytest.mark.parametrize(("mark", "written"), [(";", '";"'), ("\t", '"\\t"')])
def test_a_wrong_delimiter_is_named(tmp_path: Path, mark: str, written: str) -> None:
    message = error(write(tmp_path, ROWS.replace(",", mark)))
    assert "bara en kolumn" in message
    assert f"delimiter: {written}" in message


def test_a_missing_column_lists_those_there_are(tmp_path: Path) -> None:
    message = error(write(tmp_path, ROWS.replace("folk", "antal")))
    assert "'folk' finns inte" in message
    assert "kod, antal" in message


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    assert "två gånger" in error(write(tmp_path, "kod,folk,folk\n0126R001,1,2\n"))


def test_a_too_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    with path.open("wb") as handle:
        handle.truncate(1_000_000_000)  # a gigabyte of nothing, without the disk space
    message = error(path)
    assert "1000 MB" in message
    assert "200 MB" in message
    assert "--max-mb" in message


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="gränsen"):
        read(write(tmp_path, ROWS), figures(), max_bytes=10)


@pytest.mark.parametrize(("text", "said"), [("", "tom"), ("kod,folk\n", "inga rader"), ("x\n", "finns inte")])
def test_an_empty_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in error(write(tmp_path, text))


def test_a_header_row_beyond_the_file_is_said(tmp_path: Path) -> None:
    assert "header_row" in error(write(tmp_path, ROWS), header_row=9)


def test_an_absent_file_is_said(tmp_path: Path) -> None:
    assert "finns inte" in error(tmp_path / "borta.csv")


def test_an_unknown_ending_asks_for_the_format(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="format: med ett av csv"):
        read(write(tmp_path, ROWS, "fil.dat"), figures())


def test_a_row_with_too_few_or_too_many_cells_is_a_problem_of_its_line(tmp_path: Path) -> None:
    table = read(write(tmp_path, "kod,folk\n0126R001\n0126R002,2,3\n0126R003,4,\n"), figures())
    assert [problem.line for problem in table.problems] == [2, 3]
    assert table.rows == 1


def test_rows_outside_the_filter_and_without_the_required_are_skipped_and_counted(tmp_path: Path) -> None:
    text = "kod,folk,kommun\n0126R001,1,0126\n0127R001,2,0127\n,3,0126\n"
    table = read(write(tmp_path, text), figures(filter={"kommun": "0126"}, require=["kod"]))
    assert (table.rows, table.skipped) == (1, 2)


def test_notes_under_the_table_end_it(tmp_path: Path) -> None:
    text = "kod,folk\n0126R001,1\n ,\n,Not: avser\n0126R002,hänvisning\n"
    assert read(write(tmp_path, text), figures(end_column="kod")).rows == 1


# Workbooks


def workbook(folder: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "bok.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_with_its_numbers_and_texts(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["kod", "folk"], ["0126R001", 7512], ["0126R002", 180.5], ["0126R003", None]])
    table = read(path, figures(decimal=","))
    assert table.column("folk").to_pylist() == ["7512", "180,5", ""]
    assert table.lines.tolist() == [2, 3, 4]


def test_a_formula_stays_a_formula(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["kod", "folk"], ["0126R001", "=1+1"]])
    assert read(path, figures()).column("folk").to_pylist() == ["=1+1"]


def test_a_missing_sheet_lists_those_there_are(tmp_path: Path) -> None:
    assert "Bladen är: Sheet" in error(workbook(tmp_path, [["kod", "folk"]]), sheet="Blad2")


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    assert "ingen XLSX" in error(write(tmp_path, ROWS, "fil.xlsx"))


def test_a_damaged_workbook_is_said(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hej.txt", "hej")
    assert "går inte att öppna" in error(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(ReadError, match="packas upp"):
        read(path, figures(), max_bytes=1_000_000)


# Parquet and shapes


def test_parquet_is_read_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "fil.parquet"
    pq.write_table(pa.table({"kod": ["0126R001"], "folk": [7512]}), path)
    assert read(path, figures()).column("folk").to_pylist() == [7512]


@pytest.mark.parametrize("name", ["fil.parquet", "fil.geojson", "fil.gpkg"])
def test_a_file_that_is_not_its_format_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match=name):
        read(write(tmp_path, "inte det", name), areas())


def test_a_geopackage_without_layers_is_said(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "tom.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA application_id = 0x47504B47")
        database.execute("PRAGMA user_version = 10300")
        database.execute("CREATE TABLE t (a)")
    database.close()
    with pytest.raises(ReadError, match=r"tom.gpkg"):
        read(path, areas())


def geopackage(path: Path, layer: str, *, append: bool = False) -> Path:
    import numpy as np
    import pyogrio
    import shapely

    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shapely.box(0, 0, 100, 100))], dtype=object),
        [np.array(["0126R001"], dtype=object), np.array(["A"], dtype=object)],
        ["kod", "namn"],
        layer=layer,
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:3006",
        append=append,
    )
    return path


def test_a_geopackage_is_read_with_its_coordinate_system(tmp_path: Path) -> None:
    table = read(geopackage(tmp_path / "karta.gpkg", "regso"), areas())
    assert table.column("kod").to_pylist() == ["0126R001"]
    assert table.crs == "EPSG:3006"
    assert table.geometry is not None


def test_one_of_several_layers_must_be_chosen(tmp_path: Path) -> None:
    path = geopackage(geopackage(tmp_path / "karta.gpkg", "regso"), "deso", append=True)
    with pytest.raises(ReadError, match=r"flera lager.*regso, deso"):
        read(path, areas())
    assert read(path, areas(layer="deso")).rows == 1
    with pytest.raises(ReadError, match=r"lagret 'vald' finns inte. Lagren är: regso, deso"):
        read(path, areas(layer="vald"))
