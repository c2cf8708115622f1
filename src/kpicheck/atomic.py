"""Files written whole or not at all: beside their target, then moved in place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kpicheck.ruleset import UsageError


def write_file(file: Path, data: bytes) -> None:
    """Put the data in the file; what stood there stays until all is written.

    A pipe or a device is written to, never replaced. Raises UsageError where the file cannot be written.
    """
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as beside:
                beside.write(data)
            Path(name).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError("cannot-write", path=str(file), why=error.strerror or "") from error


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current
