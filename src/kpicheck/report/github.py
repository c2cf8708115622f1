"""Annotations as GitHub Actions reads them from a log: workflow commands."""

from __future__ import annotations

from collections.abc import Iterator

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.report.paths import posix
from kpicheck.report.run import Run
from kpicheck.report.shape import FileView
from kpicheck.report.telling import where

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def to_github(run: Run) -> str:
    """A command for each finding and for each file that could not be checked."""
    return "".join(f"{line}\n" for one in run.judged for line in _commands(one.file, run))


def _commands(file: FileView, run: Run) -> Iterator[str]:
    path = posix(name(file.path))
    for one in file.findings:
        title = f"{one.rule} {texts.title(one.rule, run.basis.language)}"
        said = f"{where(one.sheet, one.cell)}: {flat(one.message)}", f"{run.say('do_now')} {flat(one.fix)}"
        yield _command(_COMMANDS[one.severity], path, title, *said)
    if file.error:
        said = flat(file.error.message), flat(file.error.fix)
        yield _command("error", path, run.say("heading_not_checked"), *said)


def _command(command: str, path: str, title: str, *lines: str) -> str:
    properties = f"file={path.translate(_IN_PROPERTY)},title={title.translate(_IN_PROPERTY)}"
    return f"::{command} {properties}::{chr(10).join(lines).translate(_IN_MESSAGE)}"
