"""A GitLab Code Quality report: one entry a finding, and one a file that could not be checked."""

from __future__ import annotations

from collections.abc import Iterator

from kpicheck.clean import flat, name
from kpicheck.finding import fingerprint
from kpicheck.ranges import place
from kpicheck.report.as_json import strict
from kpicheck.report.paths import posix
from kpicheck.report.run import Run
from kpicheck.report.shape import FileView
from kpicheck.report.telling import where

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def to_gitlab(run: Run) -> str:
    """The list that GitLab compares between branches, by fingerprint."""
    return strict([entry for one in run.judged for entry in _entries(one.file, run)], indent=1)


def _entries(file: FileView, run: Run) -> Iterator[dict[str, object]]:
    path = posix(name(file.path))
    for one in file.findings:
        said = f"{where(one.sheet, one.cell)}: {one.message} {run.say('do_now')} {one.fix}"
        row, _ = place(one.cell) or (1, 1)
        yield {
            "description": flat(said),
            "check_name": one.rule,
            "fingerprint": fingerprint(path, one.fingerprint),
            "severity": _SEVERITIES[one.severity],
            "location": {"path": path, "lines": {"begin": row}},
        }
    if file.error:
        yield {
            "description": flat(f"{file.error.message} {file.error.fix}"),
            "check_name": file.error.code,
            "fingerprint": fingerprint(path, file.error.code),
            "severity": "blocker",
            "location": {"path": path, "lines": {"begin": 1}},
        }
