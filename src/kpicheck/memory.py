"""A ceiling on memory where the system can hold one: what asks more gets a MemoryError, a refusal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 400 << 20


@contextmanager
def bounded_memory(most: int = MOST_BYTES) -> Iterator[None]:
    """Let this process take so many bytes more while it is busy with a file; on Windows nothing is held."""
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
