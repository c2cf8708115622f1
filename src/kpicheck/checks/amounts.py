"""A: amounts, totals and how they are explained. Money is Decimal euro, compared exactly."""

from decimal import Decimal
from typing import Any

from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import (
    UNUSABLE,
    Field,
    Gap,
    Payment,
    Plan,
    Share,
    amounts_of,
    euros,
    more_euros,
    row_shares,
    same_euros,
    sum_of,
)
from kpicheck.registry import check


def _unreadable(row: Payment) -> list[Field[Decimal]]:
    return [one for one in amounts_of(row) if one.gap is Gap.UNREADABLE]


def _negative(row: Payment) -> list[Field[Decimal]]:
    """The amounts below zero, and those of which nobody can tell."""
    return [one for one in amounts_of(row) if (one.gap in UNUSABLE if one.value is None else one.value < 0)]


@check("A101", per=Payment, only=_unreadable)
def amount_not_a_number(row: Payment) -> Problems:
    """An amount cell holds something that is no amount, or that can be read in two ways.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | € xxx          | 5000                    | <- (totaal)Bedrag
        | 5000           | "10,000"                | <- Zorghuis Noord 01234567
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | "€ 80.000,-"   | 80000                   |
        | 5000           | "€ 5.000,00"            |
    """
    for amount in _unreadable(row):
        if amount.cell:
            yield Problem(amount, typed=str(amount.cell.value))


@check("A102", per=Payment, only=_negative)
def amount_negative(row: Payment) -> Problems:
    """Milestones are paid, not charged.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 5000           | 6000                    | -1000                  | <- Zorghuis Zuid 07654321
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 5000           | 5000                    | 0                      |
    """
    for amount in _negative(row):
        if amount.gap:
            yield Unjudged(str(amount.gap), at=amount)
        else:
            yield Problem(amount, amount=amount.value)


@check("A103", per=Plan)
def amount_zero(plan: Plan) -> Problems:
    """Every milestone is linked to an amount to be paid.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 0              | 0                       | <- (totaal)Bedrag
        | 5000           | 5000                    |
    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | <- (totaal)Bedrag
        | 0              | 0                       |
        | "-"            | 0                       |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 1              | 1                       |
    """
    zero = [row for row in plan.kpis if row.total.value == 0]
    nothing = len(plan.payments) > 1 and not any(row.paid for row in plan.payments)
    if nothing and zero:
        yield Problem("total", kind="plan", rows=len(plan.kpis))
    else:
        for row in zero:
            yield Problem(row.total, on=row, kind="row", rows=1)


@check("A104", per=Plan)
def amount_not_whole(plan: Plan) -> Problems:
    """The format asks for whole amounts; a format that hides the cents does not round them.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000,50        | 5000,50                 | <- (totaal)Bedrag; Zorghuis Noord 01234567
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000,00                 |
    """
    for row in plan.payments:
        parts = [one.amount for one in row_shares(row)]
        split = [one for one in parts if _has_cents(one)]
        if _has_cents(row.total) and not (split and _is_formula(row.total)):
            split.insert(0, row.total)
        for amount in split:
            yield Problem(amount, on=row, amount=amount.value, cells=[amount])
    for section in plan.sections:
        if _has_cents(section.subtotal):
            yield Problem(section.subtotal, amount=section.subtotal.value, cells=[section.subtotal])
    for summary in plan.summaries:
        cells = [
            found
            for line in summary.lines
            for name, found in line.figures
            if name in ("total", "effort", "result") and _has_cents(found)
        ]
        if cells:
            yield Problem(cells[0], amount=cells[0].value, cells=cells, related=tuple(cells[1:]))


def _has_cents(amount: Field[Decimal]) -> bool:
    return amount.value is not None and amount.value != amount.value.to_integral_value()


def _is_formula(total: Field[Decimal]) -> bool:
    """A formula's total has cents because a part of it has: the part is the cause."""
    return total.cell is not None and total.cell.formula is not None


@check("A201", per=Payment)
def row_total_mismatch(total: Decimal, shares: tuple[Share, ...], split_elsewhere: bool) -> Problems:
    """(totaal)Bedrag is the sum of kassier and parties, exact to the cent.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 5000           | 4000                    | 999,99                 | <- (totaal)Bedrag
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 5000           | 4000                    | 1000                   |
    """
    parts = sum_of(shares)
    if not same_euros(total, parts) and (parts or not split_elsewhere):
        cells = list({one.cell.ref: one for one in shares if one.cell}.values())
        facts: dict[str, Any] = {
            "total": total,
            "sum": parts,
            "difference": abs(total - parts),
            "cells": cells,
        }
        if any(one.listed for one in shares):
            facts["kind"] = "listed"
        yield Problem("total", related=(*cells,), **facts)


@check("A202", per=Plan, reads=("total",))
def requested_total_mismatch(plan: Plan, requested: Decimal) -> Problems:
    """The milestones together are the requested total; start contributions may be part of it.

    Bad:
        --requested 10001
        | (totaal)Bedrag | Zorghuis Noord 01234567 | <- (totaal)Bedrag
        | 4000           | 4000                    |
        | 6000           | 6000                    |
    Good:
        --requested 10000
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 4000           | 4000                    |
        | 6000           | 6000                    |
    """
    total = euros(plan.payments)
    if not any(same_euros(requested, one) for one in (total, euros(plan.kpis))):
        related = (plan.requested,) if plan.requested.cell else ()
        yield Problem(
            "total", sum=total, requested=requested, difference=abs(total - requested), related=related
        )


@check("A207", per=Plan, reads=("total",))
def above_approved_maximum(plan: Plan, max_total: Decimal) -> Problems:
    """The plan asks no more than the maximum agreed in the quick scan.

    Bad:
        --max-total 9999
        | (totaal)Bedrag | Zorghuis Noord 01234567 | <- (totaal)Bedrag
        | 4000           | 4000                    |
        | 6000           | 6000                    |
    Good:
        --max-total 10000
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 4000           | 4000                    |
        | 6000           | 6000                    |
    """
    total = euros(plan.payments)
    if more_euros(total, max_total):
        yield Problem("total", sum=total, maximum=max_total, excess=total - max_total)
