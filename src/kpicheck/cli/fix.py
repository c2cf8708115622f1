"""`kpicheck fix PLAN [--write COPY]`: what can be repaired safely, and a copy in which it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kpicheck import texts
from kpicheck.atomic import write_file
from kpicheck.clean import name as shown_name
from kpicheck.cli import terms
from kpicheck.cli.judge import exit_code
from kpicheck.cli.options import words
from kpicheck.cli.output import refuse_inputs
from kpicheck.cli.settings import Options
from kpicheck.cli.streams import say, until_lost
from kpicheck.memory import bounded_memory
from kpicheck.repair.rounds import RULES, Repaired, repaired_plan
from kpicheck.report.repairs import RepairReport, show
from kpicheck.report.run import Judged, Run
from kpicheck.report.telling import verdict
from kpicheck.ruleset import UsageError
from kpicheck.writer.annotate import is_marked
from kpicheck.writer.splicing import Unpatchable


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
    stated = terms.stated(requested, max_total, start, end, budget)
    options = Options(ruleset, lang, fail_on, words(select), words(ignore), stated)
    day = terms.judgement_day(today)
    one = terms.one_plan(plan, options, config, day, isolated=isolated, ask_password=ask_password)
    if write:
        if write.suffix.casefold() != one.file.suffix.casefold():
            raise UsageError("copy-suffix", suffix=one.file.suffix, path=str(write))
        refuse_inputs(write, [one.file])
    if one.judged.file.plan is None:
        return exit_code([one.judged.file.status])
    spoken = one.calls.basis.language
    try:
        with bounded_memory():
            found = _repaired(one)
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
        with until_lost():
            show(_report(one, found, after, write))
    return exit_code([after.file.status])


def _repaired(one: terms.OnePlan) -> Repaired:
    """The repairs of the findings that were asked for, proven by all rules."""
    task = one.work.task
    every = replace(one, work=one.work._replace(task=task._replace(select=(), ignore=())))
    whole = every.check(one.data).file if task.select or task.ignore else one.judged.file
    asked = {rule.code for rule in task.rules.rules}.intersection(RULES)
    return repaired_plan(one.data, whole, lambda data: every.check(data).file, asked, spaces=not task.select)


def _report(one: terms.OnePlan, found: Repaired, after: Judged, write: Path | None) -> RepairReport:
    """All that is told about the repairs."""
    spoken = one.calls.basis.language
    run = Run(one.calls.basis, (after,))

    def told(key: str, **facts: object) -> str:
        return texts.text("fix", key, spoken, facts)

    sheet = one.judged.file.sheet or ""
    if not found.repairs:
        closing = [told("no_copy")] if write else []
        return RepairReport(found, sheet, spoken, [told("nothing")], [*closing, verdict(run, after.file)])
    cells = len({(at.sheet, at.place) for repair in found.repairs for at in repair.changes})
    done = "fixed" if write else "found"
    number = f"{done}_{'one' if cells == 1 else 'many'}"
    numbers = {"before": len(one.judged.file.findings), "after": len(after.file.findings)}
    opening = [f"{told(number, cells=cells)} {told(f'fewer_{done}', **numbers)}"]
    closing = [told("after", verdict=verdict(run, after.file))]
    if write:
        closing += [told("written", path=shown_name(str(write))), told("original")]
        closing += [told("marked_before")] if is_marked(one.data) else []
    else:
        closing += [f"{told('nothing_changed')} {told('how', suffix=one.file.suffix)}"]
    return RepairReport(found, sheet, spoken, opening, closing)
