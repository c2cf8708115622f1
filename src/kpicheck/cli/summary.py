"""`kpicheck summary PLAN`: the plan at a glance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import NOT_CHECKED
from kpicheck.cli.judge import ONE_BY_ONE, PASSED, calls, judged
from kpicheck.cli.options import budget_option, day_option
from kpicheck.cli.output import Outputs, targets
from kpicheck.cli.paths import find
from kpicheck.cli.settings import Options
from kpicheck.job import Stated
from kpicheck.report.summary import SUMMARIES
from kpicheck.usage import UsageError


def summary(
    plan: Annotated[str, typer.Argument(help="The workbook.")],
    *,
    output: Annotated[
        list[str] | None, typer.Option(help=f"FORMAT[=FILE], repeatable: {', '.join(SUMMARIES)}.")
    ] = None,
    ruleset: Annotated[str | None, typer.Option(help="Name of a ruleset, or a .toml file.")] = None,
    budget: Annotated[Path | None, typer.Option(help="Budget per year: .xlsx, .csv or .toml.")] = None,
    today: Annotated[str | None, typer.Option(help="Date of judgement.")] = None,
    lang: Annotated[str | None, typer.Option(help="nl or en.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file instead of the nearest one.")] = None,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")
    ] = False,
) -> int:
    """Show a plan at a glance: effort and result, payments in time against the budget, money per party."""
    options = Options(ruleset, lang, stated=Stated(budget=budget_option(budget)))
    judged_on = day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the one clock: the user's day
    run = calls(find([plan]), options, config, judged_on, isolated=isolated).glancing()
    if len(run.plans) != 1:
        raise UsageError("one-plan", number=len(run.plans))
    asked = targets(output or ["console"], run.plans, SUMMARIES)
    read = False
    with Outputs(asked, run.basis, quiet=False) as outputs:
        for _, one in judged(run, ONE_BY_ONE):
            outputs.add(one)
            read = one.file.error is None
    return PASSED if read else NOT_CHECKED
