"""Memory while a file is judged: a ceiling where the system can hold one, and no search for garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
    unit = 1 if sys.platform == "darwin" else 1024
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
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
