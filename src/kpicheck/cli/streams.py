"""stdout and stderr as they come: closed, full, without a reader, or in an encoding that lacks our marks."""

from __future__ import annotations

import errno
import os
import sys

TYPE_CHECKING = False  # importing typing would take longer than saying the version
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

_LEFT = {errno.EPIPE, errno.EBADF, errno.EINVAL}  # EINVAL is what Windows says of a closed pipe
_FULL = {errno.EIO, errno.EFBIG, errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NOT_WHOLE = "kpicheck: de uitvoer is niet helemaal geschreven / the output was not written in full ({})"


def prepare() -> None:
    """Put a sink where a stream is closed; a sign that the encoding lacks becomes a question mark."""
    sys.stdin = sys.stdin or _sink()  # first of all: a plan must never be opened in the place of a stream
    sys.stdout = sys.stdout or _sink()
    sys.stderr = sys.stderr or _sink()
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def until_lost(write: Callable[[], object]) -> None:
    """Write to stdout until nobody reads on or the disk is full; the rest goes nowhere, the exit code stays.

    That a reader left is its own wish; what a disk had no room for is said on stderr.
    """
    try:
        write()
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in _LEFT | _FULL:
            raise
        _drain(sys.stdout)
        if error.errno in _FULL:
            tell(_NOT_WHOLE.format(error.strerror))


def say(text: str) -> None:
    """Write to stdout."""
    until_lost(lambda: sys.stdout.write(text))


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
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, stream.fileno())
        os.close(sink)
    except OSError:
        return


class Stdout:
    """Standard output as the place of a report, in bytes; kept open, and left as it is."""

    def write(self, data: bytes) -> None:
        """Write, and let the reader have it at once."""
        until_lost(lambda: self._write(data))

    def _write(self, data: bytes) -> None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)

    def keep(self) -> None:
        """What was written stays."""

    def drop(self) -> None:
        """What was written stays."""
