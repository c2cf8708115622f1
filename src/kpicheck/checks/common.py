"""What checks of several families ask of a row."""

import datetime as dt
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from kpicheck.dutch.placeholders import placeholders
from kpicheck.dutch.wording import open_items
from kpicheck.model import Gap, Payment


def without_kpi(row: Payment) -> bool:
    """An amount row with a blank description, date, type and evidence (F107)."""
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
