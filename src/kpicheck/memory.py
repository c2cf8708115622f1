"""Memory while a file is judged: a ceiling where the system can hold one, and no search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BYTES = 400 << 20


@contextmanager
def bounded_memory(most: int = MOST_BYTES) -> Iterator[None]:
    """Let this process take so many bytes more while it is busy with a file; on Windows nothing is held.

    What asks more gets a MemoryError, which is a refusal of that file.
    """
    try:
        import resource
    except ImportError:
        yield
        return
    taken = _taken(resource.getpagesize())
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = [one for one in (taken + most, before, hard) if one != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(allowed), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave out the search for objects in circles: reading makes none, and a third of its time went there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def begin_collecting() -> None:
    """The start is over: all that was loaded stays, and objects in circles are searched for from here on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _taken(page: int) -> int:
    """How many bytes of data this process has; nought where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * page
    except (OSError, ValueError, IndexError):
        return 0
