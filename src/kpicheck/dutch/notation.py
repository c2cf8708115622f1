"""Dutch notation of amounts and days: what is unambiguous is read, all else is None (A101, D101, T108)."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

MONTHS: Final = {
    "januari": 1,
    "jan": 1,
    "februari": 2,
    "febr": 2,
    "feb": 2,
    "maart": 3,
    "mrt": 3,
    "april": 4,
    "apr": 4,
    "mei": 5,
    "juni": 6,
    "jun": 6,
    "juli": 7,
    "jul": 7,
    "augustus": 8,
    "aug": 8,
    "september": 9,
    "sept": 9,
    "sep": 9,
    "oktober": 10,
    "okt": 10,
    "november": 11,
    "nov": 11,
    "december": 12,
    "dec": 12,
}
MONTH: Final = "(?:" + "|".join(MONTHS) + ")"

_PLAUSIBLE_YEARS: Final = range(1990, 2101)
_LONGEST_AMOUNT: Final = 40
TOO_MUCH_FOR_EUROS: Final = Decimal(10) ** 15  # from here on Excel keeps no euros apart, let alone cents
_DASHES: Final = str.maketrans("−–—", "---")

_CURRENCY = "(?:€|eur|euro)"
_EUROS = re.compile(
    rf"(?P<minus>- ?)?(?:{_CURRENCY} ?)?(?P<inner_minus>- ?)?"
    r"(?P<number>(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,[0-9]{1,2})?)"
    rf"(?:(?<!,[0-9])(?<!,[0-9][0-9]),(?:--?|=))? ?{_CURRENCY}?",
    re.IGNORECASE,
)
_DASH_FOR_ZERO = re.compile(rf"(?:{_CURRENCY} ?)?-(?: ?{_CURRENCY})?", re.IGNORECASE)

_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})-(?P<month>[0-9]{1,2})-(?P<year>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_NAMED_MONTH = re.compile(rf"(?P<day>[0-9]{{1,2}}) (?P<month>{MONTH})\.? (?P<year>[0-9]{{4}})", re.IGNORECASE)


def amount(text: str) -> Decimal | None:
    """Euros in unambiguous Dutch notation; a lone dash is zero (A101)."""
    typed = " ".join(text.translate(_DASHES).split())
    if _DASH_FOR_ZERO.fullmatch(typed):
        return Decimal(0)
    if len(typed) > _LONGEST_AMOUNT or not (found := _EUROS.fullmatch(typed)):
        return None
    if found["minus"] and found["inner_minus"]:
        return None
    euros = _decimal(found["number"])
    if euros >= TOO_MUCH_FOR_EUROS:
        return None
    return -euros if euros and (found["minus"] or found["inner_minus"]) else euros


@lru_cache(maxsize=1024)
def _decimal(number: str) -> Decimal:
    from babel.numbers import parse_decimal

    return parse_decimal(number, locale="nl_NL", strict=True)


def day(text: str) -> date | None:
    """Read a text that is one whole date with a year: d-m-yyyy, yyyy-mm-dd or '1 juli 2026' (D101)."""
    typed = " ".join(text.split())
    for notation in (_DAY_FIRST, _YEAR_FIRST, _NAMED_MONTH):
        if found := notation.fullmatch(typed):
            return existing_day(int(found["year"]), month_number(found["month"]), int(found["day"]))
    return None


def month_number(typed: str) -> int:
    """Give the number of a month written as digits, name or abbreviation."""
    return int(typed) if typed.isdigit() else MONTHS[typed.lower()]


def existing_day(year: int, month: int, number: int) -> date | None:
    """Give the day if the calendar has it in a plausible year: 31 June exists nowhere (D101)."""
    if year not in _PLAUSIBLE_YEARS:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
