"""Which files a call means: files, folders, globs, @list.txt and `-` for a list on stdin."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kpicheck.ruleset import UsageError

_WORKBOOKS = (".xlsx", ".xlsm")
_HIDDEN = (".", "~$")


def plans(words: Iterable[str]) -> list[Path]:
    """The files to judge, in the order given; those of a folder by name.

    Raises UsageError on a path that does not exist and on a folder without plans.
    """
    found: dict[Path, None] = {}
    for word in words:
        for path in _paths(word):
            found.setdefault(path)
    return list(found)


def _paths(word: str) -> Iterator[Path]:
    if word == "-":
        yield from plans(line.strip() for line in sys.stdin or () if line.strip())
    elif word.startswith("@") and not _exists(word):
        yield from plans(_listed(word[1:]))
    elif _is_folder(word):
        yield from _in_folder(word)
    elif _exists(word):
        yield Path(word)
    elif glob.has_magic(word) and (matches := sorted(glob.glob(word, recursive=True))):  # noqa: PTH207 - absolute too
        for match in matches:
            yield from _in_folder(match) if Path(match).is_dir() else [Path(match)]
    else:
        raise UsageError("no-such-path", path=word)


def _is_folder(word: str) -> bool:
    return os.path.isdir(word)  # noqa: PTH112 - Path.is_dir raises where it may not look


def _exists(word: str) -> bool:
    """Whether the file is there; of one that may not be looked at, reading says so."""
    try:
        return Path(word).exists()
    except PermissionError:
        return True
    except OSError:
        return False


def _listed(name: str) -> list[str]:
    try:
        lines = Path(name).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError("no-such-path", path=name) from error
    return [line.strip() for line in lines if line.strip()]


def _in_folder(folder: str) -> list[Path]:
    """The workbooks in a folder and below it; lock files, dot files and links are left out.

    A folder that may not be looked into is given too: reading it says so, and nothing is left out unseen.
    """
    closed: list[str] = []
    plans = [
        Path(place, name)
        for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(error.filename))
        for name in _visible(folders, names)
        if Path(name).suffix.lower() in _WORKBOOKS
    ]
    found = sorted([path for path in plans if _is_plain(path)] + list(map(Path, closed)))
    if not found:
        raise UsageError("empty-folder", path=folder)
    return found


def _visible(folders: list[str], names: list[str]) -> list[str]:
    """The files that count; folders that do not are taken out of the list, so that they are not entered."""
    folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
    return [name for name in names if not name.startswith(_HIDDEN)]


def _is_plain(path: Path) -> bool:
    return not path.is_symlink() and path.is_file()
