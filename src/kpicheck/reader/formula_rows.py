"""The formulas of a column differ only in their row: one of them is read, the others are it, further down."""

from __future__ import annotations

import re
from functools import lru_cache

from kpicheck.reader.formula_parser import MAX_ROW, parse
from kpicheck.reader.formula_tokens import plain_tokens
from kpicheck.reader.formula_tree import Area, Call, Chain, Node, Percent, Signed, Unworkable

_LONGEST = 500
_OTHERWISE = re.compile(r"[$'!\[{]")
_PLACE = re.compile(r"(?<![\w.])([A-Z]{1,3})([1-9][0-9]{0,6})(?![\w.(])")


@lru_cache(maxsize=2_048)
def parsed(formula: str) -> Node:
    """Read a formula, as `parse` does. Raises Unworkable."""
    written, row = _in_row_one(formula)
    if row:
        try:
            return _in_row(_plain(written), row)
        except Unworkable:
            pass
    return parse(formula)


@lru_cache(maxsize=512)
def _plain(formula: str) -> Node:
    """A formula in which a place is nothing else. Raises Unworkable."""
    if plain_tokens(formula) is None:
        raise Unworkable("syntax")
    return parse(formula)


def _in_row_one(formula: str) -> tuple[str, int]:
    """The formula as it would stand in row 1, and its row; 0 where it names more rows than its own."""
    if len(formula) > _LONGEST or not formula.startswith("=") or _OTHERWISE.search(formula):
        return "", 0
    pieces = formula.split('"')
    rows = {row for piece in pieces[::2] for _, row in _PLACE.findall(piece)}
    row = int(rows.pop()) if len(rows) == 1 else 0
    if not 1 <= row <= MAX_ROW:
        return "", 0
    pieces[::2] = [_PLACE.sub(r"\g<1>1", piece) for piece in pieces[::2]]
    return '"'.join(pieces), row


def _in_row(node: Node, row: int) -> Node:
    """What was read in row 1, in another row. Raises Unworkable where it names other rows after all."""
    if isinstance(node, Area):
        if node.top != 1 or node.bottom != 1:
            raise Unworkable("reference")
        return Area(node.sheet, row, node.left, row, node.right)
    if isinstance(node, Call):
        return Call(node.name, tuple([_in_row(one, row) for one in node.arguments]))
    if isinstance(node, Chain):
        return Chain(_in_row(node.first, row), tuple([(sign, _in_row(one, row)) for sign, one in node.rest]))
    if isinstance(node, Signed):
        return Signed(node.minuses, _in_row(node.operand, row))
    if isinstance(node, Percent):
        return Percent(node.signs, _in_row(node.operand, row))
    return node
