"""What --output asks, and the reports that come of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from kpicheck.cli.places import Draft, Stdout
from kpicheck.finding import Report
from kpicheck.report.formats import FORMATS, Format
from kpicheck.report.run import Basis, Judged, Run
from kpicheck.ruleset import UsageError, nearest


@dataclass(frozen=True, slots=True)
class Target:
    """A format and the file it goes to; None is stdout."""

    format: Format
    file: Path | None

    @classmethod
    def parse(cls, word: str) -> Target:
        """Read FORMAT[=FILE]. Raises UsageError on an unknown format, and on one that needs a file."""
        name, _, file = word.partition("=")
        if name not in FORMATS:
            raise UsageError(
                "unknown-format", word=name, known=", ".join(FORMATS), nearest=nearest(name, FORMATS)
            )
        if FORMATS[name].binary and not file:
            raise UsageError("binary-on-stdout", format=name)
        return cls(FORMATS[name], Path(file) if file else None)

    def refuse_inputs(self, plans: Sequence[Path]) -> None:
        """An output file is never one of the plans."""
        for path in plans:
            if self.file is not None and self.file.exists() and self.file.samefile(path):
                raise UsageError("output-is-input", path=str(path))


def targets(words: Sequence[str], plans: Sequence[Path]) -> list[Target]:
    """What --output asks. Raises UsageError where two share a place, or one is a plan."""
    asked = [Target.parse(one) for one in words]
    places = [one.file and one.file.resolve() for one in asked]
    for one, place in zip(asked, places, strict=True):
        if places.count(place) > 1:
            raise (
                UsageError("one-file-twice", path=str(one.file)) if one.file else UsageError("two-on-stdout")
            )
        one.refuse_inputs(plans)
    return asked


class Outputs:
    """Takes judgements one by one; leaving it finishes every report.

    Formats that stream are written as the judgements come, the others at the end. On an interruption those
    that stream are kept as far as they came, whole judgements only, and the others are not written.
    """

    def __init__(self, asked: Sequence[Target], basis: Basis, *, quiet: bool) -> None:
        """Open a place for each report. Raises UsageError where a file cannot be written."""
        self._basis = basis
        self._judged: list[Judged] = []
        self._on_screen = (
            any(one.file is None and one.format.name == "console" for one in asked) and not quiet
        )
        self._places: list[tuple[Target, Draft | Stdout]] = []
        with ExitStack() as opened:
            for target in sorted(asked, key=lambda one: (one.file is None, not one.format.streams)):
                if target.file is not None or target.format.name != "console":
                    place = Draft(target.file) if target.file is not None else Stdout()
                    opened.callback(place.drop)
                    self._places.append((target, place))
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        """Ready to take judgements."""
        return self

    def add(self, report: Report) -> None:
        """Take the judgement of the next file."""
        judged = self._basis.judged(report)
        self._judged.append(judged)
        for target, place in self._places:
            if target.format.streams:
                place.write(target.format.write(Run(self._basis, (judged,), target.file)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish, or keep what streamed when the user stopped the run; nothing half is left behind."""
        with self._opened:
            if kind is None:
                self.finish()
            elif issubclass(kind, KeyboardInterrupt):
                for place in (place for target, place in self._places if target.format.streams):
                    place.keep()

    def finish(self) -> None:
        """Write what did not stream; a report that cannot be written costs no other."""
        run = Run(self._basis, tuple(self._judged))
        failed: list[UsageError | OSError] = []
        for target, place in self._places:
            try:
                if not target.format.streams:
                    place.write(target.format.write(replace(run, target=target.file)))
                place.keep()
            except (UsageError, OSError) as error:
                failed.append(error)
        if self._on_screen:
            _show(run)
        if failed:
            raise failed[0]


def _show(run: Run) -> None:
    from kpicheck.report.console import show

    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    show(run)
