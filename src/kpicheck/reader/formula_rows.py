"""The formulas of a column differ only in their row: one of them is read, the others are it, further down."""

from __future__ import annotations

import re
from functools import lru_cache

from kpicheck.reader.formula_parser import MAX_ROW, parse
from kpicheck.reader.formula_tokens import plain_tokens
from kpicheck.reader.formula_tree import Area, Call, Chain, Node, Percent, Signed, Unworkable

_LONGEST = 500
_MOST_KNOWN = 256
_MOST_AS_THEY_STAND = 2_048
_ROW = "\0"  # where a row stands in what formulas have in common
_OTHERWISE = re.compile(r"[$'!\[{\0]")
_PLACE = re.compile(r"(?<![\w.])([A-Z]{1,3})([1-9][0-9]{0,6})(?![\w.(])")


_known: dict[tuple[str, str], tuple[str, Node]] = {}  # by what stands before and behind all rows
_as_they_stand: dict[str, Node] = {}  # what shares nothing with the formula above it


def parsed(formula: str, row: int = 0) -> tuple[Node, int]:
    """Read a formula, as `parse` does; with how many rows further down it stands. Raises Unworkable.

    The `row` that it stands in finds what it has in common with the formula above it sooner.
    """
    digits = str(row)
    ends = formula.partition(digits)[0], formula.rpartition(digits)[2]
    known = _known.get(ends) if row else None
    if known and known[0].replace(_ROW, digits) == formula:
        return known[1], row - 1
    if formula in _as_they_stand:
        return _as_they_stand[formula], 0
    written, there = _without_row(formula)
    if not there:
        return _as_it_stands(formula), 0
    try:
        node = _plain(written)
    except Unworkable:
        return _as_it_stands(formula), 0
    if there == row:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[ends] = written, node
    return node, there - 1


def _as_it_stands(formula: str) -> Node:
    node = parse(formula)
    if len(_as_they_stand) >= _MOST_AS_THEY_STAND:
        _as_they_stand.clear()
    _as_they_stand[formula] = node
    return node


@lru_cache(maxsize=512)
def _plain(written: str) -> Node:
    """A formula as it stands in row 1, in which a place is nothing else. Raises Unworkable."""
    formula = written.replace(_ROW, "1")
    if plain_tokens(formula) is None:
        raise Unworkable("syntax")
    node = parse(formula)
    if not _in_first_row(node):
        raise Unworkable("reference")
    return node


def _without_row(formula: str) -> tuple[str, int]:
    """The formula with its row left out, and that row; 0 where it names more rows than one."""
    if len(formula) > _LONGEST or not formula.startswith("=") or _OTHERWISE.search(formula):
        return "", 0
    pieces = formula.split('"')
    rows = {row for piece in pieces[::2] for _, row in _PLACE.findall(piece)}
    row = int(rows.pop()) if len(rows) == 1 else 0
    if not 1 <= row <= MAX_ROW:
        return "", 0
    pieces[::2] = [_PLACE.sub(rf"\g<1>{_ROW}", piece) for piece in pieces[::2]]
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
