"""What the options say about a plan: amounts, days and a budget, as they are typed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from kpicheck.dutch.notation import day, sensible_euros
from kpicheck.job import Stated
from kpicheck.model import Budget
from kpicheck.usage import UsageError


def money_option(text: str | None, option: str) -> Decimal | None:
    """An amount in euro of 0 or more, as typed behind an option in Dutch notation. Raises UsageError."""
    if text is None:
        return None
    found = sensible_euros(text)
    if found is None:
        raise UsageError("bad-total", word=text, option=option)
    return found


def day_option(text: str | None, option: str) -> dt.date | None:
    """A date as typed behind an option: d-m-yyyy or yyyy-mm-dd."""
    if text is None:
        return None
    found = day(text)
    if found is None:
        raise UsageError("bad-date", word=text, option=option)
    return found


def budget_option(path: Path | None) -> Budget | None:
    """The budget per year in a file. Raises UsageError where it holds none."""
    if path is None:
        return None
    from kpicheck.reader.budget_file import read_budget_file

    return read_budget_file(path)


def stated_by(
    requested: str | None = None,
    max_total: str | None = None,
    start: str | None = None,
    end: str | None = None,
    budget: Path | None = None,
) -> Stated:
    """What the options say about the plan itself. Raises UsageError."""
    found = Stated(
        requested=money_option(requested, "--requested"),
        max_total=money_option(max_total, "--max-total"),
        start=day_option(start, "--start"),
        end=day_option(end, "--end"),
        budget=budget_option(budget),
    )
    if found.start and found.end and found.start > found.end:
        raise UsageError("start-after-end")
    return found


def judgement_day(today: str | None) -> dt.date:
    """The day that was given, else the user's own: the one clock there is. Raises UsageError."""
    return day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the user's day
