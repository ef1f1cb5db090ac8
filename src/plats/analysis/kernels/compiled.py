"""How a kernel is compiled: kept on disk, strict about floats, leaving the interpreter free. And on how many cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import get_num_threads, njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """Compile on first use and keep the result on disk.

    No fast arithmetic: the same input gives the same bytes on every machine.
    """
    return cast("Kernel", njit(cache=True, nogil=True)(kernel))


def compiled_parallel(kernel: Kernel) -> Kernel:
    """As `compiled`, with the loops written as `prange` divided over the processor's cores.

    Each turn of such a loop must write to places of its own: then the result is the same on any number of cores.
    """
    return cast("Kernel", njit(cache=True, nogil=True, parallel=True)(kernel))


def cores() -> int:
    """How many of the machine's cores this process may use."""
    return int(get_num_threads())
