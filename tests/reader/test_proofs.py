"""Stored results are proven: formulas that ask for the same block of cells get it once, others their own."""

from __future__ import annotations

from decimal import Decimal

from kpicheck.model import Value
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import Stored
from kpicheck.reader.stored_rows import StoredRows
from kpicheck.reader.workbook import Book

AGREE = '=IF(A{0}=SUM(C{0}:E{0}),"eens","oneens")'


def row(number: int, *amounts: Value) -> dict[tuple[int, int], Stored]:
    """A total, its control cell and what they add up, as Excel stores them."""
    cells = {(number, 3 + nth): Stored(one) for nth, one in enumerate(amounts) if one is not None}
    cells[number, 1] = Stored(Decimal(9), f"=SUM(C{number}:E{number})")
    cells[number, 2] = Stored("eens", AGREE.format(number))
    return cells


def proven(*sheets: Sheet) -> list[list[Value]]:
    """What the formulas of the first two columns give, row by row."""
    book = Book(list(sheets), mac_dates=False)
    return [
        [cell.given for cell in book.cells(sheet, number, (1, 2))]
        for sheet in sheets
        for number in sheet.used_rows
    ]


def test_each_row_is_proven_by_its_own_cells() -> None:
    rows = row(1, Decimal(4), Decimal(5)) | row(2, Decimal(4), None, Decimal(1)) | row(3)
    assert proven(Sheet("Blad", stored=StoredRows(rows))) == [[9, "eens"], [5, "oneens"], [0, "oneens"]]


def test_the_same_block_of_another_sheet_is_another_block() -> None:
    one = Sheet("Een", stored=StoredRows(row(1, Decimal(4), Decimal(5))))
    other = Sheet("Ander", stored=StoredRows(row(1, Decimal(1), Decimal(2))))
    assert proven(one, other) == [[9, "eens"], [3, "oneens"]]


def test_a_block_with_an_error_is_refused_every_time() -> None:
    rows = row(1, Decimal(4), Decimal(5)) | row(2, Decimal(4), "#VERW!")
    assert proven(Sheet("Blad", stored=StoredRows(rows))) == [[9, "eens"], [None, None]]


def test_rows_with_nothing_in_them_are_part_of_a_block() -> None:
    cells = {(1, 1): Stored(Decimal(2)), (4, 1): Stored(Decimal(3))}
    cells[6, 1] = Stored(Decimal(5), "=SUM(A1:A5)")
    assert proven(Sheet("Blad", stored=StoredRows(cells)))[-1] == [5, None]


def test_a_cell_that_changed_is_looked_at_again() -> None:
    """So a plan is judged as it would be after a change: formulas are worked out again one by one."""
    sheet = Sheet("Blad", stored=StoredRows(row(1, Decimal(4), Decimal(5))))
    book = Book([sheet], mac_dates=False)
    assert book.cell(sheet, 1, 1).given == 9
    sheet.stored[1, 3].value = Decimal(1)
    assert book.cell(sheet, 1, 2).given == "oneens"
