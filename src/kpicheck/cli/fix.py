"""`kpicheck fix PLAN [--write COPY]`: what can be repaired safely, and a copy in which it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say, until_lost
from kpicheck.usage import UsageError


def fix(
    plan: terms.PlanFile,
    *,
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Make a copy with the repairs; without it nothing is written."),
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
    """Show what can be repaired without a choice, and with --write make a copy in which it is."""
    from kpicheck import texts
    from kpicheck.atomic import write_file
    from kpicheck.cli.fixing import repaired, report
    from kpicheck.cli.judge import exit_code
    from kpicheck.cli.one_plan import one_plan
    from kpicheck.cli.options import words
    from kpicheck.cli.output import refuse_inputs
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day, stated_by
    from kpicheck.memory import bounded_memory
    from kpicheck.report.repairs import show
    from kpicheck.writer.splicing import Unpatchable

    stated = stated_by(requested, max_total, start, end, budget)
    options = Options(ruleset, lang, fail_on, words(select), words(ignore), stated)
    day = judgement_day(today)
    one = one_plan(plan, options, config, day, isolated=isolated, ask_password=ask_password)
    if write:
        if write.suffix.casefold() != one.file.suffix.casefold():
            raise UsageError("copy-suffix", suffix=one.file.suffix, path=str(write))
        refuse_inputs(write, [one.file])
    if one.judged.file.plan is None:
        return exit_code([one.judged.file.status])
    spoken = one.calls.basis.language
    try:
        with bounded_memory():
            found = repaired(one)
            after = one.check(found.data) if found.repairs else one.judged
    except Unpatchable as error:
        reason = texts.text("annotate", "reason", spoken, {"kind": error.reason})
        if not quiet:
            said = texts.text("fix", "unpatchable", spoken, {"reason": reason})
            say(f"{said} {texts.text('fix', 'no_copy', spoken)}\n")
        return exit_code([one.judged.file.status])
    if write and found.repairs:
        write_file(write, found.data)
    if not quiet:
        told = report(one, found, after, write)
        until_lost(lambda: show(told))
    return exit_code([after.file.status])
