"""What --output asks, and the reports that come of it."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kpicheck.atomic import Draft
from kpicheck.cli.interruption import held_back
from kpicheck.cli.paths import Found, find, leave_out_reports
from kpicheck.cli.streams import Stdout, until_lost
from kpicheck.inputs import is_input
from kpicheck.report.formats import FORMATS, Format
from kpicheck.report.run import Basis, Judged, Run
from kpicheck.usage import UsageError, nearest


class Target(NamedTuple):
    """A format and the file it goes to; None is stdout."""

    format: Format
    file: Path | None

    @classmethod
    def parse(cls, word: str, formats: Mapping[str, Format] = FORMATS) -> Target:
        """Read FORMAT[=FILE]. Raises UsageError on an unknown format, and on one that needs a file."""
        name, _, file = word.partition("=")
        if name not in formats:
            raise UsageError(
                "unknown-format", word=name, known=", ".join(formats), nearest=nearest(name, formats)
            )
        if formats[name].binary and not file:
            raise UsageError("binary-on-stdout", format=name)
        return cls(formats[name], Path(file) if file else None)


def refuse_inputs(file: Path, plans: Sequence[Path]) -> None:
    """An output file is never one of the plans, nor another file that was read. Raises UsageError."""
    there = os.path.exists(file)  # noqa: PTH110 - Path.exists raises on a name that is too long
    for path in plans:
        if there and file.samefile(path):
            raise UsageError("output-is-input", path=str(path))
    if there and is_input(file):
        raise UsageError("output-is-read", path=str(file))


def found_for(paths: Iterable[str], outputs: Sequence[str]) -> Found:
    """The plans of a call, without the earlier reports that it writes over. Raises UsageError."""
    found = find(paths)
    leave_out_reports(found, [Path(file) for one in outputs if (file := one.partition("=")[2])])
    return found


def targets(
    words: Sequence[str], plans: Sequence[Path], formats: Mapping[str, Format] = FORMATS
) -> list[Target]:
    """What --output asks. Raises UsageError where two share a place, or one is a plan."""
    asked = [Target.parse(one, formats) for one in words]
    places = [one.file and os.path.realpath(one.file) for one in asked]
    for one, place in zip(asked, places, strict=True):
        if places.count(place) > 1:
            raise (
                UsageError("one-file-twice", path=str(one.file)) if one.file else UsageError("two-on-stdout")
            )
        if one.file is not None:
            refuse_inputs(one.file, plans)
    return asked


class Outputs:
    """Takes judgements one by one; leaving it finishes every report.

    Formats that stream are written as the judgements come, the others at the end. When the user breaks the
    run off, the reports that are quickly written say what was finished by then, whole judgements only.
    """

    def __init__(self, asked: Sequence[Target], basis: Basis, *, quiet: bool) -> None:
        """Open a place for each report. Raises UsageError where a file cannot be written."""
        self._basis = basis
        self._judged: list[Judged] = []
        self.skipped: dict[str, int] = {}
        self._interrupted = False
        on_screen = [one.format.show for one in asked if one.file is None and one.format.show]
        self._shows = [] if quiet else on_screen
        self._places: list[tuple[Target, Draft | Stdout]] = []
        with ExitStack() as opened:
            for target in sorted(asked, key=lambda one: (one.file is None, not one.format.streams)):
                if target.file is not None or target.format.show is None:
                    place = Draft(target.file) if target.file is not None else Stdout()
                    opened.callback(place.drop)
                    self._places.append((target, place))
            self._opened = opened.pop_all()
        self._streams = [(target, place) for target, place in self._places if target.format.streams]

    def __enter__(self) -> Self:
        """Ready to take judgements."""
        return self

    def add(self, judged: Judged) -> None:
        """Take the judgement of the next file; after Ctrl-C it stands in every report or in none."""
        if not self._streams:
            self._judged.append(judged)
            return
        with held_back():
            self._judged.append(judged)
            for target, place in self._streams:
                _write(place, target.format, Run(self._basis, (judged,), target.file))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish, or keep what streamed when the user stopped the run; nothing half is left behind."""
        with self._opened:
            if kind is None:
                failed = self._finish(self._places)
                for show in self._shows:
                    until_lost(partial(show, self._run))
                if failed:
                    raise failed[0]
            elif issubclass(kind, KeyboardInterrupt):
                self._interrupted = True
                self._finish([(target, place) for target, place in self._places if target.format.quick])

    @property
    def _run(self) -> Run:
        return Run(self._basis, tuple(self._judged), skipped=self.skipped, interrupted=self._interrupted)

    def _finish(self, places: Sequence[tuple[Target, Draft | Stdout]]) -> list[UsageError]:
        """Write what did not stream; a report that cannot be written costs no other."""
        failed: list[UsageError] = []
        too_large: list[str] = []
        for target, place in places:
            try:
                if not target.format.streams:
                    _write(place, target.format, replace(self._run, target=target.file))
                place.keep()
            except UsageError as error:
                failed.append(error)
            except MemoryError:
                too_large.append(target.format.name)
        if too_large:
            failed.append(UsageError("report-too-large", formats=", ".join(too_large)))
        return failed


def _write(place: Draft | Stdout, format_: Format, run: Run) -> None:
    for piece in format_.in_bytes(run):
        place.write(piece)
