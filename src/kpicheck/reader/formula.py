"""What a formula gives, for files in which nothing has calculated it yet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpicheck.reader.formula_functions import FUNCTIONS
from kpicheck.reader.formula_rows import parsed
from kpicheck.reader.formula_scope import Scope
from kpicheck.reader.formula_tree import Area, Call, Chain, Constant, Fault, Node, Percent, Unworkable
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
    *,
    row: int = 0,
) -> Value:
    """Work out a formula, with or without its equals sign, that stands in that row. Raises Unworkable.

    `lookup(sheet, row, column)` gives a cell: None where it is blank, an error as its text.
    `left_out(function, sheet, row, column)` says whether a SUBTOTAL with that function number skips a cell
    (hidden rows, other subtotals).
    """
    node, down = parsed(formula, row)
    value = _work(node, Scope(sheet, lookup, left_out, _work, down))
    if value is None:
        return Decimal(0)
    return shown(value) if isinstance(value, Decimal) else value


def _work(node: Node, scope: Scope) -> Value:
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Area):
        if node.size > 1:
            raise Unworkable(reason="reference", detail="range")
        return scope.cell(node.sheet, node.top, node.left)
    if isinstance(node, Call):
        return _call(node, scope)
    if isinstance(node, Chain):
        value = _work(node.first, scope)
        for sign, operand in node.rest:
            value = combine(value, sign, _work(operand, scope))
        return value
    if isinstance(node, Fault):
        raise Unworkable(reason="error", detail=node.code)
    value = number(_work(node.operand, scope))
    if isinstance(node, Percent):
        return percent(value, node.signs)
    return calculate(value, "*", Decimal(-1) ** node.minuses)


def _call(node: Call, scope: Scope) -> Value:
    if node.name not in FUNCTIONS:
        raise Unworkable(reason="function", detail=node.name[:80])
    fewest, most, work = FUNCTIONS[node.name]
    if not fewest <= len(node.arguments) <= most:
        raise Unworkable(reason="syntax", detail=node.name)
    return work(node.arguments, scope)
