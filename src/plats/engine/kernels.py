"""The compiled kernels: where they are kept, and compiling them before anybody waits for one."""

from __future__ import annotations

import hashlib
import os
import pkgutil
import platform
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from plats.analysis import kernels as package

# numba's own name for where it keeps what it has compiled; it reads it when it is imported.
CACHE = "NUMBA_CACHE_DIR"

_STAMP = "warm"


def keep_kernels(home: Path) -> None:
    """Say where compiled kernels are kept, before numba is imported: under the home folder, unless somebody has said.

    The program's own folder, where numba would put them, cannot be written to by the services.
    """
    os.environ.setdefault(CACHE, str(home / "cache" / "kernels"))


def modules() -> list[str]:
    """The modules of kernels that can be warmed, by their short names."""
    return sorted(
        module.name for module in pkgutil.iter_modules(package.__path__) if module.name != "compiled"
    )


def warm() -> Iterator[tuple[str, float]]:
    """Compile the kernels of each module, or read those that are kept; yields its name and the seconds it took."""
    for name in modules():
        started = time.perf_counter()
        import_module(f"{package.__name__}.{name}").warm()
        yield name, time.perf_counter() - started
    _stamp().parent.mkdir(parents=True, exist_ok=True)
    _stamp().write_text(_state(), encoding="utf-8")


def is_warm() -> bool:
    """Whether the kernels were compiled from these sources, on this kind of machine, where they are kept now."""
    try:
        return _stamp().read_text(encoding="utf-8") == _state()
    except OSError:
        return False


# Internals


def _stamp() -> Path:
    return Path(os.environ[CACHE]) / _STAMP


def _state() -> str:
    """What decides whether numba takes what it has kept: sources by content and time, its version, the processor."""
    told = [version("numba"), platform.python_version(), platform.machine(), *_processor()]
    for source in sorted(Path(package.__path__[0]).glob("*.py")):
        told += [str(source), str(source.stat().st_mtime_ns), source.read_text(encoding="utf-8")]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _processor() -> list[str]:
    """The processor's name and what it can do, where the system says."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return [platform.processor()]
    return sorted({line for line in lines if line.startswith(("model name", "flags", "Features"))})
