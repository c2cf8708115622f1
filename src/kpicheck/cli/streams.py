"""stdout and stderr as they come: closed, full, without a reader, or in an encoding that lacks our marks."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_LOST = {
    *(errno.EPIPE, errno.EBADF, errno.EIO, errno.EFBIG, errno.ENOSPC),
    errno.EINVAL,  # what Windows says of a closed pipe
    getattr(errno, "EDQUOT", errno.ENOSPC),
}


def prepare() -> None:
    """Put a sink where a stream is closed; a sign that the encoding lacks becomes a question mark."""
    sys.stdin = sys.stdin or _sink()  # first of all: a plan must never be opened in the place of a stream
    sys.stdout = sys.stdout or _sink()
    sys.stderr = sys.stderr or _sink()
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


@contextmanager
def until_lost() -> Iterator[None]:
    """Write to stdout until nobody reads on (a closed pipe, a full disk); the rest goes nowhere."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in _LOST:
            raise
        _drain(sys.stdout)


def say(text: str) -> None:
    """Write to stdout."""
    with until_lost():
        sys.stdout.write(text)


def tell(line: str) -> None:
    """Write one line to stderr; where that is lost too, the exit code says enough."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        _drain(sys.stderr)


def _sink() -> TextIO:
    null = os.open(os.devnull, os.O_RDWR)
    return os.fdopen(null, "r+", encoding="utf-8", closefd=False)  # it stays open until the process ends


def _drain(stream: TextIO) -> None:
    """Let what still waits in the stream go nowhere, so that closing it is no error."""
    with suppress(OSError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, stream.fileno())
        os.close(sink)


class Stdout:
    """Standard output as the place of a report, in bytes; kept open, and left as it is."""

    def write(self, data: bytes) -> None:
        """Write, and let the reader have it at once."""
        with until_lost():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def keep(self) -> None:
        """What was written stays."""

    def drop(self) -> None:
        """What was written stays."""
