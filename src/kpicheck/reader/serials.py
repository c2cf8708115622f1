"""Days as workbooks keep them: serial numbers, and the formats that show a number as a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from kpicheck.dutch.sought import Sought

SINCE_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a day in a sheet has no time zone
SINCE_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LEAP_DAY_THAT_NEVER_WAS = 60
_MILLISECONDS = 86_400_000
_BUILT_IN = frozenset((*range(14, 23), 45, 46, 47))
_NOT_SHOWN = Sought(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_PART_OF_DAY = Sought(r"(?<![_\\])[dmhysDMHYS]")


@lru_cache(maxsize=4096)
def day(serial: Decimal, epoch: dt.datetime) -> dt.date | None:
    """The day of a serial number; None where it is a time of day, or beyond the calendar."""
    try:
        days, part = divmod(float(serial), 1)
        time = dt.timedelta(milliseconds=round(part * _MILLISECONDS))
        if 0 <= serial < 1 and not time.days:
            return None
        if 0 < serial < _LEAP_DAY_THAT_NEVER_WAS and epoch == SINCE_1900:
            days += 1
        return (epoch + dt.timedelta(days=days) + time).date()
    except (OverflowError, ValueError):
        return None


def shows_a_day(number: int, code: str | None) -> bool:
    """Whether a number format, built in or with a code of its own, shows a number as a day or a time."""
    if code is None:
        return number in _BUILT_IN
    first = _NOT_SHOWN.sub("", code.split(";")[0])
    return _PART_OF_DAY.search(first) is not None
