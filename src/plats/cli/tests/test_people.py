"""`plats createadmin` and `plats demo`: the first account, and an example world to try."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plats.web.accounts.demo import ORGANISATIONS, PEOPLE
from plats.web.accounts.roles import ROLES
from tests.databases import rows, surroundings
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
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with tables and two places, and no figures: neither command needs them."""
    home = tmp_path_factory.mktemp("people") / "var"
    home.mkdir()
    subprocess.run([sys.executable, "-c", _MAKE_TABLES], env=surroundings(home), check=True)
    return home


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
    plats(prepared, "demo")
    before = memberships(prepared)
    plats(prepared, "demo")
    assert memberships(prepared) == before
    assert len(before) >= len(PEOPLE)
    ((entries,),) = rows(prepared, "SELECT count(*) FROM audit_auditentry WHERE act = 'membership.create'")
    assert entries >= len(PEOPLE)
    ((limited,),) = rows(prepared, "SELECT place_key FROM accounts_membershipplace")
    assert limited == "kommundel/varby"


def test_in_production_the_example_world_is_refused_and_nothing_made(tmp_path: Path, prepared: Path) -> None:
    told = plats(prepared, "demo", code=1, PLATS_PRODUCTION="1")
    assert "PLATS_PRODUCTION" in told


def test_an_address_that_is_really_someones_stops_the_example_world(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _MAKE_TABLES], env=surroundings(tmp_path), check=True)
    address = CAST[-1].email
    plats(
        tmp_path, "createadmin", "--email", address, "--name", "Riktig", "--password-stdin", given=PASSWORD
    )
    assert address in plats(tmp_path, "demo", code=1)
    assert [email for email, _role, _name in memberships(tmp_path)] == [address]  # all of it undone


def test_the_first_administrator_makes_the_municipalitys_committee(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _MAKE_TABLES], env=surroundings(tmp_path), check=True)
    told = plats(
        tmp_path,
        "createadmin",
        "--email",
        " Forsta@Exempel.se ",
        "--name",
        "Första",
        "--organisation",
        "Kommunstyrelsen i Exempelby",
        "--password-stdin",
        given=f"{PASSWORD}\n",
    )
    assert PASSWORD not in told
    assert memberships(tmp_path) == [("forsta@exempel.se", "administrator", "Kommunstyrelsen i Exempelby")]
    ((kind,),) = rows(tmp_path, "SELECT kind FROM accounts_organisation")
    assert kind == "committee"
    # The second joins the first's.
    second = ["createadmin", "--email", "andra@exempel.se", "--name", "Andra", "--password-stdin"]
    plats(tmp_path, *second, given=PASSWORD)
    assert memberships(tmp_path)[1] == ("andra@exempel.se", "administrator", "Kommunstyrelsen i Exempelby")
    # A taken address and a weak password make nothing.
    plats(tmp_path, *second, given=PASSWORD, code=1)
    weak = [*second[:2], "tredje@exempel.se", *second[3:]]
    plats(tmp_path, *weak, given="kort", code=1)
    assert len(memberships(tmp_path)) == 2


def test_the_password_is_asked_for_twice(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _MAKE_TABLES], env=surroundings(tmp_path), check=True)
    from click.testing import CliRunner

    from plats.cli.createadmin import createadmin

    differing = f"{PASSWORD}\nen annan mening\n{PASSWORD}\n{PASSWORD}\n"
    result = CliRunner().invoke(
        createadmin, ["--email", "a@exempel.se", "--name", "A", "--help"], input=differing
    )
    assert "--password-stdin" in result.output
