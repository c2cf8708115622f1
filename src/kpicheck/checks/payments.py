"""P: payments in time."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from kpicheck.dutch.costs import cost_lines, prefinancing_words
from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import ZERO, Budget, Field, Gap, Payment, Period, Plan
from kpicheck.registry import check

Moment = tuple[dt.date, dt.date]


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
    over = next(((year, paid, budgeted) for year, paid, budgeted in ledger if paid > budgeted), None)
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
    running = ZERO
    for day, row in dated:
        running += row.euros
        if running > budgeted:
            return day, row
    return dated[-1]


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


@check("P104", per=Plan)
def payments_too_often(  # noqa: PLR0913 - two rhythms
    plan: Plan,
    period: Period,
    *,
    split_years: int,
    min_months: int,
    min_months_short: int,
    same_moment_days: int,
) -> Problems:
    """Payment moments follow each other faster than the format's rhythm.

    Bad:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 29-10-2026    |
    Bad:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 29-8-2026     |
    Good:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum |
        | 30-6-2026     |
        | 7-7-2026      |
        | 30-10-2026    |
    Good:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum |
        | 30-6-2026     |
        | 30-8-2026     |
    Bad:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 8-7-2026      |
    """
    long = is_long(period, split_years)
    months = min_months if long else min_months_short
    moments = payment_moments(plan, same_moment_days)
    gaps = [
        (before, after)
        for before, after in pairwise(moments)
        if after[1] < before[0] + relativedelta(months=months)
    ]
    yield from _rhythm(plan, period, gaps, months, long=long)
    yield from _left_out(plan)


@check("P105", per=Plan)
def payments_too_seldom(
    plan: Plan, period: Period, *, split_years: int, max_months: int, max_months_short: int
) -> Problems:
    """Payment moments lie further apart than the format's rhythm.

    Bad:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 1-2-2027      |
    Bad:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 1-11-2026     |
    Good:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum |
        | 30-6-2026     |
        | 31-1-2027     |
    Good:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum |
        | 30-6-2026     |
        | 31-10-2026    |
    """
    long = is_long(period, split_years)
    months = max_months if long else max_months_short
    moments = payment_moments(plan, 0)
    gaps = [
        (before, after) for before, after in pairwise(moments) if after[0] > months_later(before[1], months)
    ]
    yield from _rhythm(plan, period, gaps, months, long=long)
    yield from _left_out(plan)


def is_long(period: Period, years: int) -> bool:
    """Whether the plan runs that many years or more, both days included."""
    return period.end + relativedelta(days=1) >= period.start + relativedelta(years=years)


def months_later(day: dt.date, months: int) -> dt.date:
    """The day so many months on; from the last day of a month to the last day of a month."""
    month_end = (day + relativedelta(days=1)).day == 1
    return day + relativedelta(months=months, day=31 if month_end else day.day)


def payment_moments(plan: Plan, same_moment_days: int) -> list[Moment]:
    """First and last day of each payment moment; days close together are one moment."""
    moments: list[Moment] = []
    for day in sorted({row.date.value for row in plan.payments if row.date.value and row.paid}):
        if moments and (day - moments[-1][0]).days <= same_moment_days:
            moments[-1] = moments[-1][0], day
        else:
            moments.append((day, day))
    return moments


def _rhythm(
    plan: Plan, period: Period, gaps: list[tuple[Moment, Moment]], months: int, *, long: bool
) -> Problems:
    if not gaps:
        return
    involved = {day for before, after in gaps for day in (*before, *after)}
    yield Problem(
        "date",
        gaps=[f"{before[1].isoformat()}/{after[0].isoformat()}" for before, after in gaps],
        first=gaps[0][0][1],
        then=gaps[0][1][0],
        count=len(gaps),
        months=months,
        rhythm="half-year" if long else "quarter",
        derived="" if period.stated else "yes",
        start=period.start,
        end=period.end,
        related=tuple(row.date for row in plan.payments if row.date.value in involved and row.paid),
    )


def _left_out(plan: Plan) -> Problems:
    """Paid rows whose date nobody can read play no part, and are listed."""
    for row in plan.payments:
        if row.paid and row.date.gap in (Gap.UNREADABLE, Gap.ERROR, Gap.UNCALCULATED):
            yield Unjudged(str(row.date.gap), at=row.date)
