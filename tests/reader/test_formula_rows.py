"""Formulas of one column are read once: what is known of the one above must never change what is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicheck.reader.formula_parser import parse
from kpicheck.reader.formula_rows import parsed
from kpicheck.reader.formula_tree import Area, Call, Chain, Node, Percent, Signed, Unworkable

FORMULAS = (
    "=SUM(I{0}:L{0})",
    "=F{0}",
    "=F{0}+G{0}*10",
    '=IF(F{0}=SUM(I{0}:L{0}),"Bedragen komen overeen","KPI {0} klopt niet, zie B{0}")',
    "=IF(F{0}>{0},{0},F{0}%)",
    "=SUM(I{0}:L1{0})",
    "=SUM(I$2:L{0})",
    "=-F{0}",
    "=A{0}B{0}",
    "=SUM(I{0}:L{0}",
    "=LOG10(F{0})",
    "=F{0}.5",
    "=F0{0}",
)


def moved(node: Node, down: int) -> Node:
    """The same, that many rows further down."""
    if isinstance(node, Area):
        return node._replace(top=node.top + down, bottom=node.bottom + down)
    if isinstance(node, Call):
        return node._replace(arguments=tuple(moved(one, down) for one in node.arguments))
    if isinstance(node, Chain):
        rest = tuple((sign, moved(one, down)) for sign, one in node.rest)
        return node._replace(first=moved(node.first, down), rest=rest)
    if isinstance(node, Signed | Percent):
        return node._replace(operand=moved(node.operand, down))
    return node


def afresh(formula: str) -> Node | str:
    try:
        return parse(formula)
    except Unworkable as error:
        return error.reason


def as_known(formula: str, row: int) -> Node | str:
    try:
        return moved(*parsed(formula, row))
    except Unworkable as error:
        return error.reason


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("standing_in", [0, 1], ids=["its own row", "another row"])
def test_row_after_row(formula: str, standing_in: int) -> None:
    for row in (2, 3, 9, 10, 11, 99, 100, 12345, 1_048_575, 5, 0):
        typed = formula.format(row)
        assert as_known(typed, row + standing_in) == afresh(typed), typed


def test_what_is_known_of_one_formula_is_not_taken_for_another_with_the_same_ends() -> None:
    assert as_known("=SUM(I5:L5)", 5) == afresh("=SUM(I5:L5)")
    for typed, row in (("=SUM(I5,L5)", 5), ("=SUM(I6:M6)", 6), ("=SUM(I6:L7)", 6), ("=SUM(I0:L0)", 0)):
        assert as_known(typed, row) == afresh(typed), typed


PLACE = st.builds(
    "{}{}".format, st.sampled_from(("A", "F", "AB", "XFD", "XFE", "ZZZ")), st.integers(1, 1_048_600)
)
PLACES = st.lists(st.one_of(PLACE, st.builds("{}:{}".format, PLACE, PLACE)), min_size=1, max_size=4)


@given(PLACES)
@example(["F3:F17"])
@example(["F2", "F20", "F38"])
@example(["A1:A60000", "B1:B60000"])
@example(["L4:I2"])
def test_a_plain_sum_is_read_as_any_other_formula_is(places: list[str]) -> None:
    """With spaces in it a formula is read token by token."""
    assert tree(f"=SUM({','.join(places)})") == tree(f"=SUM( {' , '.join(places)} )")


def test_a_sum_that_is_too_long_is_read_by_neither() -> None:
    assert tree(f"=SUM({','.join(['F2'] * 3_000)})") == ("syntax", "length")


def tree(formula: str) -> Node | tuple[str, str]:
    try:
        return parse(formula)
    except Unworkable as error:
        return error.reason, error.detail
