"""How Excel reckons with values: numbers to 15 figures, text in any case, blanks as nothing."""

from __future__ import annotations

import operator
import re
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from functools import reduce
from typing import TYPE_CHECKING, Any

from kpicheck.allowance import LONGEST_TEXT
from kpicheck.reader.formula_tree import Unworkable

if TYPE_CHECKING:
    from collections.abc import Callable

Value = Decimal | str | bool | date | None

EXCEL = Context(prec=28, Emin=-400, Emax=308, traps=[InvalidOperation, DivisionByZero, Overflow])
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
_COMPARED = Context(prec=12, rounding=ROUND_HALF_UP)
_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_WRITTEN_OUT = Decimal(10) ** 15
_MOST_PLACES = 30
_ERROR = re.compile(r"#(?:[A-Z][A-Z0-9/_]*[!?]|N/[A-Z]+|GETTING_DATA)", re.IGNORECASE)
_DAY = Decimal(86_400)
_Place = tuple[int, Decimal, str]
_COMPARISON: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_ARITHMETIC = {
    "+": EXCEL.add,
    "-": EXCEL.subtract,
    "*": EXCEL.multiply,
    "/": EXCEL.divide,
    "^": EXCEL.power,
}
_ROUNDING = {"ROUND": ROUND_HALF_UP, "ROUNDDOWN": ROUND_DOWN, "ROUNDUP": ROUND_UP}


def is_error(value: Value) -> bool:
    """Say whether a value is an Excel error, such as #REF! or #VERW!."""
    return isinstance(value, str) and value.startswith("#") and _ERROR.fullmatch(value) is not None


def shown(value: Decimal) -> Decimal:
    """Keep the 15 figures Excel keeps."""
    return _SHOWN.plus(value)


def number(value: Value) -> Decimal:
    """Take a value as an operand of arithmetic. Raises Unworkable for text and dates."""
    if isinstance(value, Decimal):
        return value
    if value is None:
        return _ZERO
    if isinstance(value, bool):
        return Decimal(value)
    raise Unworkable(reason="type", detail=str(value)[:80])


def truth(value: Value) -> bool:
    """Take a value as a condition. Raises Unworkable for text."""
    return True if isinstance(value, date) else bool(number(value))


def text(value: Value) -> str:
    """Take a value as a piece of text. Raises Unworkable where Excel's language would tell in it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Decimal):
        figure = shown(value)
        if abs(figure) < _WRITTEN_OUT and figure == figure.to_integral_value():
            return str(int(figure))
    raise Unworkable(reason="type", detail=str(value)[:80])


def combine(left: Value, sign: str, right: Value) -> Value:
    """Work out one operator. Raises Unworkable."""
    if sign == "&":
        joined = text(left) + text(right)
        if len(joined) > LONGEST_TEXT:
            raise Unworkable(reason="error", detail="#VALUE!")
        return joined
    if sign in _COMPARISON:
        return compare(left, sign, right)
    return calculate(number(left), sign, number(right))


def calculate(left: Decimal, sign: str, right: Decimal) -> Decimal:
    """Work out plus, minus, times, divided by or power. Raises Unworkable where Excel shows an error."""
    if (sign == "/" and not right) or (sign == "^" and not left and right < 0):
        raise Unworkable(reason="error", detail="#DIV/0!")
    try:
        return _ARITHMETIC[sign](left, right)
    except DecimalException:
        raise Unworkable(reason="error", detail="#NUM!") from None


def total(values: list[Decimal]) -> Decimal:
    """Add up. Raises Unworkable where the sum is beyond Excel."""
    try:
        return reduce(EXCEL.add, values, _ZERO)
    except DecimalException:
        raise Unworkable(reason="error", detail="#NUM!") from None


def percent(value: Decimal, signs: int) -> Decimal:
    """Divide by a hundred, once for every sign."""
    for _ in range(signs):
        value = calculate(value, "/", _HUNDRED)
    return value


def compare(left: Value, sign: str, right: Value) -> bool:
    """Compare in Excel's order: numbers, text, truth values. Raises Unworkable for a date and a number."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        if left == right:
            return "=" in sign
        return _COMPARISON[sign](_COMPARED.plus(left), _COMPARED.plus(right))
    kinds = {type(left), type(right)}
    if Decimal in kinds and kinds & {date, datetime}:
        raise Unworkable(reason="type", detail=f"{left} {sign} {right}"[:80])
    before, after = _key(left, right), _key(right, left)
    return _COMPARISON[sign](before, after)


def rounded(name: str, value: Decimal, places: Decimal) -> Decimal:
    """Round half away from zero, down or up, by the English name of the function. Raises Unworkable."""
    figure = shown(value)
    digits = int(places)
    if digits < -_MOST_PLACES:
        raise Unworkable(reason="type", detail=f"{name} {places}"[:80])
    if int(figure.as_tuple().exponent) >= -digits:
        return figure
    return figure.quantize(Decimal(1).scaleb(-digits), rounding=_ROUNDING[name])


def _key(value: Value, other: Value) -> _Place:
    """Place a value in Excel's order; a blank takes the kind of what it stands beside.

    Numbers were read to 15 figures: with three fewer, three thirds are a whole again, as they are in Excel.
    """
    match value:
        case bool():
            return 2, Decimal(value), ""
        case str():
            return 1, _ZERO, value.casefold()
        case Decimal():
            return 0, _COMPARED.plus(value), ""
        case date():
            return 0, _moment(value), ""
        case _:
            return {str: 1, bool: 2}.get(type(other), 0), _ZERO, ""


def _moment(day: date) -> Decimal:
    hours = day - datetime.combine(day, time()) if isinstance(day, datetime) else timedelta()
    return Decimal(day.toordinal()) + Decimal(hours.seconds) / _DAY
