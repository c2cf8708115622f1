"""The options by which one plan is judged: the same words and the same meaning for every command."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli.judge import ONE_BY_ONE, Calls, calls, judged
from kpicheck.cli.options import budget_option, day_option, money_option
from kpicheck.cli.password import asks
from kpicheck.cli.paths import find
from kpicheck.cli.settings import Options
from kpicheck.job import Stated, check_bytes
from kpicheck.judging import Work
from kpicheck.memory import bounded_memory
from kpicheck.report.run import Judged, Run
from kpicheck.usage import UsageError

PlanFile = Annotated[str, typer.Argument(help="The workbook.")]
RulesetName = Annotated[str | None, typer.Option(help="Name of a ruleset, or a .toml file.")]
Words = Annotated[list[str] | None, typer.Option(help="Rule code or its beginning; repeatable.")]
FailOn = Annotated[str | None, typer.Option(help="error (default), warning, info or never.")]
BudgetFile = Annotated[Path | None, typer.Option(help="Budget per year: .xlsx, .csv or .toml.")]
Requested = Annotated[str | None, typer.Option(help="Requested total in euro.")]
MaxTotal = Annotated[str | None, typer.Option(help="Maximum agreed in the quick scan, in euro.")]
Start = Annotated[str | None, typer.Option(help="Start of the plan.")]
End = Annotated[str | None, typer.Option(help="End of the plan.")]
Today = Annotated[str | None, typer.Option(help="Date of judgement.")]
Lang = Annotated[str | None, typer.Option(help="nl or en.")]
ConfigFile = Annotated[Path | None, typer.Option(help="Settings file instead of the nearest one.")]
AskPassword = Annotated[
    bool, typer.Option("--ask-password", help="Ask for the password of an encrypted workbook.")
]
HideValues = Annotated[
    bool, typer.Option("--hide-values", help="Leave amounts and texts out of the html page, to share it.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing on stdout.")]
Isolated = Annotated[bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")]


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
        with bounded_memory():
            return self.work.in_words(
                check_bytes(data, str(task.file), task.rules, task.stated, today=task.today)
            )


def stated(
    requested: str | None = None,
    max_total: str | None = None,
    start: str | None = None,
    end: str | None = None,
    budget: Path | None = None,
) -> Stated:
    """What the options say about the plan itself. Raises UsageError."""
    found = Stated(
        requested=money_option(requested, "--requested"),
        max_total=money_option(max_total, "--max-total"),
        start=day_option(start, "--start"),
        end=day_option(end, "--end"),
        budget=budget_option(budget),
    )
    if found.start and found.end and found.start > found.end:
        raise UsageError("start-after-end")
    return found


def judgement_day(today: str | None) -> dt.date:
    """The day that was given, else the user's own: the one clock there is. Raises UsageError."""
    return day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the user's day


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
