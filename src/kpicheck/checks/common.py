"""What checks of several families ask of a row."""

import datetime as dt
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from kpicheck.dutch.placeholders import placeholders
from kpicheck.dutch.wording import open_items
from kpicheck.model import Field, Gap, Payment


def unreadable(field: Field[Any]) -> bool:
    """Whether something stands in the cell that nobody can read."""
    return field.gap is Gap.UNREADABLE


def blank(field: Field[Any]) -> bool:
    """Whether the column is there and nothing is filled in."""
    return field.gap is Gap.BLANK


def without_kpi(row: Payment) -> bool:
    """An amount row with a blank description, date, type and evidence (F107)."""
    if row.smart.gap is None:
        return False
    fields = (row.smart, row.date, row.type, row.evidence)
    return (
        row.paid
        and all(field.gap in (Gap.BLANK, Gap.ABSENT) for field in fields)
        and any(field.gap is Gap.BLANK for field in fields)
    )


def unfinished(text: str) -> bool:
    """A gap or an open item was found here already (S101, S102): what is missing may be in it."""
    return bool(placeholders(text) or open_items(text))


@lru_cache(maxsize=512)
def same_day_later(day: dt.date, months: int) -> dt.date:
    """The day so many months on, or the last of a shorter month."""
    return day + relativedelta(months=months)
