"""The library is cheap to have at hand: what is heavy is read when a measure asks for it."""

from __future__ import annotations

import subprocess
import sys
from pkgutil import walk_packages

import plats.analysis

HEAVY = ("numba", "llvmlite", "scipy", "shapely", "dask")


def loaded_after(statement: str) -> set[str]:
    """The packages that a new Python has read after the statement."""
    told = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_the_library_by_itself_reads_nothing_else() -> None:
    assert not loaded_after("import plats.analysis") & {"numpy", *HEAVY}


def test_no_measure_reads_the_compiler_before_it_is_used() -> None:
    names = [found.name for found in walk_packages(plats.analysis.__path__, "plats.analysis.")]
    measures = [name for name in names if ".tests" not in name and ".kernels" not in name]
    assert len(measures) > 40
    assert not loaded_after("import " + ", ".join(measures)) & {"numba", "llvmlite", "dask"}
