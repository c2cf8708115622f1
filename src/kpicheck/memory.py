"""Memory while a file is judged: a ceiling where the system can hold one, and no search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 400 << 20
_NEW_OBJECTS = 20_000  # that are searched together: what is said of some ten plans, and a few MiB at most


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
        gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
        gc.enable()


def _taken(page: int) -> int:
    """How many bytes of data this process has; nought where the system does not say."""
    try:
        with open("/proc/self/statm", "rb", buffering=0) as told:  # noqa: PTH123 - a Path takes twice as long
            return int(told.read().split()[5]) * page
    except (OSError, ValueError, IndexError):
        return 0
