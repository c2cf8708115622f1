"""What every format is made from: the report in its published shape, and what that shape leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kpicheck import texts
from kpicheck.finding import Report, Severity
from kpicheck.report.shape import FileView, FindingView, RunView
from kpicheck.report.view import file_view, finding_view, whole
from kpicheck.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Excepted:
    """A finding that an exception took away, and the exception in words."""

    finding: FindingView
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One file's judgement in words. It holds no plan: a run keeps many."""

    file: FileView
    checked: tuple[str, ...]
    agreements: tuple[tuple[str, str, str], ...]
    excepted: tuple[Excepted, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What all files of a run have in common."""

    ruleset: Ruleset
    today: dt.date
    language: str
    fail_on: Severity | None

    def judged(self, report: Report) -> Judged:
        """A report in words."""
        return Judged(
            file_view(report, self.language, self.fail_on),
            report.checked,
            report.agreements,
            tuple(
                Excepted(finding_view(one.excepted, self.language), texts.reason(one, self.language))
                for one in report.not_checked
                if one.excepted
            ),
        )

    def run(self, reports: Sequence[Report]) -> Run:
        """A whole run."""
        return Run(self, tuple(map(self.judged, reports)))


@dataclass(frozen=True)
class Run:
    """The judgements of a run, in order; `target` is the file that the report goes to, if any."""

    basis: Basis
    judged: tuple[Judged, ...]
    target: Path | None = None

    @cached_property
    def view(self) -> RunView:
        """The report in its published shape."""
        files = [one.file for one in self.judged]
        return whole(files, self.basis.ruleset, self.basis.today, self.basis.language)

    def say(self, key: str, **facts: object) -> str:
        """A fixed text of the reports."""
        return texts.text("report", key, self.basis.language, facts)
