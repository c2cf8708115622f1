"""SUBTOTAL as Excel works it out: subtotals within it and hidden rows do not count twice, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicheck.model import Value
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import Stored
from kpicheck.reader.stored_rows import StoredRows
from kpicheck.reader.workbook import Book

TWO = {1: Decimal(6000), 2: Decimal(4000)}


def given(total: str, third: str | None = None, *, hidden: bool = False, stored: bool = True) -> Value:
    """What the formula in row 4 gives, under two amounts and a formula in row 3; row 2 may be hidden."""
    cells = {(row, 1): Stored(amount) for row, amount in TWO.items()}
    if third is not None:
        cells[3, 1] = Stored(Decimal(10000) if stored else None, third, has_result=stored)
    cells[4, 1] = Stored(None, total, has_result=False)
    sheet = Sheet("Blad", stored=StoredRows(cells), hidden_rows={2} if hidden else set())
    cell = Book([sheet], mac_dates=False).cell(sheet, 4, 1)
    assert bool(cell.unworkable) is (cell.given is None)
    return cell.given


@pytest.mark.parametrize("function", [9, 109])
@pytest.mark.parametrize("stored", [True, False])
def test_subtotals_within_a_subtotal_do_not_count(function: int, *, stored: bool) -> None:
    total = f"=SUBTOTAL({function},A1:A3)"
    assert given(total, "=SUBTOTAL(9,A1:A2)", stored=stored) == 10000
    assert given(total, "=subtotaal(109;A1:A2)", stored=True) == 10000
    assert given(total, "=SUM(A1:A2)", stored=stored) == 20000


def test_a_formula_with_more_than_a_subtotal_is_not_guessed() -> None:
    assert given("=SUBTOTAL(9,A1:A3)", "=SUBTOTAL(9,A1:A2)+0") is None
    assert given("=SUBTOTAL(9,A1:A3)", "=?") is None


def test_hidden_rows() -> None:
    assert given("=SUBTOTAL(109,A1:A2)", hidden=True) == 6000
    assert given("=SUBTOTAL(9,A1:A2)", hidden=True) is None, "a filter hides rows too, and those do not count"
    assert given("=SUBTOTAL(9,A1:A1)", hidden=True) == 6000
    assert given("=SUM(A1:A2)", hidden=True) == 10000
