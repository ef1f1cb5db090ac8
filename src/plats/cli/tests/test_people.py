"""`plats createadmin` and `plats demo`: the first account, and an example world to try."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from plats.cli.createadmin import asked_for_password
from plats.web.accounts.demo import ORGANISATIONS, PEOPLE
from plats.web.accounts.roles import ROLES
from tests.databases import copy_database, rows, surroundings
from tests.people import CAST

PLATS = [sys.executable, "-c", "from plats.cli.main import main; main()"]
PASSWORD = "fyra lila elefanter"  # noqa: S105  belongs to nobody
_MAKE_TABLES = """
from plats.cli.output import set_up_django
set_up_django()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from plats.web.places.models import Place
for slug in ("huddinge", "varby"):
    Place.objects.create(municipality="0126", division="kommundel", slug=slug, name=slug.title())
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with tables and two places, and no figures: neither command needs them. Copy it, never write to it."""
    home = tmp_path_factory.mktemp("people") / "var"
    home.mkdir()
    subprocess.run([sys.executable, "-c", _MAKE_TABLES], env=surroundings(home), check=True)
    return home


@pytest.fixture(scope="module")
def prepared(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where the example world has been made."""
    home = tmp_path_factory.mktemp("example") / "var"
    copy_home(tables, home)
    plats(home, "demo")
    return home


@pytest.fixture
def empty(tables: Path, tmp_path: Path) -> Path:
    """A home where nobody has an account yet."""
    home = tmp_path / "var"
    copy_home(tables, home)
    return home


def copy_home(source: Path, target: Path) -> None:
    shutil.copytree(source, target)
    copy_database(source, target)


def plats(home: Path, *words: str, given: str = "", code: int = 0, **more: str) -> str:
    done = subprocess.run(
        [*PLATS, *words],
        env=surroundings(home, **more),
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def memberships(home: Path) -> list[tuple[str, str, str]]:
    found = rows(
        home,
        "SELECT u.email, m.role, o.name FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id "
        "JOIN accounts_organisation o ON o.id = m.organisation_id ORDER BY m.id",
    )
    return [(str(email), str(role), str(name)) for email, role, name in found]


def test_before_init_both_say_what_to_do(tmp_path: Path) -> None:
    for words in (["demo"], ["createadmin", "--email", "a@exempel.se", "--name", "A", "--password-stdin"]):
        assert "plats init" in plats(tmp_path, *words, given=PASSWORD, code=1)


def test_the_example_world_has_a_login_for_each_role_and_the_tests_know_them(prepared: Path) -> None:
    told = json.loads(plats(prepared, "demo", "--json"))["logins"]
    assert {one["role"] for one in told} == set(ROLES)
    assert {(one["email"], one["password"]) for one in told} == {(one.email, one.password) for one in CAST}
    assert [(person.email, person.name) for person in PEOPLE] == [(one.email, one.name) for one in CAST]
    printed = plats(prepared, "demo")
    assert all(one.email in printed and one.password in printed for one in CAST)
    assert all(one.name in printed for one in ORGANISATIONS)


def test_made_again_it_is_the_same(prepared: Path) -> None:
    before = memberships(prepared)
    plats(prepared, "demo")
    assert memberships(prepared) == before
    assert len(before) >= len(PEOPLE)
    ((entries,),) = rows(prepared, "SELECT count(*) FROM audit_auditentry WHERE act = 'membership.create'")
    assert entries >= len(PEOPLE)
    ((limited,),) = rows(prepared, "SELECT place_key FROM accounts_membershipplace")
    assert limited == "kommundel/varby"


def test_in_production_the_example_world_is_refused_and_nothing_made(empty: Path) -> None:
    told = plats(empty, "demo", code=1, PLATS_PRODUCTION="1")
    assert "PLATS_PRODUCTION" in told
    assert memberships(empty) == []


def test_an_address_that_is_really_someones_stops_the_example_world(empty: Path) -> None:
    address = CAST[-1].email
    plats(empty, "createadmin", "--email", address, "--name", "Riktig", "--password-stdin", given=PASSWORD)
    assert address in plats(empty, "demo", code=1)
    assert [email for email, _role, _name in memberships(empty)] == [address]  # all of it undone


def test_the_first_administrator_makes_the_municipalitys_committee_and_the_second_joins(empty: Path) -> None:
    first = [
        "--email",
        " Forsta@Exempel.se ",
        "--name",
        "Första",
        "--organisation",
        "Kommunstyrelsen i Exempelby",
    ]
    told = plats(empty, "createadmin", *first, "--password-stdin", given=f"{PASSWORD}\n")
    assert PASSWORD not in told
    plats(
        empty, "createadmin", "--email", "andra@exempel.se", "--name", "B", "--password-stdin", given=PASSWORD
    )
    assert memberships(empty) == [
        ("forsta@exempel.se", "administrator", "Kommunstyrelsen i Exempelby"),
        ("andra@exempel.se", "administrator", "Kommunstyrelsen i Exempelby"),
    ]
    ((kind,),) = rows(empty, "SELECT kind FROM accounts_organisation")
    assert kind == "committee"


@pytest.mark.parametrize(
    ("email", "password"), [("verksamhet@fritidsforeningen.exempel.se", PASSWORD), ("ny@exempel.se", "kort")]
)
def test_a_taken_address_and_a_weak_password_make_nothing(prepared: Path, email: str, password: str) -> None:
    before = memberships(prepared)
    plats(
        prepared, "createadmin", "--email", email, "--name", "C", "--password-stdin", given=password, code=1
    )
    assert memberships(prepared) == before
    assert rows(prepared, "SELECT count(*) FROM accounts_organisation")[0][0] == len(ORGANISATIONS)


def test_the_password_is_asked_for_until_it_is_written_the_same_twice() -> None:
    @click.command()
    def ask() -> None:
        click.echo(f"<{asked_for_password()}>")

    result = CliRunner().invoke(ask, input=f"{PASSWORD}\nen annan mening\n{PASSWORD}\n{PASSWORD}\n")
    assert f"<{PASSWORD}>" in result.output
    assert result.output.count(PASSWORD) == 1  # what is typed does not show
