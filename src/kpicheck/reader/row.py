"""One row of a milestone table with its cells at hand."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpicheck.dutch.sought import Sought
from kpicheck.model import Cell, Field, Gap, Party
from kpicheck.reader.fields import amount_field, as_text, total_field
from kpicheck.reader.parties import PartyColumn
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

TEXTS = ("name", "smart", "evidence", "explanation")
_FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control", "number", "split")
_NUMBER_ALONE = Sought(r"\W*(?:(?:KPI|mijlpaal|nr)\b)?\W*([a-z]{0,2}\d[\w.]*)\W*", re.IGNORECASE)


class Order(NamedTuple):
    """What the cells of a row are for, in the order in which they are taken: the rows of a table are alike.

    First the fields, then the other columns, and from `first_paid` on the parties; `leftmost` numbers those
    before that from left to right. `parties` are those with a column of their own, then those listed in one.
    """

    fields: list[str]
    first_paid: int
    leftmost: list[int]
    parties: list[Party]


class Row:
    """One row of a table with its cells at hand."""

    __slots__ = (
        "_amount",
        "_filled",
        "_first_text",
        "_shares",
        "all_cells",
        "broken",
        "cells",
        "others",
        "paid",
        "parties",
        "row",
        "table",
        "texts",
    )

    def __init__(
        self, table: Table, row: int, order: Order, cells: list[Cell], listed: Iterable[Cell] = ()
    ) -> None:
        """Take the cells of a row, and those of the parties that are `listed` in the cell of a field."""
        self.table = table
        self.row = row
        self.cells = dict(zip(order.fields, cells, strict=False))
        self.others = cells[len(order.fields) : order.first_paid]
        paid = cells[order.first_paid :]
        self.parties = order.parties
        self.paid = [*paid, *listed]
        self.all_cells = [*self.cells.values(), *paid]
        self.texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        errors = "#" in [text[:1] for text in self.texts]
        self.broken = [cell for cell in self.all_cells if cell.unworkable or (errors and cell.error)]
        self._filled = {name for name, cell in self.cells.items() if not cell.blank}
        self._amount: Field[Decimal] | None = None
        self._shares: list[Field[Decimal]] | None = None
        self._first_text = _first_text(cells, order.leftmost)

    def cell(self, name: str) -> Cell | None:
        """The cell of a field; None where the table lacks the column."""
        return self.cells.get(name)

    def holds(self, name: str) -> bool:
        """Whether a field holds something."""
        return name in self._filled

    def filled(self, *names: str) -> list[str]:
        """Which of those fields hold something."""
        return [name for name in names if name in self._filled]

    def money(self) -> list[Field[Decimal]]:
        """The amount cells that are not blank and not zero."""
        found = [self.amount()] if self.filled("total") else []
        return [one for one in found + self.shares() if not one.blank and one.value != 0]

    def amount(self) -> Field[Decimal]:
        """(totaal)Bedrag as its layout writes it."""
        if self._amount is None:
            cell = self.cells.get("total")
            self._amount = total_field(cell, self.table.layout) if cell else Field(gap=Gap.ABSENT)
        return self._amount

    def shares(self) -> list[Field[Decimal]]:
        """What each party gets."""
        if self._shares is None:
            self._shares = [*map(amount_field, self.paid)]
        return self._shares

    @property
    def number(self) -> str | None:
        """The number as written in a column of its own, without words such as "Mijlpaal" before it."""
        cell = self.cells.get("number")
        found = _NUMBER_ALONE.fullmatch(as_text(cell.value)) if cell and not cell.blank else None
        return found[1].rstrip(".") if found else None

    def first_text(self) -> Cell | None:
        """The leftmost cell with words in it."""
        return self._first_text

    @property
    def total(self) -> Decimal | None:
        """The amount of the row, if it can be read."""
        return self.amount().value


def _first_text(cells: list[Cell], leftmost: Sequence[int]) -> Cell | None:
    for nth in leftmost:
        cell = cells[nth]
        if isinstance(cell.value, str) and cell.formula is None and not cell.blank:
            return cell
    return None


def table_rows(book: Book, table: Table, parties: list[PartyColumn], numbers: Iterable[int]) -> Iterator[Row]:
    """The rows of those numbers with the cells of their fields, their parties and the other columns."""
    names = [name for name in _FIELDS if name in table.columns]
    unread = {column for name, column in table.columns.items() if name not in _FIELDS}
    others = sorted((unread | table.others.keys()) - {one.column for one in parties})
    own = [one for one in parties if not one.party.listed]
    listed = [one for one in parties if one.party.listed]
    columns = [*(table.columns[name] for name in names), *others, *(one.column for one in own)]
    first_paid = len(names) + len(others)
    leftmost = sorted(range(first_paid), key=columns.__getitem__)
    order = Order(names, first_paid, leftmost, [one.party for one in (*own, *listed)])
    for number in numbers:
        cells = book.cells(table.sheet, number, columns)
        if table.sheet.merged:
            fields = zip(names, cells, strict=False)
            cells[: len(names)] = [_merged_cell(book, table, cell, name) for name, cell in fields]
        yield Row(table, number, order, cells, [_listed_share(book, table, number, one) for one in listed])


def _listed_share(book: Book, table: Table, row: int, column: PartyColumn) -> Cell:
    from kpicheck.reader.listed import share_cell

    return share_cell(book, table, row, column)


def _merged_cell(book: Book, table: Table, cell: Cell, name: str) -> Cell:
    """The cell of a field; words, date or type of a cell merged over several rows hold for each of them."""
    if not cell.blank or name in ("total", "control", "number", "split"):
        return cell
    row, column = cell.row, cell.column
    first_row = table.sheet.top_of(row, column)
    if table.ends < first_row < row:
        top = book.cell(table.sheet, first_row, column)
        return Cell(cell.sheet, row, column, top.value, dated=top.dated, hidden=cell.hidden)
    return cell


class Ahead:
    """Rows one by one, with those below at hand for who wants to look: they are not all kept."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take the rows from top to bottom."""
        self._rows = iter(rows)
        self._seen: deque[Row] = deque()

    def __iter__(self) -> Iterator[Row]:
        """Go down."""
        return self

    def __next__(self) -> Row:
        """The next row."""
        return self._seen.popleft() if self._seen else next(self._rows)

    def below(self) -> Iterator[Row]:
        """The rows below the last one that was given, without going there."""
        yield from self._seen
        for row in self._rows:
            self._seen.append(row)
            yield row

    def at_end(self) -> bool:
        """Whether no row follows."""
        return next(self.below(), None) is None
