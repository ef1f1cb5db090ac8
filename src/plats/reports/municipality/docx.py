"""The report as a Word document, from the same words and drawings as the PDF."""

from __future__ import annotations

from typing import Any

from plats.reports.municipality.model import Report
from plats.reports.municipality.payload import report_payload
from plats.reports.municipality.word_parts import WordDocument
from plats.reports.raster import picture_png

Payload = dict[str, Any]
_STATES = "* osäker siffra · .. dold uppgift · saknas: uppgiften är inte inläst · . ej tillämpligt"


def write_docx(report: Report) -> bytes:
    """The whole report. The same report gives the same bytes."""
    payload = report_payload(report)
    name = report.stamp.municipality
    document = WordDocument(f"Platsrapport för {name}", f"{name} kommun", report.stamp.on)
    _summary(document, payload, name)
    _differences(document, payload)
    for kind, places, title in (
        ("kommundel", payload["kommundelar"], "Kommundelar"),
        ("regso", payload["areas"], "RegSO-områden"),
    ):
        if places:
            document.heading(title, 1, new_page=True)
            _area_table(document, payload["tables"][kind])
            for place in places:
                _place(document, place, name, others=kind == "regso")
    _schools(document, payload["schools"])
    _missing(document, payload["missing"])
    _police(document, payload["police"])
    _methods(document, payload)
    _sources(document, payload["sources"])
    return document.content()


# Internals


def _summary(document: WordDocument, payload: Payload, name: str) -> None:
    document.title(f"Platsrapport för {name}")
    document.text(payload["heading"], "Subtitle")
    document.text(payload["lead"])
    stamp = payload["stamp"]
    document.text(f"Utskriven {stamp['date']}. Lagrets version {stamp['version']}.")
    document.table(
        f"{name} i korthet",
        ("Siffra", "Period", "Värde", "Sverige"),
        [(row["title"], row["period"], _written(row["value"]), row["nation"]) for row in payload["whole"]],
        (5, 3, 2, 2),
        range(2, 4),
    )
    document.heading(payload["map_title"], 1)
    document.text(payload["map_caption"])
    if payload["map"] is not None:
        document.picture(picture_png(payload["map"]["svg"], 130), payload["map"]["alt"], 130)
        legend = payload["legend"]
        document.picture(picture_png(legend["svg"], 75), legend["alt"], 75)
    document.heading("Så läser du rapporten", 1)
    document.text(
        "Rapporten visar skillnader mellan platser, aldrig mellan personer. Områdena står i geografisk ordning, "
        "från nordväst till sydost. Varje siffra har sin egen period och går att följa till sin källa."
    )
    document.table("Tecken i rapporten", ("Så står det", "Det betyder"), payload["states"], (1, 6))


def _differences(document: WordDocument, payload: Payload) -> None:
    document.heading("Skillnader mellan områden", 1, new_page=True)
    document.text(
        "Varje punkt är ett område och linjen är kommunen. I skola är varje punkt en skola: skolornas resultat är "
        "skolornas, aldrig områdenas."
    )
    for one in payload["differences"]:
        document.heading(one["title"], 2)
        document.text(f"{one['theme']}. {one['about'][:1].upper()}{one['about'][1:]}.")
        if one["strip"] is not None:
            document.picture(picture_png(one["strip"]["svg"], 150), one["strip"]["alt"], 150)
        document.text(" ".join([one["number"], *one["sentences"], *one["notes"]]).strip())


def _area_table(document: WordDocument, table: Payload) -> None:
    header = ["Område", *(_column(column) for column in table["columns"])]
    rows = [
        [row["name"], *(_cell(cell) for cell in row["cells"])] for row in [*table["rows"], *table["totals"]]
    ]
    document.table(
        f"Alla {table['title']}", header, rows, [3, *(1.6 for _ in table["columns"])], range(1, len(header))
    )
    document.text(_STATES, "Note")


def _place(document: WordDocument, place: Payload, name: str, *, others: bool) -> None:
    document.heading(place["name"], 2, new_page=True)
    parent = f" i {place['parent']}" if place["parent"] else ""
    document.text(
        f"{place['division'][:1].upper()}{place['division'][1:]}{parent}, {name} kommun, {place['code']}."
    )
    document.text(place["opening"])
    if place["parts"]:
        document.text(f"Omfattar {place['parts']}. {place['note']}".strip())
    if place["map"] is not None:
        document.picture(picture_png(place["map"]["svg"], 70, 190), place["map"]["alt"], 70)
    document.heading("Det som finns här", 3)
    _sites(document, place)
    document.heading("Siffror om området", 3)
    groups = [{"theme": "", "rows": place["headline"]}, *(place["others"] if others else [])]
    document.table(
        f"Siffror om {place['name']}. Rangordningen är ett intervall, där 1 är högst.",
        (
            "Siffra",
            "Period",
            "Värde",
            name,
            "Sverige",
            "Skillnad",
            "Rangordning",
            "Det här går inte att säga",
        ),
        [_reading(row) for group in groups for row in group["rows"]],
        (4, 1.9, 1.5, 1.7, 1.4, 1.6, 2.1, 6.8),
        range(2, 7),
    )
    document.text(_STATES, "Note")
    if place["judgements"]:
        document.heading("Andras bedömningar", 3)
        for said in place["judgements"]:
            document.text(said)


def _sites(document: WordDocument, place: Payload) -> None:
    if not place["sites"]:
        document.text("Inga platser är inlästa inom områdets gräns.")
        return
    if place["grouped"]:
        document.bullets([f"{group['what']}: {group['names']}." for group in place["grouped"]])
    else:
        document.bullets(
            [f"{site['name']} ({site['what'].lower()}){_after(site['results'])}" for site in place["sites"]]
        )
    if any(site["kind"] == "school" for site in place["sites"]):
        document.text("Skolans resultat är skolans. Eleverna kommer från flera områden.")


def _after(results: str) -> str:
    return f": {results}." if results else ""


def _reading(row: Payload) -> list[str]:
    said = row["cannot"] + (f" Om siffran: {row['reason']}" if row["reason"] else "")
    rank = row["rank"] or "visas inte"
    return [
        row["title"],
        row["period"],
        _written(row["value"]),
        row["home"],
        row["nation"],
        row["difference"],
        rank,
        said,
    ]


def _schools(document: WordDocument, schools: Payload) -> None:
    if not schools["rows"]:
        return
    document.heading("Skolorna", 1, new_page=True)
    document.text("Resultaten är skolornas, aldrig områdenas: eleverna kommer från flera områden.")
    header = ["Skola", *(_column(column) for column in schools["columns"])]
    rows = [
        [f"{row['name']}\n{row['about']}", *(_cell(cell) for cell in row["cells"])] for row in schools["rows"]
    ]
    document.table(
        "Skolornas egna resultat",
        header,
        rows,
        [3.5, *(1.5 for _ in schools["columns"])],
        range(1, len(header)),
    )
    document.heading("Det här går inte att säga om skolorna", 2)
    document.bullets(schools["cannot"])


def _missing(document: WordDocument, missing: list[Payload]) -> None:
    document.heading("Vad saknas?", 1, new_page=True)
    if not missing:
        document.text("Alla teman som platsperspektivet frågar efter har siffror.")
        return
    rows = [(one["title"], one["why"], one["how"]) for one in missing]
    document.table(
        "Teman utan siffra under kommunnivå", ("Tema", "Varför", "Så läggs det till"), rows, (2, 4, 4)
    )


def _police(document: WordDocument, police: Payload) -> None:
    if not police["areas"]:
        return
    document.heading("Polisens lista", 1)
    document.text(
        f"Lista {police['editions']}: {', '.join(police['areas'])}. {police['description']} {police['note']}"
    )
    document.text(f"Källa: {police['source']}.")


def _methods(document: WordDocument, payload: Payload) -> None:
    document.heading("Metoder", 1, new_page=True)
    stamp = payload["stamp"]
    document.text(
        "Varje siffra är gjord med en metod i en bestämd version. Definitionerna har kontrollsumman "
        f"{stamp['definitions']} och lagret version {stamp['version']}."
    )
    rows = [
        (one["title"], one["versions"] or "steg utan egen siffra", one["indicators"])
        for one in payload["methods"]
    ]
    document.table("Metoder och versioner", ("Metod", "Version av formeln", "Används för"), rows, (3, 2.5, 5))


def _sources(document: WordDocument, sources: list[Payload]) -> None:
    document.heading("Källor", 1, new_page=True)
    rows = [
        (
            one["title"],
            f"{one['agency']}. {one['table']}. {one['licence']}. Hämtat {one['retrieved']}. {one['address']}",
            one["sha256"],
        )
        for one in sources
    ]
    document.table("Frysta filer", ("Titel", "Källa", "sha256"), rows, (3, 5, 4))


def _column(column: Payload) -> str:
    unit = f"{column['unit']}, " if column["unit"] else ""
    return f"{column['title']}\n{unit}{column['period']}"


def _cell(cell: Payload) -> str:
    return f"{cell['text']}{cell['star']}"


def _written(value: Payload) -> str:
    unit = f"\u00a0{value['unit']}" if value["unit"] else ""
    return f"{value['number']}{unit}{'*' if value['unstable'] else ''}"
