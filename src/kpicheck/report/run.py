"""What every format is made from: the report in its published shape, and what that shape leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpicheck import texts
from kpicheck.finding import Report, Severity
from kpicheck.report.shape import FileView, FindingView, RulesetView, RunView
from kpicheck.report.view import about_file, finding_view, whole, with_findings
from kpicheck.ruleset import Ruleset

if TYPE_CHECKING:
    from kpicheck.report.glance import Glance


class Excepted(NamedTuple):
    """A finding that an exception took away, and the exception in words."""

    finding: FindingView
    reason: str


class Judged(NamedTuple):
    """One file's judgement in words, and what judged it. It holds no plan: a run keeps many.

    `notes` say how the workbook was read, where that is not plain. `glance` is there where it was asked.
    `json` is the file as it stands in the JSON report, where nothing else is asked: what `file` lacks stands
    in it, and `levels` are those of its findings.
    """

    file: FileView
    ruleset: RulesetView
    fail_on: Severity | None
    checked: tuple[str, ...] = ()
    agreements: tuple[tuple[str, str, str], ...] = ()
    excepted: tuple[Excepted, ...] = ()
    notes: tuple[str, ...] = ()
    glance: Glance | None = None
    json: bytes = b""
    levels: tuple[str, ...] = ()


class Basis(NamedTuple):
    """What a file is judged by; of a run, what its files are judged by together."""

    ruleset: Ruleset
    today: dt.date
    language: str
    fail_on: Severity | None

    def judged(self, report: Report, *, glance: bool = False) -> Judged:
        """A report in words, with the plan at a glance where that is asked."""
        return self.with_findings(self.about_plan(report, glance=glance), report)

    def about_plan(self, report: Report, *, glance: bool = False) -> Judged:
        """All but the findings and what was not checked: the part of a report that needs its plan."""
        return Judged(
            file=about_file(report, self.language, self.fail_on),
            ruleset=RulesetView(name=self.ruleset.name, sha256=self.ruleset.sha256),
            fail_on=self.fail_on,
            checked=report.checked,
            agreements=report.agreements,
            notes=tuple(_notes(report, self.language)),
            excepted=(),
            glance=_glance(report, self.ruleset) if glance else None,
        )

    def with_findings(self, judged: Judged, report: Report) -> Judged:
        """The same with all that was found."""
        return judged._replace(
            file=with_findings(judged.file, report, self.language),
            excepted=tuple(
                Excepted(finding_view(one.excepted, self.language), texts.reason(one, self.language))
                for one in report.not_checked
                if one.excepted
            ),
        )

    def run(self, reports: Sequence[Report], *, glance: bool = False) -> Run:
        """A whole run."""
        return Run(self, tuple(self.judged(one, glance=glance) for one in reports))


def _glance(report: Report, ruleset: Ruleset) -> Glance | None:
    from kpicheck.report.glancing import glance

    return glance(report, ruleset)


@dataclass(frozen=True)
class Run:
    """The judgements of a run, in order; `target` is the file that the report goes to, if any.

    `skipped` counts what was passed over in folders, by why. `interrupted` says that it was broken off: there
    are files that are not in it.
    """

    basis: Basis
    judged: tuple[Judged, ...]
    target: Path | None = None
    skipped: Mapping[str, int] = field(default_factory=dict)
    interrupted: bool = False

    @cached_property
    def view(self) -> RunView:
        """The report in its published shape."""
        files = [one.file for one in self.judged]
        levels = [level for one in self.judged for level in one.levels]
        return whole(files, self.basis.ruleset, self.basis.today, self.basis.language, levels)

    def say(self, key: str, **facts: object) -> str:
        """A fixed text of the reports."""
        return texts.text("report", key, self.basis.language, facts)


def _notes(report: Report, language: str) -> Iterator[str]:
    """Which tables were read as one plan, and which were not counted again."""
    read = report.plan.tables if report.plan else ()
    parts = [one for one in read if one.role == "part"]
    if len(parts) > 1:
        named = [
            texts.text("report", "table", language, {"sheet": one.cell.sheet, "kpis": one.kpis})
            for one in parts
        ]
        yield texts.text("report", "one_plan", language, {"tables": ", ".join(named)})
    if copies := dict.fromkeys(one.cell.sheet for one in read if one.role == "copy"):
        yield texts.text("report", "copies", language, {"sheets": ", ".join(copies)})
