"""Makes a plan's glance: money by type, time and party, and deadlines beside dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kpicheck.clean import masked
from kpicheck.dutch.deadlines import deadlines
from kpicheck.finding import Report
from kpicheck.model import ZERO, Kind, Kpi, Party, Payment, Plan, column_letters, euros
from kpicheck.report.glance import Glance, Half, Milestone, Money, Paid, PartyMoney, Year
from kpicheck.report.grid import grid_rows
from kpicheck.ruleset import Ruleset

_EFFORT_SHARE, _MAX_SHARE = "E101", "max_share"
_JULY = 7
_LONGEST = 24


def glance(report: Report, ruleset: Ruleset) -> Glance | None:
    """The plan of a report at a glance; None where it was refused."""
    plan = report.plan
    if plan is None:
        return None
    return Glance(
        money=_money(plan.payments),
        max_share=max_share(ruleset),
        halves=tuple(_halves(plan)),
        undated=_money(one for one in plan.payments if one.date.value is None),
        payments=tuple(_paid(plan)),
        years=tuple(_years(plan)),
        parties=tuple(map(_party, plan.parties)),
        milestones=tuple(_milestone(one) for one in plan.kpis),
        rows=tuple(grid_rows(plan, report)),
    )


def max_share(ruleset: Ruleset) -> Decimal | None:
    """The share of effort that the rules allow; None where no rule asks it."""
    known = (one.thresholds.get(_MAX_SHARE) for one in ruleset.rules if one.code == _EFFORT_SHARE)
    return next((share for share in known if isinstance(share, Decimal)), None)


def _money(rows: Iterable[Payment]) -> Money:
    known = list(rows)
    effort, result, untyped = (
        euros([row for row in known if row.type.value is kind]) for kind in (Kind.EFFORT, Kind.RESULT, None)
    )
    return Money(effort, result, untyped)


def _halves(plan: Plan) -> Iterator[Half]:
    """The half-years from the first payment to the last."""
    dated = [(_half_of(one.date.value), one) for one in plan.payments if one.date.value and one.paid]
    for number in _through({half for half, _ in dated}):
        rows = [row for half, row in dated if half == number]
        yield Half(number // 2, number % 2 + 1, _money(rows))


def _through(numbers: set[int]) -> Iterable[int]:
    """From the lowest to the highest; without what lies between where a slip of the pen makes that long."""
    if numbers and max(numbers) - min(numbers) < _LONGEST:
        return range(min(numbers), max(numbers) + 1)
    return sorted(numbers)


def _half_of(day: dt.date) -> int:
    """Half-years counted through: two a year."""
    return day.year * 2 + (day.month >= _JULY)


def _paid(plan: Plan) -> Iterator[Paid]:
    dated = [(one.date.value, one) for one in plan.payments if one.date.value and one.paid]
    for day in sorted({day for day, _ in dated}):
        yield Paid(day, euros([row for when, row in dated if when == day]))


def _years(plan: Plan) -> Iterator[Year]:
    """The calendar years from the first to the last in which something is paid or budgeted."""
    budget = dict(plan.budget.years) if plan.budget else {}
    payments = list(_paid(plan))
    paid_until = budget_until = ZERO
    for year in _through({one.date.year for one in payments} | set(budget)):
        paid = sum((one.amount for one in payments if one.date.year == year), ZERO)
        budgeted = budget.get(year, ZERO)
        paid_until, budget_until = paid_until + paid, budget_until + budgeted
        yield Year(year, paid, paid_until, budgeted if budget else None, budget_until if budget else None)


def _party(party: Party) -> PartyMoney:
    name = party.name or party.heading or column_letters(party.cell.column)
    return PartyMoney(masked(name), party.kassier, party.amount)


def _milestone(kpi: Kpi) -> Milestone:
    latest = max(deadlines(kpi.smart.value or ""), key=lambda one: one.day, default=None)
    date = kpi.date.value
    return Milestone(
        label=masked(kpi.label),
        number=masked(kpi.number) if kpi.number else None,
        row=kpi.row,
        date=date,
        deadline=latest.day if latest else None,
        days=latest.days_from(date) if latest and date else None,
    )
