from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from plats.web.common.secret_files import SecretFileError, persistent_key
from plats.web.config.environment import read_environment


def test_an_empty_environment_gives_huddinge_on_this_machine_only(tmp_path: Path) -> None:
    environment = read_environment({"PLATS_HOME": str(tmp_path)})
    assert environment.municipality == "0126"
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert not environment.debug
    assert not environment.https
    assert not environment.behind_proxy


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    home = tmp_path / "new"
    first = persistent_key(home, "secret_key")
    assert persistent_key(home, "secret_key") == first
    assert len(first) >= 50
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_two_installations_get_different_keys(tmp_path: Path) -> None:
    assert persistent_key(tmp_path / "a", "secret_key") != persistent_key(tmp_path / "b", "secret_key")


def test_a_key_from_the_environment_writes_no_file(tmp_path: Path) -> None:
    environment = read_environment({"PLATS_HOME": str(tmp_path), "PLATS_SECRET_KEY": "from outside"})
    assert environment.secret_key == "from outside"  # noqa: S105  made up here
    assert not (tmp_path / "secret_key").exists()


def test_an_emptied_key_file_is_refused_rather_than_used(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(SecretFileError, match="Ta bort filen"):
        persistent_key(tmp_path, "secret_key")


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [("PLATS_DEBUG", "kanske", "Skriv 1"), ("PLATS_MUNICIPALITY", "Huddinge", "fyra siffror")],
)
def test_a_setting_that_cannot_be_read_says_what_to_write(
    tmp_path: Path, name: str, value: str, advice: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=advice) as error:
        read_environment({"PLATS_HOME": str(tmp_path), name: value})
    assert name in str(error.value)


def test_no_secret_lies_in_the_code() -> None:
    secret = re.compile(r"SECRET_KEY\s*=\s*[\"']|-----BEGIN [A-Z ]*PRIVATE KEY-----")
    source = Path(__file__).resolve().parents[3]
    files = [path for path in source.rglob("*") if path.suffix in (".py", ".yaml", ".toml", ".html", ".json")]
    assert files
    assert not [path for path in files if secret.search(path.read_text(encoding="utf-8", errors="ignore"))]
