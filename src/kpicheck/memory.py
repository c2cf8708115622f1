"""A ceiling on memory where the system can hold one: what asks more gets a MemoryError, a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 480 << 20


@contextmanager
def bounded_memory(most: int = MOST_BYTES) -> Iterator[None]:
    """Hold this process to so many bytes of data while it is busy with a file; on Windows nothing is held."""
    try:
        import resource
    except ImportError:
        yield
        return
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = [one for one in (most, before, hard) if one != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(allowed), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))
