"""Where reports go: stdout, or a file written beside its target and moved in place."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kpicheck.atomic import write_file
from kpicheck.finding import Report, Severity
from kpicheck.report.shape import RunView
from kpicheck.report.view import run_view
from kpicheck.ruleset import Ruleset, UsageError, nearest

FORMATS = ("console", "json")


@dataclass(frozen=True, slots=True)
class Target:
    """A format and the file it goes to; None is stdout."""

    format: str
    file: Path | None

    @classmethod
    def parse(cls, word: str) -> Target:
        """Read FORMAT[=FILE]. Raises UsageError on an unknown format."""
        name, _, file = word.partition("=")
        if name not in FORMATS:
            raise UsageError(
                "unknown-format", word=name, known=", ".join(FORMATS), nearest=nearest(name, FORMATS)
            )
        return cls(name, Path(file) if file else None)

    def refuse_inputs(self, plans: Sequence[Path]) -> None:
        """An output file is never one of the plans."""
        for path in plans:
            if self.file is not None and self.file.exists() and self.file.samefile(path):
                raise UsageError("output-is-input", path=str(path))


def write(
    targets: Sequence[Target],
    reports: Sequence[Report],
    ruleset: Ruleset,
    *,
    today: dt.date,
    language: str,
    fail_on: Severity | None,
    quiet: bool,
) -> None:
    """Write every asked report."""
    view = run_view(reports, ruleset, today=today, language=language, fail_on=fail_on)
    for target in sorted(targets, key=lambda one: one.file is None):  # a lost stdout costs no file
        if target.format == "json":
            from kpicheck.report.as_json import to_json

            _put(to_json(view).encode(), target.file)
        elif target.file is not None:
            from kpicheck.report.console import to_text

            _put(to_text(view, reports, language, width=100).encode(), target.file)
        elif not quiet:
            _show(view, reports, language)


def _show(view: RunView, reports: Sequence[Report], language: str) -> None:
    from kpicheck.report.console import show

    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    show(view, reports, language)


def _put(data: bytes, file: Path | None) -> None:
    if file is not None:
        write_file(file, data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
