"""`kpicheck whatif PLAN --set … --move …`: the report as it would be. Nothing is written to the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.judge import calls, exit_code
from kpicheck.cli.options import words
from kpicheck.cli.output import targets
from kpicheck.cli.pages import shared
from kpicheck.cli.settings import Options
from kpicheck.cli.versions import Compared, asking, found, one_file, report_of, tell_versions
from kpicheck.finding import Report
from kpicheck.judging import Work
from kpicheck.model import Plan, Typed
from kpicheck.report.differences.asked import asked_move, asked_setting
from kpicheck.report.differences.formats import NAMES, formats
from kpicheck.report.differences.versions import Asked, Versions
from kpicheck.ruleset import UsageError
from kpicheck.whatif import Move, in_total, over_parties, read_move, read_settings, same_row


def whatif(
    plan: Annotated[str, typer.Argument(help="The workbook.")],
    *,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="KPI.field=value, repeatable: 2.5.date=31-12-2027.")
    ] = None,
    moves: Annotated[
        list[str] | None, typer.Option("--move", help="Amount:from:to, repeatable: 84000:1.1:2.6.")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option(help=f"FORMAT[=FILE], repeatable: {', '.join(NAMES)}.")
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
    hide_values: terms.HideValues = False,
    isolated: terms.Isolated = False,
) -> int:
    """Show the report as it would be after a change, beside today's; nothing is written."""
    options = Options(
        ruleset,
        lang,
        fail_on,
        words(select),
        words(ignore),
        terms.stated(requested, max_total, start, end, budget),
    )
    judged_on = terms.judgement_day(today)
    if not (settings or moves):
        raise UsageError("nothing-asked")
    run = calls(found(one_file(plan)), options, config, judged_on, isolated=isolated)
    run = asking(run) if ask_password else run
    work = run.works[0]
    now = report_of(work)
    then, told = _then(work, now, settings or [], moves or [], run.basis.language) if now.plan else (now, ())
    into = Compared()
    shown = formats(lambda judged: Versions(judged, into.comparison, told, what_if=True))
    asked = targets(output or ["console"], run.plans, shown)
    asked = shared(asked) if hide_values else asked
    tell_versions(run, [work, work], [now, then], asked, into)
    return exit_code([work.in_words(then).file.status])


def _then(
    work: Work, now: Report, settings: Sequence[str], moves: Sequence[str], language: str
) -> tuple[Report, tuple[Asked, ...]]:
    """The report as it would be, and what was asked. Every word is about the plan as it is now."""
    plan = _plan(now)
    changes = read_settings(plan, settings, language)
    wanted = [read_move(plan, word) for word in moves]
    told = (*map(asked_setting, changes), *map(asked_move, wanted))
    typed = {_place(one.typed): one.typed for one in changes}
    then = _typed(work, typed)
    for one in wanted:
        then = _moved(work, then, typed, one) if then.plan else then
    return then, told


def _moved(work: Work, before: Report, typed: dict[tuple[str, int, int], Typed], move: Move) -> Report:
    """The report after one move: first the cells of the parties, then totals that did not follow."""
    plan = _plan(before)
    rows = [same_row(plan, one) for one in (move.source, move.target)]
    wanted = [rows[0].euros - move.amount, rows[1].euros + move.amount]
    typed |= {_place(one): one for one in over_parties(move, rows[0], rows[1])}
    then = _typed(work, typed)
    if then.plan is None:
        return then
    behind = [
        one
        for row, euros in zip(rows, wanted, strict=True)
        for one in in_total(same_row(then.plan, row), euros)
    ]
    typed |= {_place(one): one for one in behind}
    return _typed(work, typed) if behind else then


def _plan(report: Report) -> Plan:
    if report.plan is None:
        raise UsageError("no-plans")
    return report.plan


def _place(one: Typed) -> tuple[str, int, int]:
    return one.sheet, one.row, one.column


def _typed(work: Work, typed: dict[tuple[str, int, int], Typed]) -> Report:
    """The report with all that typed in the cells of the plan."""
    return report_of(work._replace(task=work.task._replace(typed=tuple(typed.values()))))
