"""`kpicheck summary PLAN`: the plan at a glance."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicheck.cli import NOT_CHECKED, terms
from kpicheck.usage import UsageError

FORMATS = "console, html, json, md"


def summary(
    plan: terms.PlanFile,
    *,
    output: Annotated[list[str] | None, typer.Option(help=f"FORMAT[=FILE], repeatable: {FORMATS}.")] = None,
    ruleset: terms.RulesetName = None,
    budget: terms.BudgetFile = None,
    today: terms.Today = None,
    lang: terms.Lang = None,
    config: terms.ConfigFile = None,
    isolated: terms.Isolated = False,
) -> int:
    """Show a plan at a glance: effort and result, payments in time against the budget, money per party."""
    from kpicheck.cli.judge import ONE_BY_ONE, PASSED, calls, judged
    from kpicheck.cli.output import Outputs, targets
    from kpicheck.cli.paths import find
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day, stated_by
    from kpicheck.report.summary import SUMMARIES

    options = Options(ruleset, lang, stated=stated_by(budget=budget))
    judged_on = judgement_day(today)
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
