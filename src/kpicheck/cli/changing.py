"""The report on a plan as it would be: what whatif types in its cells, and judges."""

from __future__ import annotations

from collections.abc import Sequence

from kpicheck.cli.versions import report_of
from kpicheck.finding import Report
from kpicheck.judging import Work
from kpicheck.model import Plan, Typed
from kpicheck.report.differences.asked import asked_move, asked_setting
from kpicheck.report.differences.versions import Asked
from kpicheck.usage import UsageError
from kpicheck.whatif import Move, in_total, over_parties, read_move, read_settings, same_row


def as_it_would_be(
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
