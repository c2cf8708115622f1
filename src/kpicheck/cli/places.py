"""Where a report goes: stdout, or a file written beside its target and moved in place."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kpicheck.ruleset import UsageError


class Stdout:
    """Standard output, as bytes. Where nobody reads on, the run goes on: its exit code still counts."""

    def __init__(self) -> None:
        """Nothing is lost yet."""
        self._lost: OSError | None = None

    def write(self, data: str | bytes) -> None:
        """Write, and let the reader have it at once."""
        if self._lost is None:
            try:
                sys.stdout.flush()
                sys.stdout.buffer.write(_bytes(data))
                sys.stdout.buffer.flush()
            except OSError as error:
                self._lost = error

    def keep(self) -> None:
        """Raise OSError where some of it was lost."""
        if self._lost:
            raise self._lost

    def drop(self) -> None:
        """What was written stays."""


class Draft:
    """A file in the making beside its target. It takes the target's place when it is kept.

    Every step raises UsageError where the file cannot be written.
    """

    def __init__(self, target: Path) -> None:
        """Begin an empty file; a pipe or a device is written to, never replaced."""
        self._target = target
        self._beside: Path | None = None
        with self._naming_the_file():
            if target.exists() and not target.is_file():
                self._handle = target.open("wb")
                return
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        self._beside = Path(name)
        self._handle = os.fdopen(handle, "wb")

    def write(self, data: str | bytes) -> None:
        """Add to the file."""
        with self._naming_the_file():
            self._handle.write(_bytes(data))

    def keep(self) -> None:
        """Put the file in its place, with the mode of what stood there."""
        with self._naming_the_file():
            self._handle.close()
            if self._beside:
                known = self._target.stat().st_mode & 0o777 if self._target.exists() else 0o666 & ~_umask()
                self._beside.chmod(known)
                self._beside.replace(self._target)

    def drop(self) -> None:
        """Leave nothing behind of a file that was not kept."""
        with suppress(OSError):
            self._handle.close()
        if self._beside:
            self._beside.unlink(missing_ok=True)

    @contextmanager
    def _naming_the_file(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError("cannot-write", path=str(self._target), why=error.strerror or "") from error


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current
