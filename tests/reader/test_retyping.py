"""Cells typed anew: the formulas that hang on them follow as in Excel, all else stays as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kpicheck.model import Typed, Value
from kpicheck.reader.retyping import retyped
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import Stored
from kpicheck.reader.stored_rows import StoredRows
from kpicheck.reader.workbook import Book

Cells = dict[str, str | int | tuple[str, int | None]]


def book(**sheets: Cells) -> Book:
    """Sheets of cells: a value, or a formula with its stored result (None where it was never worked out)."""
    made = []
    for name, cells in sheets.items():
        stored = {}
        for ref, said in cells.items():
            if isinstance(said, tuple):
                formula, result = said
                value = None if result is None else Decimal(result)
                stored[_place(ref)] = Stored(value, formula, has_result=result is not None)
            else:
                stored[_place(ref)] = Stored(Decimal(said) if isinstance(said, int) else said)
        made.append(Sheet(name, stored=StoredRows(stored)))
    return Book(made, mac_dates=False)


def _place(ref: str) -> tuple[int, int]:
    return int(ref[1:]), ord(ref[0]) - ord("A") + 1


def type_in(known: Book, ref: str, value: Value, sheet: str = "Blad") -> Book:
    row, column = _place(ref)
    return retyped(known, [Typed(sheet=sheet, row=row, column=column, value=value)])


def value(known: Book, ref: str, sheet: str = "Blad") -> Value:
    found = next(one for one in known.sheets if one.name == sheet)
    return known.cell(found, *_place(ref)).value


def test_a_formula_follows_and_so_does_what_hangs_on_it() -> None:
    known = book(Blad={"A1": 1, "A2": 2, "A3": ("=SUM(A1:A2)", 3), "A4": ("=A3*2", 6), "B1": ("=B2", 0)})
    after = type_in(known, "A1", Decimal(10))
    assert [value(after, ref) for ref in ("A3", "A4")] == [12, 24]
    assert value(known, "A3") == 3


def test_a_formula_on_another_sheet_follows() -> None:
    known = book(Blad={"A1": 1}, Ander={"A1": ("=Blad!A1+1", 2), "A2": ("=BLAD!$A$1", 1)})
    after = type_in(known, "A1", Decimal(10))
    assert [value(after, ref, "Ander") for ref in ("A1", "A2")] == [11, 10]


def test_a_long_chain_follows() -> None:
    cells: Cells = {"A1": 1}
    cells |= {f"A{row}": (f"=A{row - 1}+1", row) for row in range(2, 1500)}
    after = type_in(book(Blad=cells), "A1", Decimal(1001))
    assert value(after, "A1499") == 2499


def test_what_does_not_hang_on_it_stays_even_where_it_was_out_of_date() -> None:
    known = book(Blad={"A1": 1, "B1": 5, "B2": ("=B1*2", 99)})
    assert value(type_in(known, "A1", Decimal(2)), "B2") == 99


def test_a_result_that_was_out_of_date_follows_when_it_hangs_on_the_cell() -> None:
    known = book(Blad={"A1": 1, "A2": ("=A1*2", 99)})
    assert value(type_in(known, "A1", Decimal(2)), "A2") == 4


def test_text_amounts_are_left_out_of_a_sum_as_excel_does() -> None:
    known = book(Blad={"A1": 1, "A2": "€ 1.000", "A3": ("=SUM(A1:A2)", 1)})
    assert value(type_in(known, "A1", Decimal(2)), "A3") == 2


def test_a_formula_that_was_never_worked_out_is_worked_out_as_before() -> None:
    known = book(Blad={"A1": 1, "A2": ("=A1+1", None), "A3": ("=A2+1", 3)})
    after = type_in(known, "A1", Decimal(10))
    assert [value(after, ref) for ref in ("A2", "A3")] == [11, 12]


@pytest.mark.parametrize(
    "formula", ["=VLOOKUP(A1,B:C,2)", "=Naam*2", "=Tabel1[Bedrag]", "=?", "=[1]Blad!A1", "=SUM(A1:A2"]
)
def test_what_cannot_be_worked_out_has_no_result_any_more(formula: str) -> None:
    after = type_in(book(Blad={"A1": 1, "A3": (formula, 3), "A4": ("=A3+1", 4)}), "A1", Decimal(2))
    for ref in ("A3", "A4"):
        cell = after.cell(after.sheets[0], *_place(ref))
        assert cell.uncalculated
        assert cell.value is None


def test_several_formulas_that_cannot_be_read_do_not_stop_the_others() -> None:
    cells: Cells = {"A1": 1, "A2": ("=Naam", 3), "A3": ("=Andere", 3), "A4": ("=A1+1", 2)}
    after = type_in(book(Blad=cells), "A1", Decimal(5))
    assert value(after, "A4") == 6


def test_a_circle_has_no_result_any_more() -> None:
    known = book(Blad={"A1": 1, "A2": ("=A1+A3", 3), "A3": ("=A2", 3)})
    after = type_in(known, "A1", Decimal(5))
    assert after.cell(after.sheets[0], 2, 1).value is None


def test_sumif_adds_as_many_cells_as_it_compares() -> None:
    cells: Cells = {"A1": "ja", "A2": "ja", "B1": 1, "B2": 2, "C1": ('=SUMIF(A1:A2,"ja",B1)', 3)}
    assert value(type_in(book(Blad=cells), "B2", Decimal(20)), "C1") == 21


def test_typing_over_a_formula_leaves_no_formula() -> None:
    known = book(Blad={"A1": 1, "A2": ("=A1", 1), "A3": ("=A2", 1)})
    after = type_in(known, "A2", Decimal(7))
    assert after.cell(after.sheets[0], 2, 1).formula is None
    assert value(after, "A3") == 7


def test_a_cell_where_nothing_stood_and_one_that_is_left_blank() -> None:
    known = book(Blad={"A1": 1, "A2": ("=SUM(A1:D1)", 1)})
    assert value(type_in(known, "D1", Decimal(4)), "A2") == 5
    after = type_in(known, "A1", None)
    assert (value(after, "A1"), value(after, "A2")) == (None, 0)
    assert after.columns_in(type_in(known, "D1", Decimal(4)).sheets[0], 1) == [1, 4]


def test_a_date_is_stored_as_a_date() -> None:
    after = type_in(book(Blad={"A1": 1}), "A1", dt.date(2027, 12, 31))
    cell = after.cell(after.sheets[0], 1, 1)
    assert (cell.value, cell.dated) == (dt.date(2027, 12, 31), True)
