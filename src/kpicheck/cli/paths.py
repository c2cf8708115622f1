"""Which files a call means: files, folders, globs, @list.txt and `-` for a list on stdin."""

from __future__ import annotations

import codecs
import glob
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kpicheck.inputs import noted
from kpicheck.scan import Scan, Skipped, Why, passed_over, scan
from kpicheck.usage import UsageError

_LARGEST = 50 << 20  # what is larger is refused


@dataclass(slots=True)
class Found:
    """The files to judge in the order given, which of them a folder gave, and what was skipped in folders."""

    plans: dict[Path, None] = field(default_factory=dict)
    from_folders: set[Path] = field(default_factory=set)
    skipped: dict[Path, Skipped] = field(default_factory=dict)

    @property
    def skips(self) -> dict[str, int]:
        """How many were skipped, by why."""
        return dict(Counter(one.why.value for one in self.skipped.values()))


def leave_out_reports(found: Found, outputs: Iterable[Path]) -> None:
    """Skip what a folder gave and this call writes over, where that is an earlier report of ours."""
    for output in outputs:
        for plan in _same_as(output, found.from_folders):
            if plan.stat().st_size <= _LARGEST and _is_own_report(plan.read_bytes()):
                del found.plans[plan]
                found.skipped[plan] = Skipped(plan, Why.OWN)


def _same_as(output: Path, plans: Iterable[Path]) -> list[Path]:
    """Those of the plans that are this file; a plan that is gone says so when it is read."""
    if (there := _stat(output)) is None:
        return []
    return [plan for plan in plans if (one := _stat(plan)) and os.path.samestat(there, one)]


def _stat(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - a Path takes twice as long
    except OSError:
        return None


def _is_own_report(data: bytes) -> bool:
    """Whether kpicheck wrote this; the reader is loaded here, for a run of known files needs none."""
    from kpicheck.reader import is_own_report

    return is_own_report(data)


def find(words: Iterable[str]) -> Found:
    """Find the files of a call; those of a folder by name.

    Raises UsageError on a path that does not exist and on a folder without plans.
    """
    found = Found()
    for word in words:
        for path, listed in _paths(word):
            if _is_folder(path):
                here = _scanned(path)
                if not here.plans and listed:
                    raise UsageError("empty-folder", path=str(path))
                found.plans.update(dict.fromkeys(here.plans))
                found.from_folders.update(here.plans)
                found.skipped.update({one.path: one for one in here.skipped})
            elif not listed and (why := passed_over(path)):
                found.skipped[path] = Skipped(path, why)
            else:
                found.plans.setdefault(path)
    return found


def _paths(word: str, *lists: str) -> Iterator[tuple[Path, bool]]:
    """Each path of a word in those lists, and whether it was named itself; a pattern names none."""
    if word == "-":
        yield from _all((line.strip() for line in sys.stdin or () if line.strip()), *lists)
    elif word.startswith("@") and not _exists(word):
        name = os.path.realpath(word[1:])
        if name in lists:
            raise UsageError("list-in-itself", path=word[1:])
        yield from _all(_listed(word[1:]), *lists, name)
    elif word.strip() and _exists(word):
        yield Path(word), True
    elif glob.has_magic(word) and (matches := sorted(glob.glob(word, recursive=True))):  # noqa: PTH207 - absolute too
        yield from ((Path(one), False) for one in matches)
    else:
        raise UsageError("no-such-path", path=word or '""')


def _all(words: Iterable[str], *lists: str) -> Iterator[tuple[Path, bool]]:
    for word in words:
        yield from _paths(word, *lists)


def _scanned(folder: Path) -> Scan:
    try:
        return scan(folder)
    except ValueError as error:
        raise UsageError("bad-ignore-file", path=str(error)) from error


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where it may not look


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
        data = noted(Path(name)).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError("no-such-path", path=name) from error
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # as PowerShell writes it
    try:
        lines = data.decode("utf-16" if utf_16 else "utf-8-sig").splitlines()
    except ValueError as error:
        raise UsageError("bad-list", path=name) from error
    return [line.strip() for line in lines if line.strip()]
