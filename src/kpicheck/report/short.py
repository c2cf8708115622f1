"""One line a finding, and one a file that could not be checked: for logs and grep."""

from __future__ import annotations

from collections.abc import Iterator

from kpicheck.clean import flat, name
from kpicheck.report.run import Run
from kpicheck.report.shape import FileView
from kpicheck.report.telling import where


def to_short(run: Run) -> str:
    """`path:sheet!cell: level code message`; nothing about a file without findings."""
    return "".join(f"{line}\n" for one in run.judged for line in _lines(one.file))


def _lines(file: FileView) -> Iterator[str]:
    path = name(file.path)
    for one in file.findings:
        yield f"{path}:{where(one.sheet, one.cell)}: {one.severity} {one.rule} {flat(one.message)}"
    if file.error:
        yield f"{path}: {file.status} {file.error.code} {flat(f'{file.error.message} {file.error.fix}')}"
