"""`kpicheck whatif PLAN --set … --move …`: the report as it would be. Nothing is written to the plan."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.usage import UsageError


def whatif(
    plan: terms.PlanFile,
    *,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="KPI.field=value, repeatable: 2.5.date=31-12-2027.")
    ] = None,
    moves: Annotated[
        list[str] | None, typer.Option("--move", help="Amount:from:to, repeatable: 84000:1.1:2.6.")
    ] = None,
    output: terms.OutputOfVersions = None,
    ruleset: terms.RulesetName = None,
    select: terms.Words = None,
    ignore: terms.Words = None,
    fail_on: terms.FailOn = None,
    budget: terms.BudgetFile = None,
    requested: terms.Requested = None,
    max_total: terms.MaxTotal = None,
    start: terms.Start = None,
    end: terms.End = None,
    today: terms.Today = None,
    lang: terms.Lang = None,
    config: terms.ConfigFile = None,
    ask_password: terms.AskPassword = False,
    hide_values: terms.HideValues = False,
    isolated: terms.Isolated = False,
) -> int:
    """Show the report as it would be after a change, beside today's; nothing is written."""
    from kpicheck.cli.changing import as_it_would_be
    from kpicheck.cli.judge import calls, exit_code
    from kpicheck.cli.options import words
    from kpicheck.cli.output import targets
    from kpicheck.cli.pages import shared
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day, stated_by
    from kpicheck.cli.versions import Compared, asking, found, one_file, report_of, tell_versions
    from kpicheck.report.differences.formats import formats
    from kpicheck.report.differences.versions import Versions

    options = Options(
        ruleset,
        lang,
        fail_on,
        words(select),
        words(ignore),
        stated_by(requested, max_total, start, end, budget),
    )
    judged_on = judgement_day(today)
    if not (settings or moves):
        raise UsageError("nothing-asked")
    run = calls(found(one_file(plan)), options, config, judged_on, isolated=isolated)
    run = asking(run) if ask_password else run
    work = run.works[0]
    now = report_of(work)
    wanted = settings or [], moves or []
    then, told = as_it_would_be(work, now, *wanted, run.basis.language) if now.plan else (now, ())
    into = Compared()
    shown = formats(lambda judged: Versions(judged, into.comparison, told, what_if=True))
    asked = targets(output or ["console"], run.plans, shown)
    asked = shared(asked) if hide_values else asked
    tell_versions(run, [work, work], [now, then], asked, into)
    return exit_code([work.in_words(then).file.status])
