"""One plan that was judged, and other bytes in its place: what annotate and fix work with."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from kpicheck.cli.judge import ONE_BY_ONE, Calls, calls, judged
from kpicheck.cli.password import asks
from kpicheck.cli.paths import find
from kpicheck.cli.settings import Options
from kpicheck.job import check_bytes
from kpicheck.judging import Work
from kpicheck.memory import bounded_memory, without_collecting
from kpicheck.report.run import Judged, Run
from kpicheck.usage import UsageError


@dataclass(frozen=True, slots=True)
class OnePlan:
    """A plan that was judged: the terms, the judgement, and the bytes that were judged."""

    calls: Calls
    work: Work
    judged: Judged
    data: bytes

    @property
    def file(self) -> Path:
        """The workbook."""
        return self.work.task.file

    @property
    def run(self) -> Run:
        """The report about this plan alone."""
        return Run(self.calls.basis, (self.judged,))

    def check(self, data: bytes) -> Judged:
        """Judge other bytes on the same terms, as if they were this plan."""
        task = self.work.task
        with bounded_memory(), without_collecting():
            return self.work.in_words(
                check_bytes(data, str(task.file), task.rules, task.stated, today=task.today)
            )


def one_plan(
    plan: str, options: Options, config: Path | None, today: dt.date, *, isolated: bool, ask_password: bool
) -> OnePlan:
    """Judge one plan; a file that cannot be checked is told on stderr. Raises UsageError."""
    found = calls(find([plan]), options, config, today, isolated=isolated)
    if len(found.plans) != 1:
        raise UsageError("one-plan", number=len(found.plans))
    if ask_password:
        found = found.asking(asks(found.basis.language))
    [(work, one)] = judged(found, ONE_BY_ONE)
    if one.file.plan is None:
        return OnePlan(found, work, one, b"")
    data = work.task.file.read_bytes()
    if hashlib.sha256(data).hexdigest() != one.file.sha256:
        raise UsageError("changed-meanwhile", path=str(work.task.file))
    return OnePlan(found, work, one, data)
