"""The functions of Excel that plans are added up with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from kpicheck.dutch.sought import Sought
from kpicheck.reader.formula_scope import Scope, places
from kpicheck.reader.formula_tree import Area, Constant, Node, Unworkable
from kpicheck.reader.formula_values import Value, compare, number, rounded, total, truth

Arguments = tuple[Node, ...]
_SUBTOTAL_SUM = (9, 109)
_CRITERION = Sought(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)
_WHOLE = Sought(r"[+-]?[0-9]{1,15}")
_PLAIN_WORDS = Sought(r"[^\W\d][^*?~]*")


def _measured(arguments: Arguments, scope: Scope) -> tuple[list[Decimal], list[date]]:
    """Collect the numbers and the dates; in cells, text, blanks and truth values do not count."""
    numbers: list[Decimal] = []
    days: list[date] = []
    for argument in arguments:
        if isinstance(argument, Area):
            cells = scope.cells(argument)
            here = [value for value in cells if isinstance(value, Decimal)]
            if len(here) < len(cells):
                days += [value for value in cells if isinstance(value, date)]
            numbers += here
        elif isinstance(value := scope.value(argument), date):
            days.append(value)
        else:
            numbers.append(number(value))
    return numbers, days


def _sum(arguments: Arguments, scope: Scope) -> Value:
    numbers, days = _measured(arguments, scope)
    return total([*numbers, *map(number, days)])


def _extreme(pick: Callable[[list[Decimal]], Decimal], pick_day: Callable[[list[date]], date]) -> _Function:
    def work(arguments: Arguments, scope: Scope) -> Value:
        numbers, days = _measured(arguments, scope)
        if days and not numbers:
            return pick_day(days)
        return pick([*numbers, *map(number, days)] or [Decimal(0)])

    return work


def _round(name: str) -> _Function:
    def work(arguments: Arguments, scope: Scope) -> Value:
        value, digits = arguments
        return rounded(name, number(scope.value(value)), number(scope.value(digits)))

    return work


def _if(arguments: Arguments, scope: Scope) -> Value:
    condition, then, *otherwise = arguments
    if truth(scope.value(condition)):
        return scope.value(then)
    return scope.value(otherwise[0]) if otherwise else False


def _if_error(arguments: Arguments, scope: Scope) -> Value:
    attempt, otherwise = arguments
    try:
        return scope.value(attempt)
    except Unworkable as problem:
        if problem.reason != "error":
            raise
    return scope.value(otherwise)


def _abs(arguments: Arguments, scope: Scope) -> Value:
    return abs(number(scope.value(arguments[0])))


def _not(arguments: Arguments, scope: Scope) -> Value:
    return not truth(scope.value(arguments[0]))


def _junction(join: Callable[[list[bool]], bool]) -> _Function:
    def work(arguments: Arguments, scope: Scope) -> Value:
        found: list[bool] = []
        for argument in arguments:
            if isinstance(argument, Area):
                found += [truth(v) for v in scope.cells(argument) if v is not None and not isinstance(v, str)]
            else:
                found.append(truth(scope.value(argument)))
        if not found:
            raise Unworkable(reason="error", detail="#VALUE!")
        return join(found)

    return work


def _tally(counts: Callable[[Value], bool]) -> _Function:
    def work(arguments: Arguments, scope: Scope) -> Value:
        amount = 0
        for argument in arguments:
            if not isinstance(argument, Area):
                raise Unworkable(reason="type", detail="COUNT")
            amount += sum(counts(value) for value in scope.glance(argument))
        return Decimal(amount)

    return work


def _is_blank(arguments: Arguments, scope: Scope) -> Value:
    area = arguments[0]
    if not isinstance(area, Area) or area.size > 1:
        raise Unworkable(reason="reference", detail="ISBLANK")
    return next(scope.glance(area)) is None


def _subtotal(arguments: Arguments, scope: Scope) -> Value:
    kind, *areas = arguments
    code = kind.value if isinstance(kind, Constant) else None
    if code not in _SUBTOTAL_SUM:
        raise Unworkable(reason="function", detail="SUBTOTAL")
    found: list[Decimal] = []
    for area in areas:
        if not isinstance(area, Area):
            raise Unworkable(reason="reference", detail="SUBTOTAL")
        sheet = area.sheet or scope.sheet
        values = (
            scope.cell(sheet, row, column)
            for row, column in places(area)
            if not scope.left_out(int(code), sheet, row + scope.down, column)
        )
        found += [number(value) for value in values if isinstance(value, Decimal | date)]
    return total(found)


def _sum_if(arguments: Arguments, scope: Scope) -> Value:
    judged, criterion, *rest = arguments
    summed = rest[0] if rest else judged
    if not isinstance(judged, Area) or not isinstance(summed, Area):
        raise Unworkable(reason="reference", detail="SUMIF")
    fits = _criterion(scope.value(criterion))
    down, right = summed.top - judged.top, summed.left - judged.left
    found: list[Decimal] = []
    for (row, column), value in zip(places(judged), scope.glance(judged), strict=True):
        if fits(value):
            amount = scope.cell(summed.sheet, row + down, column + right)
            found += [number(amount)] if isinstance(amount, Decimal | date) else []
    return total(found)


def _criterion(wanted: Value) -> Callable[[Value], bool]:
    """Make a test from a number, or from plain words or a whole number behind an optional sign."""
    if isinstance(wanted, Decimal):
        return _measure("=", wanted)
    found = _CRITERION.fullmatch(wanted) if isinstance(wanted, str) else None
    if found is None:
        raise Unworkable(reason="type", detail=f"SUMIF {wanted}"[:80])
    sign, rest = found[1] or "=", found[2]
    if _WHOLE.fullmatch(rest):
        return _measure(sign, Decimal(rest))
    if sign not in {"=", "<>"} or not _PLAIN_WORDS.fullmatch(rest):
        raise Unworkable(reason="function", detail=f"SUMIF {wanted}"[:80])
    return lambda value: compare(value if isinstance(value, str) else "", sign, rest)


def _measure(sign: str, wanted: Decimal) -> Callable[[Value], bool]:
    def fits(value: Value) -> bool:
        if isinstance(value, str) and _WHOLE.fullmatch(value) and sign in {"=", "<>"}:
            value = Decimal(value)
        if isinstance(value, bool | str) or value is None:
            return sign == "<>"
        return compare(value, sign, wanted)

    return fits


_Function = Callable[[Arguments, Scope], Value]

FUNCTIONS: dict[str, tuple[int, int, _Function]] = {
    "SUM": (1, 255, _sum),
    "MIN": (1, 255, _extreme(min, min)),
    "MAX": (1, 255, _extreme(max, max)),
    "ROUND": (2, 2, _round("ROUND")),
    "ROUNDDOWN": (2, 2, _round("ROUNDDOWN")),
    "ROUNDUP": (2, 2, _round("ROUNDUP")),
    "ABS": (1, 1, _abs),
    "IF": (2, 3, _if),
    "IFERROR": (2, 2, _if_error),
    "AND": (1, 255, _junction(all)),
    "OR": (1, 255, _junction(any)),
    "NOT": (1, 1, _not),
    "COUNT": (1, 255, _tally(lambda value: isinstance(value, Decimal | date))),
    "COUNTA": (1, 255, _tally(lambda value: value is not None)),
    "COUNTBLANK": (1, 1, _tally(lambda value: value is None or value == "")),
    "ISBLANK": (1, 1, _is_blank),
    "SUBTOTAL": (2, 255, _subtotal),
    "SUMIF": (2, 3, _sum_if),
}
