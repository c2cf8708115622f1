"""From a cell to what it says: a text, an amount in euro, a date, a type. Never guessed.

An unambiguous text is used and marked `from_text`; an ambiguous one is unreadable (rules, A101 and D101).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from typing import TypeVar

from kpicheck.dutch.notation import TOO_MUCH_FOR_EUROS, amount, day
from kpicheck.dutch.remembered import remembered
from kpicheck.model import Cell, Field, Gap, Kind, is_excel_error, normalised
from kpicheck.reader.layout import Layout
from kpicheck.reader.stored import Stored

T = TypeVar("T")

_ANY_CASE = re.IGNORECASE | re.DOTALL
_LEAST = -TOO_MUCH_FOR_EUROS
_FIRST_SERIAL, _LAST_SERIAL = Decimal(32_000), Decimal(80_000)  # 1987 to 2119
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


def blank_or_broken(cell: Cell) -> Gap | None:
    """Why a cell has nothing to read, before its contents are looked at."""
    value = cell.value
    if cell.unworkable:
        return Gap.UNCALCULATED
    if value is None:
        return Gap.BLANK
    if not isinstance(value, str):
        return None
    if not value or value.isspace():
        return Gap.BLANK
    return Gap.ERROR if value[0] == "#" and is_excel_error(value) else None


def as_text(value: object) -> str:
    """A stored value as a person would type it."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dt.date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    return str(value).strip()


def text_field(cell: Cell) -> Field[str]:
    """The text of a cell; a number or date as it would be typed."""
    if gap := blank_or_broken(cell):
        return Field(None, gap, cell)
    return Field(as_text(cell.value), None, cell)


def can_be_euros(cell: Cell | Stored) -> bool:
    """Whether a cell holds a number that is an amount: not beyond all money, nor shown as a day."""
    value = cell.value
    if not isinstance(value, Decimal) or not _LEAST < value < TOO_MUCH_FOR_EUROS:
        return False
    return not (cell.dated and _FIRST_SERIAL <= value <= _LAST_SERIAL)


def amount_field(cell: Cell) -> Field[Decimal]:
    """An amount in euro, exact; a dash is zero."""
    value = cell.value
    if isinstance(value, Decimal) and can_be_euros(cell):
        return Field(value, None, cell)
    if gap := blank_or_broken(cell):
        return Field(None, gap, cell)
    if isinstance(value, str) and (found := amount(value)) is not None:
        dash = value.strip().strip("€").strip() in ("-", "–")
        return Field(found, None, cell, from_text=not dash)
    return Field(None, Gap.UNREADABLE, cell)


def total_field(cell: Cell, layout: Layout) -> Field[Decimal]:
    """(totaal)Bedrag; in some layouts behind "ja", which says that the milestone is paid ("Ja, € 10.000")."""
    if not isinstance(cell.value, str) or blank_or_broken(cell):
        return amount_field(cell)
    yes, no = layout.texts("linked", "yes"), layout.texts("linked", "no")
    typed = cell.value.strip()
    if (rest := _behind(yes, typed)) is not None:
        found = amount(rest)
    elif (rest := _behind(no, typed)) is not None:
        found = Decimal(0) if not re.search(r"\d", rest) or amount(rest) == 0 else None
    else:
        return amount_field(cell)
    return Field(found, Gap.UNREADABLE if found is None else None, cell)


def _behind(words: tuple[str, ...], typed: str) -> str | None:
    """What stands behind the first of the words that the text begins with, or None."""
    for word in words:
        found = re.fullmatch(rf"{re.escape(word)}\b[\s,;:.(]*(?:[-–]\s+)?(.*?)[\s)]*", typed, _ANY_CASE)
        if found:
            return found[1]
    return None


def date_field(cell: Cell, serial_day: Callable[[Decimal], dt.date | None]) -> Field[dt.date]:
    """A date: a real one, an Excel serial number that can be one, or a text in Dutch or ISO notation."""
    if gap := blank_or_broken(cell):
        return Field(None, gap, cell)
    value, found, from_text = cell.value, None, False
    if isinstance(value, dt.date):
        found = value
    elif isinstance(value, Decimal):
        found = serial_day(value)
    elif isinstance(value, str):
        found, from_text = day(value), True
    if found is None or not _FIRST_DAY <= found <= _LAST_DAY:
        return Field(None, Gap.UNREADABLE, cell)
    return Field(found, None, cell, from_text=from_text)


def type_field(cell: Cell, layout: Layout) -> Field[Kind]:
    """Inspanning or Resultaat, any case and spacing, one letter wrong at most; both words are neither."""
    if gap := blank_or_broken(cell):
        return Field(None, gap, cell)
    found = kind_of(as_text(cell.value), layout)
    return Field(found, None, cell) if found else Field(None, Gap.UNREADABLE, cell)


def kind_of(text: str, layout: Layout) -> Kind | None:
    """The type a label stands for."""
    return _kinds(layout)(text)


@cache
def _kinds(layout: Layout) -> Callable[[str], Kind | None]:
    return remembered(partial(_kind_of, layout))


def _kind_of(layout: Layout, text: str) -> Kind | None:
    plain = normalised(text).replace(" ", "")
    found = {
        kind
        for kind in Kind
        for word in layout.plain_texts("types", kind.value)
        if within_one_edit(plain, word.replace(" ", ""))
    }
    return found.pop() if len(found) == 1 else None


def within_one_edit(left: str, right: str) -> bool:
    """Equal, or one letter added, missing, wrong, or two neighbours swapped."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    rest_left, rest_right = left[start : len(left) - end], right[start : len(right) - end]
    swapped = len(rest_left) == 2 and rest_left == rest_right[::-1]  # noqa: PLR2004 - two neighbours
    return swapped or max(len(rest_left), len(rest_right)) <= 1
