"""Write the embedded tables of Huddinge from the folder of collected public files.

    python scripts/embed_huddinge.py SHARED_DATA_DIR

Writes src/plats/data/huddinge/<dataset>.csv (or .geojson) and refreshes `expected` in <dataset>.yaml; the
rest of each yaml is kept by hand. Borders of DeSO, electoral districts and police areas are only used for
computing and never written. Sweden's percentiles are written by embed_percentiles.py.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import shapely
import yaml
from shapely.geometry import mapping as as_geojson
from shapely.geometry import shape

from plats.analysis.crosswalk import ppm_from_weights
from plats.sources.files.library import find

TARGET = Path(__file__).parents[1] / "src" / "plats" / "data" / "huddinge"
MUNICIPALITY = "0126"
MILLION = 1_000_000
# Less than one person in a hundred across a border is the drawing's inaccuracy, not people.
SLIVER = Fraction(1, 100)

# Averages are weighed together by the number of persons they stand on; a median cannot be.
WEIGHTS = {
    "nettoink_medel_tkr": "nettoink_antal",
    "lag_ek_standard_pct": "ek_standard_antal",
    "hog_ek_standard_pct": "ek_standard_antal",
}
NOT_SUMMABLE = {"nettoink_median_tkr", "pop_2023"}

KOMMUNDELAR: dict[str, tuple[str, tuple[int, ...]]] = {
    "0126K01": ("Flemingsberg", (1, 2, 3)),
    "0126K02": ("Segeltorp", (11, 9)),
    "0126K03": ("Sjödalen-Fullersta", (4, 5, 6, 7, 12, 13)),
    "0126K04": ("Skogås", (14, 15, 10)),
    "0126K05": ("Stuvsta-Snättringe", (16, 17, 8)),
    "0126K06": ("Trångsund", (18, 19)),
    "0126K07": ("Vårby", (20, 21, 22)),
}
Row = Mapping[str, str]
Columns = dict[str, str]
Shapes = dict[str, Any]
People = dict[tuple[str, str], Fraction]


def main(shared: Path) -> None:
    """Write every table, then refresh what each mapping expects of its file."""
    TARGET.mkdir(parents=True, exist_ok=True)
    huddinge, sweden = shared / "huddinge", shared / "sverige"
    write_figures(huddinge)
    write_nation(sweden)
    write_sites(huddinge)
    write_areas(huddinge)
    write_crosswalks(huddinge)
    for path in sorted(TARGET.rglob("*.yaml")):
        refresh_expected(path)
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"{len(list(TARGET.rglob('*.yaml')))} mappings, {size / 1000:.0f} kB")


# What raw columns mean stands in the ready mappings; which table a figure goes to in the embedded ones.


def columns_of(mapping: str, *, period: str | None = None) -> Columns:
    """Raw column to variable, as the ready mapping says."""
    found = find(mapping).columns
    return {str(column.column): column.variable for column in found if column.period == period}


def deso_tables() -> dict[str, Columns]:
    """Per embedded DeSO table of 2022 its raw columns and their variables."""
    raw = columns_of("scb_deso_2022")
    tables = {}
    for path in sorted(TARGET.glob("scb_deso_2022_*.yaml")):
        wanted = [
            column["variable"] for column in yaml.safe_load(path.read_text(encoding="utf-8"))["columns"]
        ]
        tables[path.stem] = {name: variable for name, variable in raw.items() if variable in wanted}
    tables["scb_deso_2022_population_2023"] = columns_of("scb_deso_2022", period="2023")
    return tables


def regso_columns() -> Columns:
    """The counts of the RegSO file; a mean wage cannot be summed."""
    return {raw: name for raw, name in columns_of("scb_regso").items() if name != "mean_wage_income_tkr"}


def school_figures() -> Columns:
    return {str(column.column): column.variable for column in find("skolverket_units").columns}


def site_kinds() -> Columns:
    sites = find("osm_leisure").sites
    assert sites is not None
    return sites.site_kind.codes


def police_codes() -> Columns:
    area = find("police_2023_shapes").area
    assert area is not None
    return area.codes


# Figures


def write_figures(huddinge: Path) -> None:
    deso = read_csv(huddinge / "deso2018_2022.csv")
    for table, columns in deso_tables().items():
        write_csv(table, ["area", *columns.values()], renamed(deso, "deso", columns))
    write_regso(huddinge)
    crime, kinds = read_csv(huddinge / "bra_anmalda_brott_kommun.csv"), columns_of("bra_reported_crimes")
    rows = [[row["ar"], *[row[name] for name in kinds]] for row in crime]
    write_csv("bra_reported_crimes", ["period", *kinds.values()], rows)
    votes = read_csv(huddinge / "valdeltagande_riksdag_2018.csv")
    rows = [[row["kod"], row["rostande"], row["rostberattigade"]] for row in votes]
    write_csv("val_riksdag_2018", ["area", "voters", "electors"], sorted(rows))
    votes = read_csv(huddinge / "roster_riksdag_2022_prelim.csv")
    write_csv(
        "val_riksdag_2022",
        ["area", "votes_cast"],
        sorted([row["code"], row["avgivna_roster"]] for row in votes),
    )
    survey = read_csv(huddinge / "skolenkaten_2026.csv")
    rows = [[row["skolenhetskod"], row["enkatar"], row["trygghet"], row["studiero"]] for row in survey]
    write_csv("skolinspektionen_survey", ["area", "period", "survey_safety", "survey_calm"], sorted(rows))


def write_regso(huddinge: Path) -> None:
    names = columns_of("scb_regso")
    rows = [
        [row["regsokod"], row["ar"], *[row[name] for name in names]]
        for row in read_csv(huddinge / "regso_2020_2023.csv")
    ]
    write_csv("scb_regso_2020_2023", ["area", "period", *names.values()], sorted(rows))
    types = read_csv(huddinge / "regso_omradestyp_2022_2023.csv")
    rows = [[row["regso_kod"], row["omradestyp_2022"], row["omradestyp_2023"]] for row in types]
    write_csv("scb_regso_area_types", ["area", "area_type_2022", "area_type_2023"], sorted(rows))


def write_nation(sweden: Path) -> None:
    """Sums over the whole country: the DeSO tables of 2022, the RegSO tables of the other years."""
    deso = pq.read_table(sweden / "deso2018_2022.parquet").to_pydict()
    rows = []
    for table in deso_tables().values():
        for raw, variable in table.items():
            if raw not in NOT_SUMMABLE:
                rows.append([variable, plain(total(deso, raw))])
    regso = pq.read_table(sweden / "regso_2020_2023.parquet").to_pylist()
    # The DeSO tables of 2022 give the same sums; only those born abroad are not in them as one figure.
    rows.append(["born_abroad", str(sum(row["fodd_utland"] for row in regso if row["ar"] == 2022))])
    write_csv("nation_2022", ["area", *[name for name, _ in rows]], [["00", *[value for _, value in rows]]])
    years = [
        [
            "00",
            str(year),
            *[str(sum(row[raw] for row in regso if row["ar"] == year)) for raw in regso_columns()],
        ]
        for year in (2020, 2021, 2023)
    ]
    write_csv("nation_2020_2023", ["area", "period", *regso_columns().values()], years)


def total(columns: dict[str, list[Any]], name: str) -> Fraction:
    """The exact sum of a count; of an average, the exact mean weighted by its persons."""
    if name not in WEIGHTS:
        return Fraction(sum(columns[name]))
    weights = columns[WEIGHTS[name]]
    product = sum(Fraction(str(value)) * weight for value, weight in zip(columns[name], weights, strict=True))
    return Fraction(product) / sum(weights)


# Sites


def write_sites(huddinge: Path) -> None:
    schools = sorted(read_csv(huddinge / "grundskolor_2024_25.csv"), key=lambda row: row["skolenhetskod"])
    header = ["school", "name", "operator", "latitude", "longitude"]
    places = [[row["skolenhetskod"], row["namn"], row["huvudman"], row["lat"], row["lon"]] for row in schools]
    write_csv("school_sites", header, places)
    names = [name for tidy in school_figures().values() for name in (tidy, f"{tidy}_period")]
    rows = [
        [
            row["skolenhetskod"],
            *[part for raw in school_figures() for part in (short(row[raw]), row[f"{raw}_period"])],
        ]
        for row in schools
    ]
    write_csv("skolverket_schools", ["area", *names], rows)
    leisure = [row for row in read_csv(huddinge / "osm_fritid.csv") if row["namn"]]
    rows = [
        [site_kinds()[row["osm_tag"]], row["namn"], row["osm_tag"], row["lat"], row["lon"]] for row in leisure
    ]
    (TARGET / "osm").mkdir(exist_ok=True)
    write_csv("osm/osm_leisure", ["kind", "name", "osm_tag", "latitude", "longitude"], sorted(rows))


# Areas


def write_areas(huddinge: Path) -> None:
    regso = read_shapes(huddinge / "regso2025.geojson")
    named = {row["regsokod"]: (row["regsonamn"], geometry) for row, geometry in regso}
    write_geojson("scb_regso_2025_polygons", [(code, *named[code]) for code in sorted(named)])
    parts = {
        code: [named[f"0126R{number:03d}"][1] for number in numbers]
        for code, (_, numbers) in KOMMUNDELAR.items()
    }
    write_geojson(
        "kommundel_areas", [(code, KOMMUNDELAR[code][0], union(parts[code])) for code in KOMMUNDELAR]
    )
    write_geojson(
        "municipality_area", [(MUNICIPALITY, "Huddinge", union([shapes for _, shapes in named.values()]))]
    )
    write_csv("nation", ["code", "name"], [["00", "Riket"]])
    deso = {row["deso"]: geometry for row, geometry in read_shapes(huddinge / "deso2018.geojson")}
    names = {
        row["deso"]: f"{row['regso_namn']} {row['deso'][4:]}"
        for row in read_csv(huddinge / "deso2018_2022.csv")
    }
    write_points("deso_2018_points", names, deso)
    districts = read_csv(huddinge / "valdeltagande_riksdag_2018.csv")
    write_points(
        "district_2018_points", {row["kod"]: row["distrikt"] for row in districts}, districts_2018(huddinge)
    )
    current = read_shapes(huddinge / "valdistrikt2022.geojson")
    names = {row["Lkfv"]: row["Vdnamn"] for row, _ in current} | {"01260000": "Uppsamlingsdistrikt"}
    write_points("district_2022_points", names, {row["Lkfv"]: geometry for row, geometry in current})
    police = {row["NAMN"]: row for row, _ in read_shapes(huddinge / "polisen_utsatta_omraden_2023.geojson")}
    rows = [[code, name, police[name]["KATEGORI"]] for name, code in police_codes().items()]
    write_csv("police_2023_names", ["code", "name", "category"], rows)


def districts_2018(huddinge: Path) -> Shapes:
    """Polygons of the districts of 2018 that the election authority calls comparable with one of 2022."""
    found = read_shapes(huddinge / "valdistrikt2022.geojson")
    return {row["kod2018"]: geometry for row, geometry in found if row["Jämförbart"] == "ja"}


def union(shapes: Sequence[Any]) -> Any:
    """One polygon of several; cracks narrower than a metre where neighbours are drawn apart are closed."""
    return shapely.union_all(shapes).buffer(1.0, join_style="mitre").buffer(-1.0, join_style="mitre")


# Crosswalks


def write_crosswalks(huddinge: Path) -> None:
    deso_rows = read_csv(huddinge / "deso2018_2022.csv")
    to_regso = {row["deso"]: row["regso"] for row in deso_rows}
    write_csv("key_deso_2018_regso_2020", ["deso", "regso"], sorted([d, r] for d, r in to_regso.items()))
    key = [[f"0126R{number:03d}", code] for code, (_, numbers) in KOMMUNDELAR.items() for number in numbers]
    write_csv("key_regso_2020_kommundel", ["regso", "kommundel"], sorted(key))
    population = {row["deso"]: int(row["pop_totalt"]) for row in deso_rows}
    blocks = {row["deso"]: geometry for row, geometry in read_shapes(huddinge / "deso2018.geojson")}
    in_regso: dict[str, int] = defaultdict(int)
    for deso, people in population.items():
        in_regso[to_regso[deso]] += people
    current = {row["Lkfv"]: geometry for row, geometry in read_shapes(huddinge / "valdistrikt2022.geojson")}
    police = {
        police_codes()[row["NAMN"]]: shapely.force_2d(geometry)
        for row, geometry in read_shapes(huddinge / "polisen_utsatta_omraden_2023.geojson")
    }
    layers = {"district_2018": districts_2018(huddinge), "district_2022": current, "police_2023": police}
    for name, shapes in layers.items():
        by_deso = people_in(shapes, blocks, population)
        by_regso = folded(by_deso, to_regso)
        write_ppm(f"people_{name}_regso_2020", whole(by_regso))
        write_ppm(f"people_regso_2020_{name}", parts_of(by_regso, in_regso))
        if name == "police_2023":
            write_ppm("people_police_2023_deso_2018", whole(by_deso))
            write_ppm("people_deso_2018_police_2023", parts_of(by_deso, population))


def people_in(shapes: Shapes, blocks: Shapes, population: dict[str, int]) -> People:
    """People in each pair (area, block), each block's people spread evenly over its surface."""
    found: People = {}
    for code, polygon in shapes.items():
        for block, ground in blocks.items():
            common = shapely.intersection(polygon, ground).area
            if common > 0:
                found[code, block] = Fraction(common) / Fraction(ground.area) * population[block]
    return found


def folded(people: People, key: dict[str, str]) -> People:
    """People in pairs (area, block) summed to (area, the larger area the block belongs to)."""
    found: People = defaultdict(Fraction)
    for (code, block), count in people.items():
        found[code, key[block]] += count
    return found


def whole(people: People) -> list[tuple[str, str, int]]:
    """Millionths of each area's people per target, slivers dropped, adding up to exactly a million."""
    rows = []
    for code in sorted({code for code, _ in people}):
        mine = {target: count for (origin, target), count in people.items() if origin == code}
        everyone = sum(mine.values())
        mine = {target: count for target, count in mine.items() if count >= SLIVER * everyone}
        targets = sorted(mine)
        shares = ppm_from_weights([float(mine[target]) for target in targets])
        rows += [(code, target, int(ppm)) for target, ppm in zip(targets, shares, strict=True)]
    return rows


def parts_of(people: People, totals: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Millionths of each target's people that live in each area; what is left lies in no area drawn.

    Slivers are shared out on the other parts, so that the covered part of a target stays as large as it is.
    """
    rows = []
    for target in sorted({target for _, target in people}):
        mine = {code: count / totals[target] for (code, other), count in people.items() if other == target}
        kept = {code: share for code, share in mine.items() if share >= SLIVER}
        covered = min(Fraction(1), Fraction(sum(mine.values())))
        scale = covered / sum(kept.values()) if kept else Fraction(0)
        rows += [(target, code, int(share * scale * MILLION)) for code, share in sorted(kept.items())]
    return rows


def write_ppm(name: str, rows: Iterable[tuple[str, str, int]]) -> None:
    write_csv(name, ["from", "to", "ppm"], [[origin, target, str(ppm)] for origin, target, ppm in rows])


# Files


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def read_shapes(path: Path) -> list[tuple[dict[str, Any], Any]]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]


def renamed(rows: Iterable[Row], area: str, columns: Mapping[str, str]) -> list[list[str]]:
    return sorted([row[area], *[row[name] for name in columns]] for row in rows)


def write_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (TARGET / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_points(name: str, names: Mapping[str, str], shapes: Shapes) -> None:
    """Codes, names and a point inside each area whose border was at hand; no border is written."""
    rows = []
    for code in sorted(names):
        point = shapely.point_on_surface(shapes[code]) if code in shapes else None
        position = ["", ""] if point is None else [f"{point.x:.1f}", f"{point.y:.1f}"]
        rows.append([code, names[code], *position])
    write_csv(name, ["code", "name", "x", "y"], rows)


def write_geojson(name: str, areas: Iterable[tuple[str, str, Any]]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": label},
            "geometry": as_geojson(decimetres(polygon)),
        }
        for code, label, polygon in areas
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    head = json.dumps({"type": "FeatureCollection", "name": name, "crs": crs}, ensure_ascii=False)
    (TARGET / f"{name}.geojson").write_text(f'{head[:-1]}, "features": [\n{lines}\n]}}\n', encoding="utf-8")


def decimetres(polygon: Any) -> Any:
    return shapely.transform(polygon, lambda points: points.round(1))


def refresh_expected(path: Path) -> None:
    """Rewrite the `expected` block, always the last of a mapping, from the file beside it."""
    text = path.read_text(encoding="utf-8")
    definition = yaml.safe_load(text)
    if "kind" not in definition:
        return
    source = next(one for one in (path.with_suffix(".csv"), path.with_suffix(".geojson")) if one.exists())
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    lines = ["expected:", f"  sha256: {digest}", f"  rows: {rows_in(source)}"]
    sums = [f'    {name}: "{value}"' for name, value in sums_in(source, definition).items()]
    lines += ["  sums:", *sums] if sums else []
    kept = re.split(r"^expected:", text, flags=re.MULTILINE)[0].rstrip()
    path.write_text("\n".join([kept, *lines]) + "\n", encoding="utf-8")


def rows_in(path: Path) -> int:
    return len(read_csv(path)) if path.suffix == ".csv" else len(read_shapes(path))


def sums_in(path: Path, definition: Mapping[str, Any]) -> dict[str, str]:
    """Exact sums of the columns of figures, and of the weights of a crosswalk."""
    if path.suffix != ".csv":
        return {}
    columns = [column["column"] for column in definition.get("columns", []) if "column" in column]
    weight = definition.get("crosswalk", {}).get("ppm")
    wanted = [*columns, weight] if weight else columns
    rows = read_csv(path)
    return {name: str(sum((Decimal(row[name]) for row in rows if row[name]), Decimal(0))) for name in wanted}


def plain(number: Fraction) -> str:
    """A whole number as it is, another with every digit a float holds."""
    return str(number.numerator) if number.denominator == 1 else repr(float(number))


def short(text: str) -> str:
    return text.removesuffix(".0")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
