"""The jobs about figures: the same code as the commands, with files that open, in the site's hands."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from plats.catalog.load import catalog
from plats.facts.query import Facts
from plats.facts.versions import FactStore
from plats.vocabulary.messages import Bilingual
from plats.web.accounts.tests.world import World, fresh, make_world
from plats.web.common.templatetags.plats import say
from plats.web.indicators.jobs import ReportForm
from plats.web.indicators.news import news_of_figures
from plats.web.jobs.actions import start_job
from plats.web.jobs.attempts import Attempt
from plats.web.jobs.kinds import job_kind
from plats.web.jobs.models import Job
from plats.web.jobs.states import State
from plats.web.jobs.worker import Worker
from plats.web.notices.queries import news
from plats.web.places.models import Place
from plats.web.places.tests.loaded import copy_of


@pytest.fixture
def own(site: Facts, home: Path, tmp_path: Path, settings: Settings) -> FactStore:
    """The site on a store of the test's own, that may be written to."""
    settings.PLATS_HOME = tmp_path / "home"
    return copy_of(home, tmp_path / "home")


def run(kind_id: str, world: World | None = None, **parameters: object) -> Job:
    kind = job_kind(kind_id)
    assert kind is not None
    job = start_job(by=world.analyst if world else None, kind=kind, parameters=parameters)
    Worker().run_once()
    return Job.objects.get(pk=job.pk)


def test_deriving_makes_a_version_and_pages_for_new_areas(own: FactStore) -> None:
    before = own.current()
    place = Place.objects.get(division="regso", slug="flemingsberg-vastra")
    place.versions.all().delete()
    place.delete()
    job = run("derive")
    assert job.state == State.DONE, job.error
    after = own.current()
    assert after.id != before.id
    assert after.table("indicators").num_rows == before.table("indicators").num_rows
    assert Place.objects.filter(division="regso", slug="flemingsberg-vastra").exists()
    assert str(job.summary) == f"{after.table('indicators').num_rows:,} siffror".replace(",", "\u00a0") + (
        f" för {len(set(after.table('indicators').column('indicator').to_pylist()))} indikatorer."
    )
    assert (job.progress_done, job.progress_total) == (len(catalog().indicators),) * 2


def test_progress_names_each_indicator_in_the_readers_language(
    own: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(Attempt, "tell", lambda _self, text, done, total: told.append(text))
    run("derive")
    titles = {(one.title.sv, one.title.en) for one in catalog().indicators.values()}
    parts = [message.parts["name"] for message in told if "name" in message.parts]
    assert parts
    # What is worked out of several indicators at once has no indicator's name.
    assert len(told) - len(parts) == 1
    assert all(isinstance(part, Bilingual) and (part.sv, part.en) in titles for part in parts)


def test_deriving_for_a_municipality_without_areas_says_what_to_do(
    own: FactStore, settings: Settings
) -> None:
    settings.PLATS_MUNICIPALITY = "9999"
    before = own.current().id
    job = run("derive")
    assert job.state == State.FAILED
    assert "Kommun 9999 har inga områden i lagret" in say(job.explanation)
    assert own.current().id == before


def test_deriving_is_done_by_one_at_a_time() -> None:
    kind = job_kind("derive")
    assert kind is not None
    assert kind.alone
    assert kind.retries


def test_a_places_report_is_a_pdf_to_download(own: FactStore) -> None:
    job = run("report", place="regso/flemingsberg-vastra", formats=["pdf"])
    assert job.state == State.DONE, job.error
    assert str(job.name).startswith("Rapport för Flemingsberg västra")
    assert job.file_names == ["plats-flemingsberg-vastra.pdf"]
    content = (job.folder_of(1) / job.file_names[0]).read_bytes()
    assert content.startswith(b"%PDF-")
    assert own.home in job.folder.parents


def test_the_municipalitys_report_is_the_files_one_asked_for(own: FactStore) -> None:
    job = run("report", place="", formats=["docx", "xlsx"])
    assert job.state == State.DONE, job.error
    assert job.file_names == ["platsrapport-0126.docx", "platsrapport-0126.xlsx"]
    for name in job.file_names:
        with zipfile.ZipFile(BytesIO((job.folder_of(1) / name).read_bytes())) as file:
            assert file.testzip() is None
    assert say(job.summary) == "2 filer att ladda ner."


def test_a_place_that_is_gone_is_told(own: FactStore) -> None:
    job = run("report", place="regso/finns-inte", formats=["pdf"])
    assert job.state == State.FAILED
    assert say(job.explanation).startswith("Platsen finns inte längre.")
    assert not job.folder.exists()


@pytest.mark.parametrize(
    ("given", "formats"),
    [
        ({"place": "", "formats": ["pdf", "xlsx"]}, ["pdf", "xlsx"]),
        ({"place": "regso/flemingsberg-vastra", "formats": ["docx", "xlsx"]}, ["pdf"]),
    ],
)
def test_a_place_is_written_as_pdf_only(site: Facts, given: dict[str, object], formats: list[str]) -> None:
    form = ReportForm(given)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"place": given["place"], "formats": formats}


@pytest.mark.parametrize(
    "given", [{"place": "regso/finns-inte", "formats": ["pdf"]}, {"formats": []}, {"formats": ["exe"]}]
)
def test_what_is_not_on_the_form_is_refused(site: Facts, given: dict[str, object]) -> None:
    assert not ReportForm(given).is_valid()


def test_new_figures_are_news_to_everyone(own: FactStore) -> None:
    with translation.override("sv"):
        world = make_world()
    run("derive", world)
    told = [item for item in news(fresh(world.lead)).items if item.key.startswith("figures/")]
    assert [item.key for item in told] == [f"figures/{own.current().id}"]
    assert "Nya siffror visas från" in say(told[0].message)


def test_without_figures_there_is_no_news_of_them(tmp_path: Path, settings: Settings) -> None:
    from datetime import UTC, datetime

    settings.PLATS_HOME = tmp_path
    assert news_of_figures(None, datetime(2020, 1, 1, tzinfo=UTC)) == []
