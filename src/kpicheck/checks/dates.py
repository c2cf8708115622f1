"""D: dates, and the deadlines in the text."""

import datetime as dt
from bisect import bisect_left
from itertools import groupby

from kpicheck.checks.common import same_day_later, unreadable
from kpicheck.dutch.deadlines import deadlines
from kpicheck.dutch.periods import Period as Measured
from kpicheck.dutch.periods import measuring_periods
from kpicheck.finding import Problem, Problems
from kpicheck.model import Field, Kind, Payment, Period, Plan
from kpicheck.registry import check

CALENDAR_UNITS = (1, 3, 6, 12)


@check("D101", per=Payment, only=unreadable)
def date_invalid(date: Field[dt.date]) -> Problems:
    """The date cell holds something that is no date.

    Bad:
        | (streef)datum |
        | "31-6-2026"   | <- (streef)datum
        | 3             | <- (streef)datum
        | "medio 2026"  | <- (streef)datum
    Good:
        | (streef)datum |
        | 30-6-2026     |
        | "30-6-2026"   |
    """
    if unreadable(date) and date.cell:
        yield Problem("date", typed=str(date.cell.value))


@check("D102", per=Payment, only=deadlines)
def date_contradicts_text(smart: str, date: dt.date, *, more_than_days: int) -> Problems:
    """The deadline in the text and the date column say different days.

    Bad:
        | SMART omschrijving                                    | (streef)datum |
        | Uiterlijk 1-9-2026 is het wijkbeeld van alle wijken klaar.      | 31-7-2026     | <- (streef)datum
        | Uiterlijk 1-9-2026 is de kaart van alle wijken in gebruik.      | 1-8-2026      | <- (streef)datum
        | Uiterlijk eind 2026 ligt het ondertekende rapport bij de raad.  | 1-1-2027      | <- (streef)datum
    Good:
        | SMART omschrijving                                             | (streef)datum |
        | Uiterlijk 1-9-2026 is het wijkbeeld van alle wijken klaar.      | 1-9-2026      |
        | Half 2026 is de meting in alle wijken van de regio afgerond.    | 1-7-2026      |
    """
    latest = max(deadlines(smart), key=lambda one: one.day)
    days = latest.days_from(date)
    if days > more_than_days:
        yield Problem(
            "date", deadline=latest.day, date=date, days=days, words=latest.words, related=("smart",)
        )


@check("D103", per=Payment)
def measured_after_date(smart: str, date: dt.date, type: Kind, *, of_type: Kind) -> Problems:  # noqa: A002 - the field's own name
    """What is measured lies after the date on which it should have been reached.

    Bad:
        | SMART omschrijving                                                           | (streef)datum | Resultaat- of inspanningsverplichting |
        | In 2027 hebben minimaal 50 inwoners van de gemeente de training afgerond.    | 30-12-2027    | Resultaatsverplichting                | <- (streef)datum
        | In de periode 1-7-2026 t/m 1-1-2027 zijn minimaal 50 inwoners getraind.      | 31-12-2026    | Inspanningsverplichting               | <- (streef)datum
        | In 2027 is er in de regio een organisatie voor zelfzorg opgezet.             | 31-12-2026    | Inspanningsverplichting               | <- (streef)datum
    Good:
        | SMART omschrijving                                                           | (streef)datum | Resultaat- of inspanningsverplichting |
        | In 2027 hebben minimaal 50 inwoners van de gemeente de training afgerond.    | 31-12-2027    | Resultaatsverplichting                |
        | In 2027 is er in de regio een organisatie voor zelfzorg opgezet.             | 1-1-2027      | Inspanningsverplichting               |
        | Op 1-7-2026 is het aantal 5% lager dan in de periode 1-1-2027 t/m 1-6-2027.  | 1-7-2026      | Resultaatsverplichting                |
    """  # noqa: E501 - a table is as wide as its columns
    if type != of_type:
        return
    found = measuring_periods(smart, after=date)
    if found and type is Kind.EFFORT:
        due = {one.day for one in deadlines(smart)}  # "In Q4 2026 is … klaar": that is D102's
        found = [
            one for one in found if one.end not in due and (one.start > date or not _is_calendar_unit(one))
        ]
    if found:
        last = max(found, key=lambda one: one.end)
        yield Problem(
            "date",
            start=last.start,
            end=last.end,
            date=date,
            days=(last.end - date).days,
            words=last.words,
            related=("smart",),
        )


def _is_calendar_unit(period: Measured) -> bool:
    """A whole month, quarter, half or year: an effort "in 2025" is done on any day of it."""
    if period.start.day != 1:
        return False
    after = period.end + dt.timedelta(days=1)
    return any(after == same_day_later(period.start, months) for months in CALENDAR_UNITS)


@check("D104", per=Payment)
def date_outside_plan(date: dt.date, stated_period: Period) -> Problems:
    """The date lies before the start or after the end of the plan.

    Bad:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum |
        | 31-12-2025    | <- (streef)datum
        | 1-1-2028      | <- (streef)datum
    Good:
        --start 1-1-2026 --end 31-12-2027
        | (streef)datum |
        | 1-1-2026      |
        | 31-12-2027    |
    """
    start, end = stated_period.start, stated_period.end
    for kind, outside in (("before", date < start), ("after", date > end)):
        if outside:
            yield Problem("date", kind=kind, date=date, start=start, end=end)


@check("D105", per=Plan)
def dates_out_of_order(plan: Plan) -> Problems:
    """Within a section the milestones stand in the order of their dates.

    Bad:
        | (streef)datum |
        | 31-12-2026    |
        | 30-12-2026    | <- (streef)datum
        | 29-12-2026    |
        | 30-6-2027     |
    Good:
        | Naam                     | (streef)datum |
        | (1) ALGEMEEN             |               |
        | Algemeen - Start - KPI 1 | 31-12-2026    |
        | Algemeen - Start - KPI 2 | 31-12-2026    |
        | (2) WIJKZORG             |               |
        | Wijkzorg - Start - KPI 1 | 30-6-2026     |
    """
    heads = sorted({(one.cell.sheet, one.cell.row) for one in plan.headings})
    for _, group in groupby(
        plan.payments, key=lambda row: (bisect_left(heads, (row.sheet, row.row)), row.sheet, row.section_row)
    ):
        early: list[tuple[Payment, Payment]] = []
        latest: Payment | None = None
        for row in group:
            if latest and row.date.value and latest.date.value and row.date.value < latest.date.value:
                early.append((row, latest))
            elif row.date.value:
                latest = row
        if early:
            row, above = early[0]
            others = tuple(one.date for one, _ in early[1:])
            yield Problem(
                row.date,
                on=row,
                related=(above.date, *others),
                date=row.date.value,
                earlier=above.date.value,
                count=len(early),
            )
