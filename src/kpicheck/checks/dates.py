"""D: dates, and the deadlines in the text."""

import datetime as dt

from kpicheck.dutch.deadlines import deadlines
from kpicheck.finding import Problem, Problems
from kpicheck.model import Field, Gap, Payment
from kpicheck.registry import check


@check("D101", per=Payment)
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
    if date.gap is Gap.UNREADABLE and date.cell:
        yield Problem("date", typed=str(date.cell.value))


@check("D102", per=Payment)
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
    found = deadlines(smart)
    if not found:
        return
    latest = max(found, key=lambda one: one.day)
    days = abs((date - latest.day).days)
    if days > more_than_days:
        yield Problem(
            "date", deadline=latest.day, date=date, days=days, words=latest.words, related=("smart",)
        )
