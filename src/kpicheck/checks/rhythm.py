"""P104 to P106, P108 and P109: the rhythm of payments, and whether milestones cover the whole plan."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from kpicheck.checks.common import same_day_later
from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import UNUSABLE, Kpi, Period, Plan
from kpicheck.registry import check

Moment = tuple[dt.date, dt.date]
_ONE_DAY = dt.timedelta(days=1)


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
    moments = _moments(_paid_days(plan), same_moment_days)
    gaps = [
        (before, after) for before, after in pairwise(moments) if after[1] < same_day_later(before[0], months)
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
    gaps = [
        ((before, before), (after, after))
        for before, after in pairwise(sorted(_paid_days(plan)))
        if after > months_later(before, months)
    ]
    yield from _rhythm(plan, period, gaps, months, long=long)
    yield from _left_out(plan)


def is_long(period: Period, years: int) -> bool:
    """Whether the plan runs that many years or more, both days included."""
    return period.end + _ONE_DAY >= same_day_later(period.start, 12 * years)


@lru_cache(maxsize=512)
def months_later(day: dt.date, months: int) -> dt.date:
    """The day so many months on; from the last day of a month to the last day of a month."""
    month_end = (day + _ONE_DAY).day == 1
    return day + relativedelta(months=months, day=31 if month_end else None)


def _paid_days(plan: Plan) -> set[dt.date]:
    return {row.date.value for row in plan.payments if row.date.value and row.paid}


def _moments(days: Iterable[dt.date], same_moment_days: int) -> list[Moment]:
    """First and last day of each moment; days close together are one moment."""
    moments: list[Moment] = []
    for day in sorted(days):
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
        if row.date.gap in UNUSABLE and row.paid:
            yield Unjudged(str(row.date.gap), at=row.date)


@check("P106", per=Plan)
def too_many_kpis_per_payment(plan: Plan, *, max_kpis: int, same_moment_days: int) -> Problems:
    """So many milestones fall on one moment that proving and judging them takes too much work.

    Bad:
        | (streef)datum | (totaal)Bedrag | <- (streef)datum
        | 30-6-2026     | 1000           |
        | 30-6-2026     | 1000           |
        | 30-6-2026     | 0              |
        | 1-7-2026      | 1000           |
        | 7-7-2026      | 1000           |
    Good:
        | (streef)datum | (totaal)Bedrag |
        | 30-6-2026     | 1000           |
        | 30-6-2026     | 1000           |
        | 30-6-2026     | 0              |
        | 1-7-2026      | 1000           |
        | 8-7-2026      | 1000           |
    """
    dated = [(row.date.value, row) for row in plan.kpis if row.date.value]
    moments = _moments({day for day, _ in dated}, same_moment_days)
    starts = [first for first, _ in moments]
    rows_of: list[list[Kpi]] = [[] for _ in moments]
    for day, row in dated:
        rows_of[bisect_right(starts, day) - 1].append(row)
    crowded = [(first, rows) for first, rows in zip(starts, rows_of, strict=True) if len(rows) > max_kpis]
    if crowded:
        day, most = max(crowded, key=lambda one: len(one[1]))
        yield Problem(
            "date",
            day=day,
            kpis=len(most),
            max_kpis=max_kpis,
            count=len(crowded),
            moments=[{"date": first, "kpis": len(rows)} for first, rows in crowded],
            related=tuple(row.date for _, rows in crowded for row in rows),
        )


@check("P108", per=Plan, reads=("date",))
def no_milestone_at_year_end(plan: Plan, period: Period, *, within_days: int) -> Problems:
    """Every year of the plan ends with a milestone, on which to decide whether to go on.

    Bad:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum | <- (streef)datum
        | 23-11-2026    |
        | 31-12-2027    |
    Bad:
        --start 1-1-2026 --end 31-12-2026
        | (streef)datum | <- (streef)datum
        | 8-1-2027      |
    Good:
        --start 1-1-2026 --end 30-11-2028
        | (streef)datum |
        | 24-11-2026    |
        | 7-1-2028      |
    """
    days = {row.date.value for row in plan.kpis if row.date.value}
    room = dt.timedelta(days=within_days)
    years = [
        year
        for year in range(period.start.year, (period.end + _ONE_DAY).year)
        if not any(dt.date(year, 12, 1) - room <= day <= dt.date(year, 12, 31) + room for day in days)
    ]
    if years:
        yield Problem("date", years=years)


@check("P109", per=Plan, reads=("date",))
def period_not_covered(  # noqa: PLR0913 - two rhythms
    plan: Plan,
    stated_period: Period,
    *,
    split_years: int,
    period_months: int,
    period_months_short: int,
    silent_periods: int,
) -> Problems:
    """Milestones cover the whole period for which money is asked.

    Bad:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 29-6-2027     |
    Bad:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 31-12-2026    |
        | 30-6-2027     |
        | 29-9-2027     |
    Bad:
        --start 1-1-2026 --end 30-6-2028
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 1-7-2027      |
        | 31-12-2027    |
    Bad:
        --start 1-1-2026 --end 31-12-2028
        | (streef)datum | <- (streef)datum
        | 30-6-2026     |
        | 31-12-2027    |
    Good:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum |
        | 30-6-2026     |
        | 30-6-2027     |
    Good:
        --start 1-1-2026 --end 30-12-2027
        | (streef)datum |
        | 30-6-2026     |
        | 31-12-2026    |
        | 30-6-2027     |
        | 30-9-2027     |
    """
    days = sorted({row.date.value for row in plan.kpis if row.date.value})
    if not days:
        return
    months = period_months if is_long(stated_period, split_years) else period_months_short
    gaps = [
        pair
        for pair in pairwise([stated_period.start, *days])
        if pair[1] > months_later(pair[0], months * silent_periods)
    ]
    tail = [(days[-1], stated_period.end)] if stated_period.end > months_later(days[-1], months) else []
    if stretches := gaps + tail:
        bounds = {day for pair in stretches for day in pair}
        yield Problem(
            "date",
            kind="both" if gaps and tail else "gap" if gaps else "tail",
            first=stretches[0][0],
            then=stretches[0][1],
            last=days[-1],
            end=stated_period.end,
            months=months,
            stretches=[f"{before.isoformat()}/{after.isoformat()}" for before, after in stretches],
            related=tuple(row.date for row in plan.kpis if row.date.value in bounds),
        )
