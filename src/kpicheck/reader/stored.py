"""What a worksheet's XML says one cell holds: its address, its stored value."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kpicheck.allowance import LAST_COLUMN, LAST_ROW
from kpicheck.model import Value
from kpicheck.reader.places import Place, column_number
from kpicheck.reader.refusal import Unreadable

__all__ = ["Stored", "Unreadable", "day_or_text", "number", "place_of", "truth"]

TRUE = ("1", "true")
UNKNOWN_FORMULA = "=?"
INDEX = re.compile(r"\s*\+?[0-9]{1,9}\s*", re.ASCII)

_REF = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,6})?\s*")
_EXCEL_DIGITS = 15
_LONGEST_NUMBER = 400
_LARGEST_POWER = 308
_WHOLE = Decimal(10) ** _EXCEL_DIGITS


@dataclass(slots=True)
class Stored:
    """What the file keeps for one cell; not to be changed, because cells that hold the same may share it."""

    value: Value
    formula: str | None = None
    dated: bool = False
    has_result: bool = True


def place_of(ref: str) -> Place:
    """Row and column of an address such as B7. Raises Unreadable."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise Unreadable("address")
    row, column = int(found[2]), column_number(found[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise Unreadable("address")
    return row, column


@lru_cache(maxsize=4096)
def number(raw: str) -> Decimal:
    """A stored number as Excel shows it: 15 significant digits, without binary noise. Raises Unreadable."""
    if len(raw) > _LONGEST_NUMBER or not _NUMBER.fullmatch(raw):
        raise Unreadable("number")
    exact = Decimal(raw.strip())
    if exact.adjusted() > _LARGEST_POWER:
        raise Unreadable("number")
    if not exact or exact.adjusted() < -_LARGEST_POWER:
        return Decimal(0)
    if len(exact.as_tuple().digits) > _EXCEL_DIGITS:
        exact = Decimal(f"{exact:.{_EXCEL_DIGITS - 1}e}")
    plain = exact.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() and abs(plain) < _WHOLE else plain


def truth(raw: str) -> bool:
    """A stored truth value. Raises Unreadable."""
    told = raw.strip().lower()
    if told not in (*TRUE, "0", "false"):
        raise Unreadable("truth")
    return told in TRUE


def day_or_text(raw: str) -> dt.date | str:
    """A day in ISO notation; what is none is judged as the text it is."""
    try:
        return dt.date.fromisoformat(raw[:10])
    except ValueError:
        return raw
