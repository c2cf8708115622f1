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
def parsed(formula: str) -> tuple[Node, int]:
    """Read a formula, as `parse` does; with how many rows further down it stands. Raises Unworkable."""
    written, row = _in_row_one(formula)
    if row:
        try:
            return _plain(written), row - 1
        except Unworkable:
            pass
    return parse(formula), 0


@lru_cache(maxsize=512)
def _plain(formula: str) -> Node:
    """A formula in row 1, in which a place is nothing else. Raises Unworkable."""
    if plain_tokens(formula) is None:
        raise Unworkable("syntax")
    node = parse(formula)
    if not _in_first_row(node):
        raise Unworkable("reference")
    return node


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


def _in_first_row(node: Node) -> bool:
    """Whether all cells it names stand in row 1."""
    if isinstance(node, Area):
        return node.top == node.bottom == 1
    if isinstance(node, Call):
        return all(map(_in_first_row, node.arguments))
    if isinstance(node, Chain):
        return _in_first_row(node.first) and all(_in_first_row(one) for _, one in node.rest)
    return _in_first_row(node.operand) if isinstance(node, Signed | Percent) else True
