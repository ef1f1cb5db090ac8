"""The pages: each sees their own, the administrator all, nobody anyone else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plats.vocabulary.messages import Message
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.jobs import kinds
from plats.web.jobs.kinds import JobResult, Progress
from plats.web.jobs.models import Job
from plats.web.jobs.states import State
from plats.web.jobs.tests.probes import Probe, changed, read, start, taken, work

Opened = Callable[..., Client]


def signed_in(user: User) -> Client:
    from django.conf import settings

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def with_file(progress: Progress) -> JobResult:
    path = progress.folder / "rapport.pdf"
    path.write_bytes(b"%PDF-1.7 prov")
    return JobResult(summary=Message("En fil."), files=(path,))


# The list


def test_one_sees_ones_own_and_the_administrator_everyones(world: World, probe: Probe) -> None:
    start(world.analyst, number=11)
    start(world.people["economist"], number=22)
    mine = page(signed_in(world.analyst), "/jobb/")
    assert "Prov 11" in mine
    assert "Prov 22" not in mine
    assert "Mina jobb" in mine
    everyones = page(signed_in(world.administrator), "/jobb/")
    assert "Prov 11" in everyones
    assert "Prov 22" in everyones
    assert world.analyst.name in everyones


def test_the_list_asks_as_many_questions_however_many_jobs(
    world: World,
    probe: Probe,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # Other kinds' forms may ask for what one can choose.
    monkeypatch.setattr(kinds, "_kinds", {"probe": kinds._kinds["probe"]})
    client = signed_in(world.administrator)
    start(world.analyst, number=1)
    page(client, "/jobb/")
    # The session; its user; the living session; roles with organisations, and their places; the jobs; unread notices.
    with django_assert_num_queries(7):
        page(client, "/jobb/")
    for number in range(2, 9):
        start(world.analyst, number=number)
    with django_assert_num_queries(7):
        page(client, "/jobb/")


# Starting


def test_a_form_starts_a_job_in_the_name_of_ones_organisation(world: World, probe: Probe) -> None:
    answer = signed_in(world.analyst).post("/jobb/starta/probe/", {"probe-number": "5"})
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobb/{job.public_id}/"
    assert (job.started_by, job.organisation, job.parameters) == (
        world.analyst,
        world.committee,
        {"number": 5},
    )


def test_a_form_that_is_wrong_comes_back_with_what_is_wrong(world: World, probe: Probe) -> None:
    answer = signed_in(world.analyst).post("/jobb/starta/probe/", {"probe-number": "0"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Job.objects.exists()


def test_a_second_of_what_is_done_alone_is_told_to_wait(world: World, probe: Probe) -> None:
    changed(probe, alone=True)
    start(world.people["economist"])
    answer = signed_in(world.analyst).post("/jobb/starta/probe/", {"probe-number": "1"})
    assert answer.status_code == 422
    assert "Det görs redan" in answer.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.parametrize("kind", ["finns-inte", "fetch"])
def test_a_kind_that_is_not_there_is_not_found(world: World, probe: Probe, kind: str) -> None:
    assert signed_in(world.analyst).post(f"/jobb/starta/{kind}/").status_code == 404


def test_those_whose_role_has_no_jobs_get_no_page(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    for role in ("politician", "registrar", "data_protection_officer"):
        client = signed_in(world.people[role])
        assert client.get("/jobb/").status_code == 403
        assert client.post("/jobb/starta/probe/", {"probe-number": "1"}).status_code == 403
        assert client.get(f"/jobb/{job.public_id}/").status_code == 403
    assert Job.objects.count() == 1


def test_one_whose_writing_is_switched_off_starts_and_cancels_nothing(world: World, probe: Probe) -> None:
    from plats.web.accounts.actions import May, set_switches

    job = start(world.analyst)
    set_switches(by=world.administrator, user=world.analyst, may=May.READ)
    client = signed_in(world.analyst)
    assert client.post("/jobb/starta/probe/", {"probe-number": "1"}).status_code == 403
    assert client.post(f"/jobb/{job.public_id}/avbryt/").status_code == 403
    assert client.get(f"/jobb/{job.public_id}/").status_code == 200
    assert read(job).state == State.QUEUED


# One job


@pytest.mark.parametrize("part", ["", "lage/", "fil/rapport.pdf"])
def test_anothers_job_is_not_found_and_the_question_is_on_record(
    world: World, probe: Probe, part: str
) -> None:
    probe.runs = [with_file]
    job = start(world.analyst)
    work()
    for other in (world.people["economist"], world.others["analyst"]):
        page(signed_in(other), f"/jobb/{job.public_id}/{part}", status=404)
    denied = AuditEntry.objects.filter(act="denied")
    assert denied.count() == 2
    page(signed_in(world.administrator), f"/jobb/{job.public_id}/")


def test_another_cannot_cancel_and_the_administrator_can(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    address = f"/jobb/{job.public_id}/avbryt/"
    assert signed_in(world.people["economist"]).post(address).status_code == 404
    assert read(job).state == State.QUEUED
    signed_in(world.administrator).post(address)
    assert read(job).state == State.CANCELLED


def test_the_page_looks_again_by_itself_only_while_the_job_is_open(world: World, probe: Probe) -> None:
    job, client = start(world.analyst), signed_in(world.analyst)
    address = f"/jobb/{job.public_id}/"
    waiting = page(client, address)
    assert "Väntar på sin tur" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert f'hx-get="{address}lage/"' in waiting
    attempt = taken()
    attempt.tell(Message("räknar"), 1, 4)
    running = page(client, f"{address}lage/")
    assert 'value="25"' in running
    assert "1 av 4" in running
    assert "Avbryt jobbet" in running
    attempt.finish(attempt.content_of(None))
    done = page(client, address)
    assert "hx-get" not in done
    assert 'http-equiv="refresh"' not in done
    assert "Avbryt jobbet" not in done


def test_the_end_is_said_to_those_who_listen(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    work()
    client = signed_in(world.analyst)
    heard = client.get(f"/jobb/{job.public_id}/lage/", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-swap-oob="innerHTML:#jobbets-slut">klart<' in heard
    assert "hx-swap-oob" not in page(client, f"/jobb/{job.public_id}/")


def test_a_running_job_that_is_cancelled_says_so_until_it_ends(world: World, probe: Probe) -> None:
    job, client = start(world.analyst), signed_in(world.analyst)
    taken()
    client.post(f"/jobb/{job.public_id}/avbryt/")
    shown = page(client, f"/jobb/{job.public_id}/")
    assert "Avbryts så snart det går" in shown
    assert "Avbryt jobbet" not in shown
    assert client.post(f"/jobb/{job.public_id}/avbryt/").status_code == 302


def test_a_file_is_downloaded_by_the_one_who_may_and_the_reading_is_on_record(
    world: World, probe: Probe
) -> None:
    probe.runs = [with_file]
    job = start(world.analyst)
    work()
    client = signed_in(world.analyst)
    address = f"/jobb/{job.public_id}/fil/rapport.pdf"
    assert address in page(client, f"/jobb/{job.public_id}/")
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 prov"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'attachment; filename="rapport.pdf"' in answer.headers["Content-Disposition"]
    read_entry = AuditEntry.objects.get(act="read")
    assert read_entry.object_id == str(job.public_id)


@pytest.mark.parametrize(
    "name", ["..%2F..%2F..%2F..%2Fsecret_key", "%2Fetc%2Fpasswd", "annan.pdf", ".", "..", "%00"]
)
def test_only_the_files_of_the_job_are_handed_out(world: World, probe: Probe, name: str) -> None:
    probe.runs = [with_file]
    job = start(world.analyst)
    work()
    assert signed_in(world.analyst).get(f"/jobb/{job.public_id}/fil/{name}").status_code == 404


def test_a_file_that_is_gone_is_told(world: World, probe: Probe) -> None:
    """A restored copy of the database has the job, not what it wrote."""
    probe.runs = [with_file]
    job = start(world.analyst)
    work()
    (job.folder_of(1) / "rapport.pdf").unlink()
    client = signed_in(world.analyst)
    assert "Filerna finns inte kvar" in page(client, f"/jobb/{job.public_id}/")
    assert client.get(f"/jobb/{job.public_id}/fil/rapport.pdf").status_code == 404


def test_in_english(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    taken().fail(Message("Databasen svarade inte. Försök igen om en stund."))
    shown = page(signed_in(world.analyst), f"/en/jobb/{job.public_id}/")
    assert "The job failed" in shown
    assert "The database did not answer. Try again in a while." in shown
