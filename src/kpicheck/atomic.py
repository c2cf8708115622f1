"""Files written whole or not at all: beside their target, then moved in place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kpicheck.usage import UsageError


def write_file(file: Path, data: bytes) -> None:
    """Put the data in the file; what stood there stays until all is written. Raises UsageError."""
    draft = Draft(file)
    try:
        draft.write(data)
        draft.keep()
    finally:
        draft.drop()


class Draft:
    """A file in the making beside its target. It takes the target's place when it is kept.

    Every step raises UsageError where the file cannot be written.
    """

    def __init__(self, target: Path) -> None:
        """Begin an empty file; a pipe or a device is written to, a link is followed: neither is replaced."""
        self._name = str(target)
        self._target = target
        self._beside: Path | None = None
        with self._naming_the_file():
            if target.exists() and not target.is_file():
                self._handle = target.open("wb")
                return
            self._target = target = target.resolve() if target.is_symlink() else target
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        self._beside = Path(name)
        self._handle = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> None:
        """Add to the file."""
        with self._naming_the_file():
            self._handle.write(data)

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
        except (OSError, RuntimeError) as error:  # links that go round are a RuntimeError
            raise UsageError(
                "cannot-write", path=self._name, why=getattr(error, "strerror", None) or ""
            ) from error


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current
