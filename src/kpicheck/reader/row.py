"""One row of a milestone table with its cells at hand."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kpicheck.dutch.sought import Sought
from kpicheck.model import Cell, Field, Gap, Party
from kpicheck.reader.fields import amount_field, as_text, total_field
from kpicheck.reader.parties import PartyColumn
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

TEXTS = ("name", "smart", "evidence", "explanation")
_FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control", "number", "split")
_NUMBER_ALONE = Sought(r"\W*(?:(?:KPI|mijlpaal|nr)\b)?\W*([a-z]{0,2}\d[\w.]*)\W*", re.IGNORECASE)


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

    def __init__(  # noqa: PLR0913, PLR0917 - the cells of a row by what they are for
        self,
        table: Table,
        row: int,
        cells: dict[str, Cell],
        others: list[Cell],
        leftmost: Sequence[int],
        parties: Sequence[Party],
        paid: list[Cell],
        listed: Sequence[Cell] = (),
    ) -> None:
        """Take the cells of the fields and of the other columns, and what each party is paid.

        `leftmost` numbers the cells of fields and other columns from left to right. Those that are `listed`
        share a cell, which is that of a field.
        """
        self.table = table
        self.row = row
        self.cells = cells
        self.others = others
        self.parties = parties
        self.paid = [*paid, *listed]
        self.all_cells = [*cells.values(), *paid]
        self.texts = [cell.value for cell in (*self.all_cells, *others) if isinstance(cell.value, str)]
        errors = "#" in [text[:1] for text in self.texts]
        self.broken = [cell for cell in self.all_cells if cell.unworkable or (errors and cell.error)]
        self._filled = {name for name, cell in cells.items() if not cell.blank}
        self._amount: Field[Decimal] | None = None
        self._shares: list[Field[Decimal]] | None = None
        self._first_text = _first_text([*cells.values(), *others], leftmost)

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
    everybody = [one.party for one in (*own, *listed)]
    first_other, first_paid = len(names), len(names) + len(others)
    leftmost = sorted(range(first_paid), key=columns.__getitem__)
    for number in numbers:
        found = book.cells(table.sheet, number, columns)
        cells = dict(zip(names, found, strict=False))
        if table.sheet.merged:
            cells = {name: _merged_cell(book, table, cell, name) for name, cell in cells.items()}
        shared = [_listed_share(book, table, number, one) for one in listed]
        rest, paid = found[first_other:first_paid], found[first_paid:]
        yield Row(table, number, cells, rest, leftmost, everybody, paid, shared)


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
