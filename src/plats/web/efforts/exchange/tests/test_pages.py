"""The pages: a file tried and done, and one change of many."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.efforts.exchange.tests.making import LEAST, file_of, make_effort
from plats.web.efforts.models import Effort
from plats.web.jobs.models import Job
from plats.web.jobs.tests.probes import work

FILE, MANY = "/mitt/insatser/fil/", "/mitt/insatser/flera/"


@pytest.fixture
def analyst(client: Client, world: World) -> Client:
    client.force_login(world.analyst)
    return client


def send(client: Client, content: bytes, name: str = "insatser.csv") -> Any:
    return client.post(FILE, {"file": SimpleUploadedFile(name, content)})


def tried(client: Client, content: bytes) -> tuple[Job, str]:
    """The file tried by a worker, and the page that tells it."""
    sent = send(client, content)
    assert sent.status_code == 302, sent.content.decode()
    assert "meta http-equiv" in client.get(sent["Location"]).content.decode()
    while work():
        pass
    job: Job = Job.objects.latest("created_at")
    return job, client.get(sent["Location"]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_tried_told_row_by_row_and_then_done(client: Client, transactional_world: World) -> None:
    world = transactional_world
    client.force_login(world.analyst)
    job, page = tried(client, file_of(LEAST | {"Organisation": world.committee.name}))
    assert "1 nya" in page
    assert "Läxhjälp" in page
    assert Effort.objects.count() == 0
    done = client.post(f"{FILE}{job.public_id}/skriv/")
    while work():
        pass
    assert "Skrivet" in client.get(done["Location"]).content.decode()
    assert Effort.objects.get().title == "Läxhjälp"
    # The same once more finds what is there: nothing twice.
    assert AuditEntry.objects.filter(act="effort.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_with_a_wrong_row_says_where_and_offers_no_writing(
    client: Client, transactional_world: World
) -> None:
    world = transactional_world
    client.force_login(world.analyst)
    good = LEAST | {"Organisation": world.committee.name}
    job, page = tried(client, file_of(good, good | {"Slag": "båt"}))
    assert "Inget är skrivet" in page
    assert "båt" in page
    assert "skriv/" not in page
    client.post(f"{FILE}{job.public_id}/skriv/")
    while work():
        pass
    assert Effort.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_no_table_is_told_and_not_half_read(
    client: Client, transactional_world: World
) -> None:
    client.force_login(transactional_world.analyst)
    _job, page = tried(client, b"Rubrik;Slag\nA;skola\n")
    assert "saknas" in page


@pytest.mark.parametrize(("name", "content"), [("bild.png", b"x"), ("tom.csv", b""), ("fel.xlsx", b"no zip")])
def test_a_file_of_another_kind_is_told_at_the_field(analyst: Client, name: str, content: bytes) -> None:
    response = send(analyst, content, name)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Job.objects.exists()


def test_an_export_is_ones_own_and_on_record(analyst: Client, world: World) -> None:
    make_effort(world.committee, "Vår")
    make_effort(world.other, "Deras", is_public=True)
    response = analyst.get(f"{FILE}csv")
    text = response.content.decode("utf-8-sig")
    assert "Vår" in text
    assert "Deras" not in text
    assert "no-store" in response["Cache-Control"]
    assert AuditEntry.objects.filter(act="effort.export").count() == 1
    assert analyst.get(f"{FILE}pdf").status_code == 404


def test_anothers_file_is_not_found(analyst: Client, world: World) -> None:
    sent = send(analyst, file_of(LEAST | {"Organisation": world.committee.name}))
    other = Client()
    other.force_login(world.others["analyst"])
    assert other.get(sent["Location"]).status_code == 404
    assert other.post(sent["Location"] + "skriv/").status_code == 404


def test_many_are_chosen_previewed_and_changed(analyst: Client, world: World) -> None:
    ours = make_effort(world.committee, "Vår")
    make_effort(world.other, "Deras", is_public=True)
    page = analyst.get(MANY, {"state": "unknown"}).content.decode()
    assert "Vår" in page
    assert "Deras" not in page
    asked = {"chosen": f"{ours.public_id}:{ours.revision}", "new_state": "ended"}
    preview = analyst.post(MANY, asked).content.decode()
    assert "okänt → avslutad" in preview
    ours.refresh_from_db()
    assert ours.state == "unknown"
    done = analyst.post(MANY, asked | {"confirmed": "1"})
    assert done.status_code == 200
    ours.refresh_from_db()
    assert ours.state == "ended"


def test_a_conflict_in_many_is_told_for_its_row(analyst: Client, world: World) -> None:
    ours = make_effort(world.committee, "Vår", revision=3)
    response = analyst.post(MANY, {"chosen": f"{ours.public_id}:2", "new_state": "ended", "confirmed": "1"})
    assert response.status_code == 409
    assert "Någon annan har ändrat insatsen" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"new_state": "ended"}, "Välj minst en insats"), ({"chosen": "x:1"}, "Välj minst en insats")],
)
def test_nothing_chosen_is_told(analyst: Client, world: World, asked: dict[str, str], told: str) -> None:
    make_effort(world.committee)
    response = analyst.post(MANY, asked)
    assert response.status_code == 422
    assert told in response.content.decode()


def test_one_without_the_permission_is_refused(client: Client, world: World) -> None:
    client.force_login(world.people["politician"])
    assert client.get(FILE).status_code == 403
    assert client.get(MANY).status_code == 403
