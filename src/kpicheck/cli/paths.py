"""Which files a call means: files, folders, globs, @list.txt and `-` for a list on stdin."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kpicheck.ruleset import UsageError

_WORKBOOKS = (".xlsx", ".xlsm")


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
    elif word.startswith("@") and not Path(word).exists():
        yield from plans(_listed(word[1:]))
    elif Path(word).is_dir():
        yield from _in_folder(word)
    elif Path(word).exists():
        yield Path(word)
    elif glob.has_magic(word) and (matches := sorted(glob.glob(word, recursive=True))):  # noqa: PTH207 - absolute too
        for match in matches:
            yield from _in_folder(match) if Path(match).is_dir() else [Path(match)]
    else:
        raise UsageError("no-such-path", path=word)


def _listed(name: str) -> list[str]:
    try:
        lines = Path(name).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError("no-such-path", path=name) from error
    return [line.strip() for line in lines if line.strip()]


def _in_folder(folder: str) -> list[Path]:
    """The workbooks in a folder and below it; lock files, dot files and links are left out."""
    found = sorted(path for path in Path(folder).rglob("*") if _is_plan(path, Path(folder)))
    if not found:
        raise UsageError("empty-folder", path=folder)
    return found


def _is_plan(path: Path, folder: Path) -> bool:
    names = path.relative_to(folder).parts
    hidden = any(name.startswith((".", "~$")) for name in names)
    return path.suffix.lower() in _WORKBOOKS and not hidden and not path.is_symlink() and path.is_file()
