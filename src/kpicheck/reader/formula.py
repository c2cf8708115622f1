"""What a formula gives, for files in which nothing has calculated it yet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kpicheck.reader.formula_functions import FUNCTIONS
from kpicheck.reader.formula_rows import parsed
from kpicheck.reader.formula_scope import Scope
from kpicheck.reader.formula_tree import Area, Call, Chain, Constant, Fault, Node, Percent, Signed, Unworkable
from kpicheck.reader.formula_values import Value, calculate, combine, number, percent, shown

__all__ = ["Unworkable", "Value", "evaluate"]


def _nothing_left_out(_function: int, _sheet: str, _row: int, _column: int) -> bool:
    return False


def evaluate(  # noqa: PLR0913 - how a formula reaches cells is plain functions
    formula: str,
    sheet: str,
    lookup: Callable[[str, int, int], Value],
    left_out: Callable[[int, str, int, int], bool] = _nothing_left_out,
    *,
    row: int = 0,
    block: Callable[[str, range, range], list[Value]] | None = None,
) -> Value:
    """Work out a formula, with or without its equals sign, that stands in that row. Raises Unworkable.

    `lookup(sheet, row, column)` gives a cell: None where it is blank, an error as its text.
    `left_out(function, sheet, row, column)` says whether a SUBTOTAL with that function number skips a cell
    (hidden rows, other subtotals).
    `block(sheet, rows, columns)` gives many cells at once; it raises Unworkable where one holds an error.
    """
    node, down = parsed(formula, row)
    value = _work(node, Scope(sheet, lookup, left_out, _work, down, block))
    if value is None:
        return Decimal(0)
    return shown(value) if isinstance(value, Decimal) else value


def _work(node: Node, scope: Scope) -> Value:
    return _BY_KIND[type(node)](node, scope)


def _constant(node: Constant, _scope: Scope) -> Value:
    return node.value


def _area(node: Area, scope: Scope) -> Value:
    if node.size > 1:
        raise Unworkable(reason="reference", detail="range")
    return scope.cell(node.sheet, node.top, node.left)


def _call(node: Call, scope: Scope) -> Value:
    if node.name not in FUNCTIONS:
        raise Unworkable(reason="function", detail=node.name[:80])
    fewest, most, work = FUNCTIONS[node.name]
    if not fewest <= len(node.arguments) <= most:
        raise Unworkable(reason="syntax", detail=node.name)
    return work(node.arguments, scope)


def _chain(node: Chain, scope: Scope) -> Value:
    value = _work(node.first, scope)
    for sign, operand in node.rest:
        value = combine(value, sign, _work(operand, scope))
    return value


def _fault(node: Fault, _scope: Scope) -> Value:
    raise Unworkable(reason="error", detail=node.code)


def _percent(node: Percent, scope: Scope) -> Value:
    return percent(number(_work(node.operand, scope)), node.signs)


def _signed(node: Signed, scope: Scope) -> Value:
    return calculate(number(_work(node.operand, scope)), "*", Decimal(-1) ** node.minuses)


_BY_KIND: dict[type[Node], Callable[[Any, Scope], Value]] = {
    Constant: _constant,
    Area: _area,
    Call: _call,
    Chain: _chain,
    Fault: _fault,
    Percent: _percent,
    Signed: _signed,
}
