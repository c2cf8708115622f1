"""Amounts and dates that are text, and can be read in one way only (T108)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kpicheck.model import Cell, Payment, Plan, row_shares
from kpicheck.reader.workbook import Book
from kpicheck.repair.change import Left, Proposals, Repair, Target, change, left, target
from kpicheck.writer.cells import Number

RULE = "T108"


def values_as_text(book: Book, plan: Plan, findings: Collection[Target]) -> Proposals:
    """A number or a date for each text that is found to stand for one."""
    repairs: list[Repair] = []
    stays: list[Left] = []
    for cell, number in (one for row in plan.payments for one in _read(book, row)):
        at = target(RULE, cell)
        if at not in findings:
            continue
        if cell.formula is not None:
            stays.append(left(at, "formula-gives-text"))
        elif number is None:
            stays.append(left(at, "several-in-a-cell"))
        else:
            repairs.append(Repair("date" if number.day else "amount", at, (change(cell, number),)))
    return Proposals(tuple(repairs), tuple(stays))


def _read(book: Book, row: Payment) -> Iterator[tuple[Cell, Number | None]]:
    """The cells of a row with a text for a value, and that value; None where a cell holds more than one."""
    if row.total.from_text and row.total.cell and row.total.value is not None:
        yield row.total.cell, Number(row.total.value)
    for share in row_shares(row):
        if share.amount.from_text and share.cell and share.amount.value is not None:
            yield share.cell, None if share.listed else Number(share.amount.value)
    if row.date.from_text and row.date.cell and row.date.value:
        yield row.date.cell, Number(book.serial(row.date.value), day=row.date.value)
