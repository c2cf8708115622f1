"""P101 to P103 and P107: payments against the budget per year and the plan's start."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from kpicheck.dutch.costs import cost_lines, prefinancing_words
from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import ZERO, Budget, Field, Payment, Period, Plan, euros, more_euros
from kpicheck.registry import check


@check("P101", per=Plan, reads=("total", "date"))
def prefinancing(plan: Plan, budget: Budget) -> Problems:
    """Up to the end of each year no more is paid than was budgeted up to then.

    Bad:
        [Begroting]
        | Jaar | Begroting |
        | 2026 | 5000      |
        | 2027 | 5001      |
        [Mijlpalen]
        | (streef)datum | (totaal)Bedrag | <- (streef)datum
        | 30-6-2026     | 5001           |
        | 30-6-2027     | 5000           |
    Good:
        [Begroting]
        | Jaar | Begroting |
        | 2026 | 5001      |
        | 2027 | 5000      |
        [Mijlpalen]
        | (streef)datum | (totaal)Bedrag |
        | 30-6-2026     | 5001           |
        | 30-6-2027     | 5000           |
    """
    dated = sorted(
        ((row.date.value, row) for row in plan.payments if row.date.value), key=lambda pair: pair[0]
    )
    undated = [row for row in plan.payments if row.date.value is None and row.paid]
    years = sorted({day.year for day, _ in dated} | {year for year, _ in budget.years})
    ledger = [(year, _paid_until(dated, year), _budgeted_until(budget, year)) for year in years]
    over = next(
        ((year, paid, budgeted) for year, paid, budgeted in ledger if more_euros(paid, budgeted)), None
    )
    if over is not None:
        year, paid, budgeted = over
        day, row = _first_too_early(dated, budgeted)
        yield Problem(
            "date",
            year=year,
            paid=paid,
            budget=budgeted,
            excess=paid - budgeted,
            day=day,
            years=[
                {"year": year, "paid": paid, "budget": budgeted, "excess": max(paid - budgeted, ZERO)}
                for year, paid, budgeted in ledger
            ],
            related=(row.date, *((budget,) if budget.cell else ())),
        )
    elif undated:
        yield Unjudged("undated-payments", at=undated[0].total)


def _paid_until(dated: Sequence[tuple[dt.date, Payment]], year: int) -> Decimal:
    return sum((row.euros for day, row in dated if day.year <= year), ZERO)


def _budgeted_until(budget: Budget, year: int) -> Decimal:
    return sum((amount for known, amount in budget.years if known <= year), ZERO)


def _first_too_early(dated: Sequence[tuple[dt.date, Payment]], budgeted: Decimal) -> tuple[dt.date, Payment]:
    """The payment that holds the first euro above the budget."""
    paid = accumulate(row.euros for _, row in dated)
    return next(one for one, running in zip(dated, paid, strict=True) if more_euros(running, budgeted))


@check("P102", per=Payment)
def prefinancing_suspected(explanation: str, date: Field[dt.date], row: Payment) -> Problems:
    """The explanation names costs of a later year than the payment, or speaks of pre-financing.

    Bad:
        | (streef)datum | Toelichting bedrag.                             |
        | 1-1-2027      | - Projectleider (2027): € 5.000                 | <- Toelichting bedrag.
        | 31-12-2026    | - Voorfinanciering platform: € 5.000            | <- Toelichting bedrag.
    Good:
        | (streef)datum | Toelichting bedrag.                             |
        | 2-1-2027      | - Projectleider (2027): € 5.000                 |
        | 1-1-2027      | - Projectleider (2026): € 5.000                 |
    """
    if not row.paid:
        return
    words = prefinancing_words(explanation)
    day = date.value
    paid_in = (day.year - 1 if (day.month, day.day) == (1, 1) else day.year) if day else None
    later = sorted(
        {year for line in cost_lines(explanation) for year in line.years if paid_in and year > paid_in}
    )
    if words or later:
        related = ("date",) if date.cell else ()
        kind = "both" if words and later else "words" if words else "years"
        yield Problem(
            "explanation", kind=kind, words=words or "", years=later, date=day or "", related=related
        )


@check("P103", per=Payment)
def paid_before_start(row: Payment, date: dt.date, stated_period: Period) -> Problems:
    """No payment is dated before the plan starts.

    Bad:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum | (totaal)Bedrag |
        | 31-12-2025    | 5000           | <- (streef)datum
        | 30-6-2026     | 5000           |
    Good:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum | (totaal)Bedrag |
        | 1-1-2026      | 5000           |
        | 31-12-2025    | 0              |
    """
    if row.paid and date < stated_period.start:
        yield Problem("date", date=date, start=stated_period.start, days=(stated_period.start - date).days)


@check("P107", per=Plan)
def budget_total_mismatch(plan: Plan, budget: Budget, *, tolerance: Decimal) -> Problems:
    """The budget of all years together is the money the plan asks for.

    Bad:
        [Begroting]
        | Jaar | Begroting |
        | 2026 | 5000      |
        | 2027 | 5001,01   |
        [Mijlpalen]
        | (streef)datum | (totaal)Bedrag | <- (streef)datum
        | 30-6-2026     | 5000           |
        | 30-6-2027     | 5000           |
    Bad:
        --requested 10000
        [Begroting]
        | Jaar | Begroting |
        | 2026 | 12000     |
        [Mijlpalen]
        | (streef)datum | (totaal)Bedrag | <- (streef)datum
        | 30-6-2026     | 10000          |
    Good:
        [Begroting]
        | Jaar | Begroting |
        | 2026 | 5000      |
        | 2027 | 5001      |
        [Mijlpalen]
        | (streef)datum | (totaal)Bedrag |
        | 30-6-2026     | 5000           |
        | 30-6-2027     | 5000           |
    Good:
        --requested 10001
        [Begroting]
        | Jaar | Begroting |
        | 2026 | 10000     |
        [Mijlpalen]
        | (streef)datum | (totaal)Bedrag |
        | 30-6-2026     | "€ xxx"        |
    """
    total = sum((amount for _, amount in budget.years), ZERO)
    asked = plan.requested.value
    if asked is not None and abs(total - asked) <= tolerance:
        return
    if unread := next(
        (row.total for row in plan.payments if row.total.filled and row.total.value is None), None
    ):
        yield Unjudged(str(unread.gap), at=unread)
        return
    sums = (euros(plan.payments), euros(plan.kpis))
    if all(abs(total - one) > tolerance for one in sums):
        expected = sums[0] if asked is None else asked
        yield Problem(
            "date",
            kind="rows" if asked is None else "requested",
            budget=total,
            expected=expected,
            difference=abs(total - expected),
            related=(budget,) if budget.cell else (),
        )
