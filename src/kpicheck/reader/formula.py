"""What a formula gives, for files in which nothing has calculated it yet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpicheck.reader.formula_functions import FUNCTIONS
from kpicheck.reader.formula_parser import parse
from kpicheck.reader.formula_scope import Scope
from kpicheck.reader.formula_tree import Area, Call, Chain, Constant, Fault, Node, Percent, Signed, Unworkable
from kpicheck.reader.formula_values import Value, calculate, combine, number, percent, shown

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Unworkable", "Value", "evaluate"]


def _nothing_left_out(_function: int, _sheet: str, _row: int, _column: int) -> bool:
    return False


def evaluate(
    formula: str,
    sheet: str,
    lookup: Callable[[str, int, int], Value],
    left_out: Callable[[int, str, int, int], bool] = _nothing_left_out,
) -> Value:
    """Work out a formula, with or without its equals sign. Raises Unworkable.

    `lookup(sheet, row, column)` gives a cell: None where it is blank, an error as its text.
    `left_out(function, sheet, row, column)` says whether a SUBTOTAL with that function number skips a cell
    (hidden rows, other subtotals).
    """
    value = _work(parse(formula), Scope(sheet, lookup, left_out, _work))
    if value is None:
        return Decimal(0)
    return shown(value) if isinstance(value, Decimal) else value


def _work(node: Node, scope: Scope) -> Value:
    match node:
        case Constant(value):
            return value
        case Area() if node.size == 1:
            return scope.cell(node.sheet, node.top, node.left)
        case Chain(first, rest):
            return _work_chain(_work(first, scope), rest, scope)
        case Signed(minuses, operand):
            return calculate(number(_work(operand, scope)), "*", Decimal(-1) ** minuses)
        case Percent(signs, operand):
            return percent(number(_work(operand, scope)), signs)
        case Call(name, arguments):
            return _call(name, arguments, scope)
        case Fault(code):
            raise Unworkable(reason="error", detail=code)
        case _:
            raise Unworkable(reason="reference", detail="range")


def _work_chain(value: Value, rest: tuple[tuple[str, Node], ...], scope: Scope) -> Value:
    for sign, operand in rest:
        value = combine(value, sign, _work(operand, scope))
    return value


def _call(name: str, arguments: tuple[Node, ...], scope: Scope) -> Value:
    if name not in FUNCTIONS:
        raise Unworkable(reason="function", detail=name[:80])
    fewest, most, work = FUNCTIONS[name]
    if not fewest <= len(arguments) <= most:
        raise Unworkable(reason="syntax", detail=name)
    return work(arguments, scope)
