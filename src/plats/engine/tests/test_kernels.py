"""Kernels are compiled in advance, once, and kept under the home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from plats.engine import kernels


@pytest.fixture
def warmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the modules that have been warmed: a package of two, kept in a folder of the test's own."""
    names: list[str] = []
    folder = tmp_path / "package"
    folder.mkdir()
    for name in ("two", "one", "compiled"):
        (folder / f"{name}.py").write_text("# kernels\n")
    monkeypatch.setattr(kernels, "package", SimpleNamespace(__path__=[str(folder)], __name__="package"))
    monkeypatch.setattr(
        kernels, "import_module", lambda name: SimpleNamespace(warm=lambda: names.append(name))
    )
    monkeypatch.setenv(kernels.CACHE, str(tmp_path / "cache"))
    return names


def test_each_module_is_warmed_and_then_all_are(warmed: list[str]) -> None:
    assert not kernels.is_warm()
    assert [name for name, seconds in kernels.warm() if seconds >= 0] == ["one", "two"]
    assert warmed == ["package.one", "package.two"]
    assert kernels.is_warm()


def test_a_kernel_that_is_changed_new_or_broken_off_is_not_warm(warmed: list[str], tmp_path: Path) -> None:
    list(kernels.warm())
    (tmp_path / "package" / "two.py").write_text("# other kernels\n")
    assert not kernels.is_warm()
    list(kernels.warm())
    (tmp_path / "package" / "three.py").write_text("# more\n")
    assert not kernels.is_warm()
    next(kernels.warm())
    assert not kernels.is_warm()


def test_a_source_of_another_time_or_another_numba_is_not_warm(
    warmed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """numba goes by the source's time, and compiles anew when the same source has been installed again."""
    list(kernels.warm())
    os.utime(tmp_path / "package" / "one.py", ns=(0, 0))
    assert not kernels.is_warm()
    list(kernels.warm())
    monkeypatch.setattr(kernels, "version", lambda _: "0.0")
    assert not kernels.is_warm()


def test_they_are_kept_in_the_home_folder_unless_somebody_has_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(kernels.CACHE, "elsewhere")
    kernels.keep_kernels(tmp_path)
    assert os.environ[kernels.CACHE] == "elsewhere"
    monkeypatch.delenv(kernels.CACHE)
    kernels.keep_kernels(tmp_path)
    assert os.environ[kernels.CACHE] == str(tmp_path / "cache" / "kernels")


def test_every_module_of_kernels_can_be_warmed() -> None:
    assert "disks" in kernels.modules()
    for name in kernels.modules():
        assert callable(kernels.import_module(f"plats.analysis.kernels.{name}").warm), name


@pytest.mark.parametrize("module", ["plats.cli.main", "plats.web.config.settings"])
def test_nothing_that_starts_the_program_imports_numba(module: str) -> None:
    """It takes a third of a second, and where it keeps its kernels must have been said before."""
    said = f"import sys, {module}; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
