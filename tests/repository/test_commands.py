"""Commands say what they do, and the documents only name commands that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from plats.cli.main import main
from tests.repository.tree import ROOT, name_of, text

README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]
COMMANDS = sorted(main.commands.items())
SHELL = {"sh", "bash", "console", "shell"}


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))


def _shell_lines(path: Path) -> Iterator[str]:
    """The lines that a reader would type: those of shell blocks, with `$` before them when output is shown too."""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", text(path), re.MULTILINE | re.DOTALL):
        if language in SHELL:
            for line in block.splitlines():
                yield line.removeprefix("$ ").strip()


def _typed(path: Path) -> Iterator[list[str]]:
    for line in _shell_lines(path):
        words = shlex.split(line.split(" #")[0]) if re.match(r"(?:\w+=\S+ )*(?:plats|make)\b", line) else []
        while words and re.fullmatch(r"\w+=.*", words[0]):
            words.pop(0)
        if words:
            yield words


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_command_and_its_options_have_help(name: str, command: click.Command) -> None:
    assert command.help, f"plats {name} has no docstring."
    silent = [
        option.name for option in command.params if isinstance(option, click.Option) and not option.help
    ]
    assert not silent


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_a_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `plats {name}\b", text(README), re.MULTILINE), (
        f"Add plats {name} to README's table."
    )


def test_the_readme_documents_no_command_that_is_gone() -> None:
    documented = set(re.findall(r"^\| `plats (\w+)", text(README), re.MULTILINE))
    assert documented == set(main.commands)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_tells_you_to_type_exists(path: Path) -> None:
    for words in _typed(path):
        if words[0] == "make":
            assert set(words[1:]) <= _targets(), f"{name_of(path)}: {words}"
        elif len(words) > 1 and not words[1].startswith("-"):
            assert words[1] in main.commands, f"{name_of(path)}: {words}"
            options = {opt for one in main.commands[words[1]].params for opt in one.opts} | {"--help", "-h"}
            unknown = [
                word for word in words[2:] if word.startswith("-") and word.split("=")[0] not in options
            ]
            assert not unknown, f"{name_of(path)}: plats {words[1]} has no {unknown}"


def test_the_documents_do_tell_you_to_type_something() -> None:
    typed = [words for path in DOCUMENTS for words in _typed(path)]
    assert ["make", "run"] in typed
    assert sum(words[0] == "plats" for words in typed) > 5


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    makefile = text(ROOT / "Makefile")
    promised = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    told = set(re.findall(r"^([a-z]+):.*?## \S", makefile, re.MULTILINE))
    assert promised == told


def test_every_variable_of_the_environment_is_in_the_readme() -> None:
    read = set(
        re.findall(r'"(PLATS_[A-Z_]+|DATABASE_URL)"', text(ROOT / "src/plats/web/config/environment.py"))
    )
    assert read
    assert [name for name in sorted(read) if f"`{name}`" not in text(README)] == []


@pytest.mark.parametrize(
    "path",
    [*DOCUMENTS, *sorted(ROOT.glob("docs/**/*.md")), ROOT / "ARCHITECTURE.md"],
    ids=lambda path: path.name,
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)", text(path))
    local = [link for link in links if not re.match(r"https?:|mailto:|/", link)]
    assert [link for link in local if not (path.parent / link).exists()] == []
