"""The money of two plans beside each other: by type, by half-year, and what is paid earlier than before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.comparison.changes import RowChanges
from kpicheck.model import ZERO, Kind, Payment, Plan, euros

_JULY = 7


@dataclass(frozen=True, slots=True)
class Totals:
    """The money of one plan by type; what has no type counts as effort."""

    effort: Decimal
    result: Decimal
    untyped: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.effort + self.result + self.untyped

    @property
    def effort_share(self) -> Decimal | None:
        """The part that is effort, of 1; None where there is no money."""
        return (self.effort + self.untyped) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Half:
    """What both plans pay in one half of a calendar year; without a year what has no date."""

    year: int | None
    half: int
    old: Decimal
    new: Decimal


@dataclass(frozen=True, slots=True)
class Earlier:
    """A KPI that is paid earlier than before, and the money that comes earlier by that."""

    old: Payment
    new: Payment
    amount: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """The most that the new plan has paid above the old one on any day, and the first such day."""

    day: dt.date
    amount: Decimal


def totals(plan: Plan) -> Totals:
    """The money of a plan by type."""
    by_type = [
        euros([row for row in plan.payments if row.type.value is kind])
        for kind in (Kind.EFFORT, Kind.RESULT, None)
    ]
    return Totals(*by_type)


def halves(old: Plan, new: Plan) -> tuple[Half, ...]:
    """The half-years in which either plan pays, and what has no date."""
    before, after = _by_half(old.payments), _by_half(new.payments)
    dated = sorted({*before, *after} - {None}, key=lambda one: one or 0)
    undated = [None] if before.get(None) or after.get(None) else []
    return tuple(
        Half(
            number // 2 if number is not None else None,
            number % 2 + 1 if number is not None else 0,
            before.get(number, ZERO),
            after.get(number, ZERO),
        )
        for number in (*dated, *undated)
    )


def half_of(day: dt.date) -> int:
    """Half-years counted through: two a year."""
    return day.year * 2 + (day.month >= _JULY)


def _by_half(rows: Iterable[Payment]) -> dict[int | None, Decimal]:
    found: dict[int | None, Decimal] = {}
    for row in rows:
        if row.paid:
            number = half_of(row.date.value) if row.date.value else None
            found[number] = found.get(number, ZERO) + row.euros
    return found


def earlier(rows: Iterable[RowChanges]) -> tuple[Earlier, ...]:
    """The KPIs with an earlier date than before: of their money what they had before too."""
    found = []
    for row in rows:
        before, after = row.old.date.value, row.new.date.value
        amount = min(row.old.euros, row.new.euros)
        if before and after and after < before and amount > ZERO:
            found.append(Earlier(row.old, row.new, amount, (before - after).days))
    return tuple(found)


def ahead(old: Plan, new: Plan) -> Ahead | None:
    """The most that is paid above the old plan on any day; None where that never happens."""
    steps: dict[dt.date, Decimal] = {}
    for sign, plan in ((-1, old), (1, new)):
        for row in plan.payments:
            if row.date.value:
                steps[row.date.value] = steps.get(row.date.value, ZERO) + sign * row.euros
    most, reached = None, ZERO
    for day in sorted(steps):
        reached += steps[day]
        if reached > (most.amount if most else ZERO):
            most = Ahead(day, reached)
    return most
