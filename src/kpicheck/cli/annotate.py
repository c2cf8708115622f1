"""`kpicheck annotate PLAN -o COPY`: the workbook back, with what was found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.usage import UsageError


def annotate(
    plan: terms.PlanFile,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The copy; without it a name beside the plan.")
    ] = None,
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
    quiet: terms.Quiet = False,
    isolated: terms.Isolated = False,
) -> int:
    """Copy the workbook, with a note and a frame at each failing cell and a sheet that leads to them."""
    from kpicheck.cli.judge import exit_code
    from kpicheck.cli.marking import beside, write_marked
    from kpicheck.cli.one_plan import one_plan
    from kpicheck.cli.options import words
    from kpicheck.cli.output import refuse_inputs
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day, stated_by
    from kpicheck.report.telling import verdict

    stated = stated_by(requested, max_total, start, end, budget)
    options = Options(ruleset, lang, fail_on, words(select), words(ignore), stated)
    day = judgement_day(today)
    one = one_plan(plan, options, config, day, isolated=isolated, ask_password=ask_password)
    spoken = one.calls.basis.language
    copy = output or beside(one.file, spoken)
    if copy.suffix.casefold() != one.file.suffix.casefold():
        raise UsageError("copy-suffix", suffix=one.file.suffix, path=str(copy))
    refuse_inputs(copy, [one.file])
    if one.judged.file.plan is not None:
        lines = [verdict(one.run, one.judged.file), write_marked(one, copy, spoken, asked=output is not None)]
        if not quiet:
            say("".join(f"{line}\n" for line in lines))
    return exit_code([one.judged.file.status])
