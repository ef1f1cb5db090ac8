from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile

from plats.web.config.static_files import HashedFiles


@pytest.fixture
def storage(tmp_path: Path) -> HashedFiles:
    return HashedFiles(location=tmp_path, base_url="/statisk/")


def collect(storage: HashedFiles, files: dict[str, str]) -> None:
    plain = StaticFilesStorage(location=storage.location, base_url="/statisk/")
    for name, text in files.items():
        plain.save(name, ContentFile(text.encode()))
    for _name, _hashed, outcome in storage.post_process({name: (plain, name) for name in files}):
        if isinstance(outcome, Exception):
            raise outcome


def test_a_module_imports_its_neighbour_by_the_name_with_the_hash(storage: HashedFiles) -> None:
    collect(
        storage,
        {"plats/js/main.js": 'import {go} from "./map.js";\n', "plats/js/map.js": "export const go = 1;\n"},
    )
    name = storage.stored_name("plats/js/main.js")
    neighbour = Path(storage.stored_name("plats/js/map.js")).name
    assert name != "plats/js/main.js"
    assert neighbour != "map.js"
    assert neighbour in (Path(storage.location) / name).read_text()


def test_a_changed_file_gets_a_new_name(tmp_path: Path) -> None:
    names = []
    for number, colour in enumerate(("red", "blue")):
        storage = HashedFiles(location=tmp_path / str(number), base_url="/statisk/")
        collect(storage, {"plats/look.css": f"a {{ color: {colour} }}"})
        names.append(storage.stored_name("plats/look.css"))
    assert names[0] != names[1]


def test_text_that_looks_like_an_import_in_anothers_script_is_left_alone(storage: HashedFiles) -> None:
    text = 'const example = `import x from "./nowhere.js";`;\n'
    collect(storage, {"django_htmx/htmx-2.js": text})
    assert (Path(storage.location) / storage.stored_name("django_htmx/htmx-2.js")).read_text() == text
