"""Which files in a folder are plans to judge, and which are passed over and why.

Every workbook-like file is either given or skipped with its reason; no other kind of document is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpicheck.inputs import noted
from kpicheck.resources import is_file

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".kpicheckignore"
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_LOCK = "~$"


class Why(StrEnum):
    """Why a file or folder in a scanned folder is not judged."""

    LOCK = "lock"
    HIDDEN = "hidden"
    LINK = "link"
    SPECIAL = "special"
    IGNORED = "ignored"
    OWN = "own"


class Skipped(NamedTuple):
    """A path that was passed over."""

    path: Path
    why: Why


class Scan(NamedTuple):
    """What a folder holds: plans to judge in order of their names, and what was skipped."""

    plans: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def scan(folder: Path) -> Scan:
    """Look through a folder and the folders below it, without following links.

    A folder that may not be looked into is given as a plan: reading it says so, and nothing is left out
    unseen. Raises ValueError, with the file's name, on a .kpicheckignore that cannot be read.
    """
    plans: list[Path] = []
    skipped: list[Skipped] = []
    for path, why in _walk(folder, ()):
        if why is None:
            plans.append(path)
        else:
            skipped.append(Skipped(path, why))
    return Scan(tuple(sorted(plans)), tuple(sorted(skipped, key=lambda one: one.path)))


_Ignores = tuple[tuple[Path, "GitIgnoreSpec"], ...]


def _walk(folder: Path, above: _Ignores) -> Iterator[tuple[Path, Why | None]]:
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        yield folder, None
        return
    ignores = above
    if any(entry.name == IGNORE_FILE for entry in entries):
        ignores = (*above, (folder, _patterns(folder / IGNORE_FILE)))
    for entry in entries:
        path = Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and not _could_be_plan(entry):
            continue
        why = _why_not(entry, path, ignores)
        if why is None and is_folder:
            yield from _walk(path, ignores)
        else:
            yield path, why


def passed_over(path: Path) -> Why | None:
    """Why a file that only a pattern names is no plan; links are followed, for somebody pointed at them."""
    if path.name.startswith(_LOCK):
        return Why.LOCK
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else Why.SPECIAL


def _could_be_plan(entry: os.DirEntry[str]) -> bool:
    """A spreadsheet by its name; also a link, pipe or device, which may be named like anything."""
    return entry.name.lower().endswith(_SPREADSHEETS) or entry.is_symlink() or _is_special(entry)


def _is_special(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return False
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _why_not(entry: os.DirEntry[str], path: Path, ignores: _Ignores) -> Why | None:
    if entry.name.startswith(_LOCK):
        return Why.LOCK
    if entry.name.startswith("."):
        return Why.HIDDEN
    if entry.is_symlink():
        return Why.LINK
    if _is_special(entry):
        return Why.SPECIAL
    return Why.IGNORED if _is_ignored(path, ignores, folder=entry.is_dir(follow_symlinks=False)) else None


def _is_ignored(path: Path, ignores: _Ignores, *, folder: bool) -> bool:
    """Whether the nearest .kpicheckignore that says anything about the path leaves it out, as git does."""
    for root, patterns in reversed(ignores):
        name = path.relative_to(root).as_posix() + ("/" if folder else "")
        said = patterns.check_file(name).include
        if said is not None:
            return said
    return False


def _patterns(file: Path) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    if not is_file(file):  # a pipe would keep us waiting
        raise ValueError(str(file))
    try:
        return GitIgnoreSpec.from_lines(noted(file).read_text(encoding="utf-8-sig").splitlines())
    except (OSError, ValueError) as error:
        raise ValueError(str(file)) from error
