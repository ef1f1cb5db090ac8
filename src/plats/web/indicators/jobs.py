"""Long work about figures: deriving them anew, and writing the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.catalog.load import catalog
from plats.facts.versions import FactStore
from plats.vocabulary.messages import Bilingual, Count, Message
from plats.web.common.territory import place_choices
from plats.web.jobs.kinds import JobError, JobKind, JobResult, Progress, register_job
from plats.web.jobs.permissions import START
from plats.web.places.actions import sync_places
from plats.web.places.queries import facts, find_place

FORMATS = ("pdf", "docx", "xlsx")
Writers = dict[str, Callable[[], bytes]]


class ReportForm(forms.Form):
    """What is written: the whole municipality, or one place, and as which files."""

    place = forms.ChoiceField(label=_("Vad rapporten är om"), required=False)
    formats = forms.MultipleChoiceField(
        label=_("Filer"),
        help_text=_("För en enskild plats skrivs bara PDF."),
        choices=[("pdf", "PDF"), ("docx", "Word (DOCX)"), ("xlsx", "Excel (XLSX)")],
        initial=list(FORMATS),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Hela kommunen")), *place_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("place"):
            cleaned["formats"] = ["pdf"]
        return cleaned


def register_jobs() -> None:
    """Let those who may derive figures and write reports from the site."""
    register_job(
        JobKind(
            id="derive",
            label=_("Räkna om siffrorna"),
            explanation=_(
                "Räknar alla indikatorer för alla områden av det som är inläst, och gör sidor för nya områden. "
                "Läsarna ser de gamla siffrorna tills de nya är klara."
            ),
            button=_("Räkna om"),
            run=run_derive,
            permission=START,
            describe=lambda _parameters: Message("Räkna om siffrorna"),
            # Two at a time would only wait for each other: the store takes one writer.
            alone=True,
        )
    )
    register_job(
        JobKind(
            id="report",
            label=_("Skriv rapporten"),
            explanation=_(
                "Platsrapporten för kommunen eller för en plats, som filer att ladda ner och lämna vidare."
            ),
            button=_("Skriv rapporten"),
            run=run_report,
            permission=START,
            describe=_describe_report,
            form=ReportForm,
        )
    )


def run_derive(progress: Progress) -> JobResult:
    """Derive the figures, as `plats derive` does, and give new areas their pages."""
    from plats.derive.asked import derive_as_asked

    store, municipality = _here()
    names = {one.title.sv: one.title for one in catalog().indicators.values()}

    def tell(title: str, done: int, total: int) -> None:
        known = names.get(title)
        said = Message("{name}", name=Bilingual(sv=known.sv, en=known.en)) if known else title
        progress(said, done, total)

    made = derive_as_asked(store, municipality, progress=tell)
    sync_places(store=store, municipality=municipality)
    return JobResult(
        summary=Message(
            "{cells} siffror för {indicators} indikatorer.",
            cells=Count(made.cells),
            indicators=Count(made.indicators),
        ),
        url=reverse("indicators:start"),
    )


def run_report(progress: Progress, *, place: str, formats: list[str]) -> JobResult:
    """Write the report's files in the job's own folder. The report is built once, each file from it."""
    name, writers = _place_writers(place) if place else _report_writers(formats)
    files: list[Path] = []
    for done, (ending, write) in enumerate(writers.items()):
        progress(Message("Skriver {file}", file=f"{name}.{ending}"), done, len(writers))
        path = progress.folder / f"{name}.{ending}"
        path.write_bytes(write())
        files.append(path)
    progress(Message("Alla filer är skrivna"), len(writers), len(writers))
    return JobResult(summary=_files_to_fetch(len(files)), files=tuple(files))


# Internals


def _files_to_fetch(count: int) -> Message:
    if count == 1:
        return Message("En fil att ladda ner.")
    return Message("{count} filer att ladda ner.", count=Count(count))


def _here() -> tuple[FactStore, str]:
    return FactStore(Path(settings.PLATS_HOME)), str(settings.PLATS_MUNICIPALITY)


def _describe_report(parameters: Mapping[str, Any]) -> Message:
    """The place is called by what it is called now; a place that is gone by its key."""
    key = parameters["place"]
    if not key:
        return Message("Rapport för hela kommunen")
    return Message("Rapport för {place}", place=str(dict(place_choices()).get(key, key)))


def _report_writers(formats: list[str]) -> tuple[str, Writers]:
    from plats.reports.municipality.content import build
    from plats.reports.municipality.docx import write_docx
    from plats.reports.municipality.pdf import write_pdf
    from plats.reports.municipality.xlsx import write_xlsx

    made = build(facts(), catalog(), _today())
    writers: Writers = {
        "pdf": lambda: write_pdf(made),
        "docx": lambda: write_docx(made),
        "xlsx": lambda: write_xlsx(made),
    }
    name = f"platsrapport-{settings.PLATS_MUNICIPALITY}"
    return name, {one: writers[one] for one in FORMATS if one in formats}


def _place_writers(key: str) -> tuple[str, Writers]:
    from plats.reports.municipality.content import build_place
    from plats.reports.municipality.pdf import write_place_pdf

    division, _slash, slug = key.partition("/")
    place = find_place(division, slug)
    area = place.versions.order_by("edition").first() if place else None
    if area is None:
        raise JobError(Message("Platsen finns inte längre. Beställ rapporten igen för en plats som finns."))
    made = build_place(facts(), catalog(), area.key, _today())
    return f"plats-{slug}", {"pdf": lambda: write_place_pdf(made)}


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the date printed on the report
