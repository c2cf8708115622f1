"""What was found in a file before, kept under everything that made it so.

An entry is one file named after its key. A key holds the file's sha256, the sha256 of the rules, the tool
with its version, and the options; so an entry is never out of date, only unused. Whatever is wrong with an
entry, be it only that it stands in the place of another, it is as if it were not there. Processes may share
the folder: entries are moved in place whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from functools import cache
from pathlib import Path

from kpicheck import __version__
from kpicheck.resources import rules_folder

_DAYS_KEPT = 30
_SECONDS_A_DAY = 86_400
_MARK = b"kpicheck 2 "


class Cache:
    """Answers by key, in a folder of the user's own."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use that folder, or the one this system has for such things."""
        self.folder = folder or default_folder()

    def get(self, key: str) -> bytes | None:
        """What was kept under the key, if it is there and whole."""
        file = self._file(key)
        try:
            if not stat.S_ISREG(file.stat().st_mode):
                return None  # a pipe would be waited for
            kept = file.read_bytes()
        except OSError:
            return None
        head, _, content = kept.partition(b"\n")
        return content if head == _MARK + _digest(key, content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keep that under the key; a folder that cannot be written to keeps nothing."""
        import tempfile

        file = self._file(key)
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")
            try:
                with os.fdopen(handle, "wb") as beside:
                    beside.write(_MARK + _digest(key, content) + b"\n" + content)
                Path(name).replace(file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    def tidy(self) -> None:
        """Throw away what was not made in the last month; a folder that cannot be looked into has nothing."""
        before = time.time() - _DAYS_KEPT * _SECONDS_A_DAY
        for file in self._entries():
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < before:
                    file.unlink()

    def _entries(self) -> list[Path]:
        try:
            return [*self.folder.glob("*/*")]
        except OSError:  # a name that is too long
            return []

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def key_of(*parts: str) -> str:
    """The key of an answer that hangs on those parts, and on this very tool."""
    return hashlib.sha256("\x1f".join((_tool(), *parts)).encode("utf-8", "surrogatepass")).hexdigest()


def default_folder() -> Path:
    """Where this system keeps what may be thrown away."""
    from platformdirs import user_cache_path

    return user_cache_path("kpicheck", appauthor=False) / "judged"


@cache
def _tool() -> str:
    """The version with the sizes and times of the program's own files, so that a changed checkout counts."""
    files = [*Path(__file__).parent.rglob("*.py"), *rules_folder().rglob("*.toml")]
    stats = sorted((file.name, (at := file.stat()).st_size, at.st_mtime_ns) for file in files)
    return f"{__version__} {hashlib.sha256(repr(stats).encode()).hexdigest()}"


def _digest(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(content)
    return digest.hexdigest().encode()
