"""Dutch notation of amounts and days: what is unambiguous is read, all else is None (A101, D101, T108)."""

from datetime import date
from decimal import Decimal
from typing import Final

from kpicheck.dutch.sought import Sought, small_letters

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
MONTH: Final = (
    "(?:jan(?:uari)?|feb(?:r(?:uari)?)?|maart|mrt|apr(?:il)?|mei|ju[nl]i?|aug(?:ustus)?"
    "|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_PLAUSIBLE_YEARS: Final = range(1990, 2101)
_LONGEST_AMOUNT: Final = 40
TOO_MUCH_FOR_EUROS: Final = Decimal(10) ** 15  # from here on Excel keeps no euros apart, let alone cents
_DASHES: Final = str.maketrans("−–—", "---")

_CURRENCY = "(?:€|euro?)"
_EUROS = Sought(
    rf"(?P<minus>- ?)?(?:{_CURRENCY} ?)?(?P<inner_minus>- ?)?"
    r"(?P<number>(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,[0-9]{1,2})?)"
    rf"(?:(?<!,[0-9])(?<!,[0-9][0-9]),(?:--?|=))? ?{_CURRENCY}?"
)
_DASH_FOR_ZERO = Sought(rf"(?:{_CURRENCY} ?)?-(?: ?{_CURRENCY})?")

_DAY_FIRST = Sought(r"(?P<day>[0-9]{1,2})-(?P<month>[0-9]{1,2})-(?P<year>[0-9]{4})")
_YEAR_FIRST = Sought(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_YEAR = Sought(r"20[0-9]{2}")
_NAMED_MONTH = Sought(rf"(?P<day>[0-9]{{1,2}}) (?P<month>{MONTH})\.? (?P<year>[0-9]{{4}})")


def amount(text: str) -> Decimal | None:
    """Euros in unambiguous Dutch notation; a lone dash is zero (A101)."""
    found = _EUROS.fullmatch(text) if len(text) <= _LONGEST_AMOUNT else None
    if not found:
        typed = " ".join(text.lower().translate(_DASHES).split())
        if len(typed) > _LONGEST_AMOUNT:
            return None
        if not (found := _EUROS.fullmatch(typed)):
            return Decimal(0) if _DASH_FOR_ZERO.fullmatch(typed) else None
    minus, inner_minus, number = found.groups()
    if minus and inner_minus:
        return None
    euros = Decimal(number.replace(".", "").replace(",", "."))
    if euros >= TOO_MUCH_FOR_EUROS:
        return None
    return -euros if euros and (minus or inner_minus) else euros


def sensible_euros(value: object) -> Decimal | None:
    """What somebody states in euro: a number, or a text as by `amount`; not below zero, nor beyond belief."""
    found = amount(value) if isinstance(value, str) else value
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    euros = Decimal(found)
    return euros if euros.is_finite() and 0 <= euros < TOO_MUCH_FOR_EUROS else None


def calendar_year(text: str) -> int | None:
    """A year of four digits in which a plan may have a budget."""
    return int(text) if _YEAR.fullmatch(text) else None


def day(text: str) -> date | None:
    """Read a text that is one whole date with a year: d-m-yyyy, yyyy-mm-dd or '1 juli 2026' (D101)."""
    typed = " ".join(small_letters(text).split())
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
