"""Where reports go: stdout, or a file written beside its target and moved in place."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current


def _put(data: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        if file.exists() and not file.is_file():  # a pipe or a device is written to, never replaced
            file.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as beside:
                beside.write(data)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError("cannot-write", path=str(file), why=error.strerror or "") from error
