"""One row of a milestone table with its cells at hand, and which kind of row it is.

Rows are classified before they are judged (rules, principle 4); nothing with content is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.model import ZERO, Cell, Example, Field, Gap, Section, normalised
from kpicheck.reader.fields import amount_field, as_text, total_field
from kpicheck.reader.layout import fingerprint
from kpicheck.reader.listed import share_cell
from kpicheck.reader.parties import PartyColumn
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

TEXTS = ("name", "smart", "evidence", "explanation")
_FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control", "number", "split")
_SECTION = re.compile(r"^\s*\((\d+)\)\s*(.*)", re.DOTALL)
_FEWEST_FIELDS = 2
_KPI = re.compile(r"\bKPI\s*\d", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"\W*(?:(?:KPI|mijlpaal|nr)\b)?\W*([a-z]{0,2}\d[\w.]*)\W*", re.IGNORECASE)


class Row:
    """One row of a table with its cells at hand."""

    __slots__ = (
        "_amount",
        "_filled",
        "_first_text",
        "all_cells",
        "broken",
        "cells",
        "others",
        "parties",
        "row",
        "table",
    )

    def __init__(
        self,
        table: Table,
        row: int,
        cells: dict[str, Cell],
        parties: list[tuple[PartyColumn, Cell]],
        others: list[Cell],
    ) -> None:
        """Take the cells of the fields, of the parties and of the other columns."""
        self.table = table
        self.row = row
        self.cells = cells
        self.parties = parties
        self.others = others
        self.all_cells = [*cells.values(), *(cell for one, cell in parties if not one.party.listed)]
        self.broken = [cell for cell in self.all_cells if cell.unworkable or cell.error]
        self._filled = frozenset([name for name, cell in cells.items() if not cell.blank])
        self._amount: Field[Decimal] | None = None
        self._first_text = _first_text([*cells.values(), *others])

    def cell(self, name: str) -> Cell | None:
        """The cell of a field; None where the table lacks the column."""
        return self.cells.get(name)

    def filled(self, *names: str) -> list[str]:
        """Which of those fields hold something."""
        return [name for name in names if name in self._filled]

    def money(self) -> list[Field[Decimal]]:
        """The amount cells that are not blank and not zero."""
        found = [self.amount()] if self.filled("total") else []
        found += [amount_field(cell) for _, cell in self.parties if not cell.blank]
        return [one for one in found if one.value != 0]

    def amount(self) -> Field[Decimal]:
        """(totaal)Bedrag as its layout writes it."""
        if self._amount is None:
            cell = self.cells.get("total")
            self._amount = total_field(cell, self.table.layout) if cell else Field(gap=Gap.ABSENT)
        return self._amount

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


def _first_text(cells: list[Cell]) -> Cell | None:
    first = None
    for cell in cells:
        if first is not None and cell.column >= first.column:
            continue
        if isinstance(cell.value, str) and cell.formula is None and not cell.blank:
            first = cell
    return first


def table_rows(book: Book, table: Table, parties: list[PartyColumn], numbers: Iterable[int]) -> Iterator[Row]:
    """The rows of those numbers with the cells of their fields, their parties and the other columns."""
    columns = {name: table.columns[name] for name in _FIELDS if name in table.columns}
    unread = {column for name, column in table.columns.items() if name not in _FIELDS}
    others = sorted((unread | table.others.keys()) - {one.column for one in parties})
    for number in numbers:
        yield Row(
            table,
            number,
            {name: _merged_cell(book, table, number, name) for name in columns},
            [(one, share_cell(book, table, number, one)) for one in parties],
            [book.cell(table.sheet, number, column) for column in others],
        )


def _merged_cell(book: Book, table: Table, row: int, name: str) -> Cell:
    """The cell of a field; words, date or type of a cell merged over several rows hold for each of them."""
    column = table.columns[name]
    cell = book.cell(table.sheet, row, column)
    if not cell.blank or name in ("total", "control", "number", "split"):
        return cell
    first_row = table.sheet.top_of(row, column)
    if table.ends < first_row < row:
        top = book.cell(table.sheet, first_row, column)
        return Cell(cell.sheet, row, column, top.value, dated=top.dated, hidden=cell.hidden)
    return cell


def is_blank(row: Row) -> bool:
    """Nothing filled in: at most formulas, zeros and numbers that were put there beforehand."""
    if row.broken:
        words = row.filled("name", "smart", "date", "type", "evidence", "explanation")
        return not words and all(cell.blank or cell.formula is not None for cell in row.all_cells)
    if any(row.cells[name].formula is None for name in row.filled(*TEXTS, "date", "type")):
        return False
    if any(isinstance(one.value, str) and not one.blank and one.formula is None for one in row.others):
        return False
    remark = bool(row.filled("number")) and row.number is None
    return not remark and not row.money()


def example_in(row: Row) -> Example | None:
    """An example or instruction of the format that is still there, known by its fingerprint."""
    for name in ("name", "smart"):
        cell = row.cell(name)
        if cell is None or not isinstance(cell.value, str):
            continue
        print_of_text = fingerprint(cell.value)
        for kind in ("rows", "instructions"):
            if print_of_text in row.table.layout.texts("examples", kind):
                return Example(cell=row.cells.get("name", cell), text=cell.value, kind=kind)
    return None


@dataclass(slots=True)
class Above:
    """The milestones with an amount above a row: how many there are, and their sum."""

    count: int = 0
    total: Decimal = ZERO

    def add(self, row: Row) -> None:
        """Take in a row before the next one is looked at."""
        if row.filled("smart", "date", "type") and (amount := row.total):
            self.count += 1
            self.total += amount


def total_kind(row: Row, above: Above, *, last: bool) -> str | None:
    """Total or subtotal by its label; without any words by its amount: the sum of what stands above."""
    first = row.first_text()
    if first is None or first in (row.cells.get("control"), row.cells.get("split")):
        return _unlabelled_total(row, above, last=last)
    if _says_more_than(row, first):
        return None
    plain = normalised(str(first.value))
    for kind in ("subtotal", "total"):
        for word in row.table.layout.plain_texts("rows", kind):
            if plain == word or plain.startswith(f"{word} "):
                return kind
    return "total" if _adds_rows(row) else None


def is_below_total(row: Row) -> bool:
    """A line such as "waarvan inspanning" or "verschil" that people put under the total of a table."""
    first = row.first_text()
    if first is None or _says_more_than(row, first):
        return False
    words = normalised(str(first.value)).split()
    return bool(words) and words[0] in row.table.layout.texts("rows", "below_total")


def _says_more_than(row: Row, label: Cell) -> bool:
    """Whether a row has more of a milestone than its label and its amounts."""
    names = ("name", "smart", "date", "type", "evidence")
    return any(row.cells[name] != label for name in row.filled(*names))


def _adds_rows(row: Row) -> bool:
    """Whether (totaal)Bedrag is a formula over several rows: a total, whatever it is called."""
    cell = row.cells.get("total")
    return cell is not None and cell.formula is not None and _spans_rows(cell.formula)


def _unlabelled_total(row: Row, above: Above, *, last: bool) -> str | None:
    if row.filled("date", "type", "smart", "name", "evidence") or row.total is None:
        return None
    adds_up = above.count > 1 and above.total == row.total
    large = last and above.count > 1 and row.total * 2 > above.total
    return "total" if _adds_rows(row) or adds_up or large else None


def _spans_rows(formula: str) -> bool:
    return any(first != last for first, last in re.findall(r"[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)", formula))


def section_in(row: Row, below: Iterable[Row]) -> Section | None:
    """A "(n) TITLE" row; or a bare title whose amount is the sum of the rows that follow it."""
    first = row.first_text()
    if first is None or row.filled("date", "type"):
        return None
    subtotal = row.amount()
    found = _SECTION.match(str(first.value))
    if found and not row.filled("evidence") and not _KPI.search(str(first.value)):
        return Section(number=found[1], title=str(first.value).strip(), cell=first, subtotal=subtotal)
    if row.filled("smart", "evidence", "explanation") or not subtotal.value or is_start(row):
        return None
    running = Decimal(0)
    for count, one in enumerate(below, start=1):
        if not one.filled("smart", "date", "type"):
            return None
        running += one.total or Decimal(0)
        if running == subtotal.value and count > 1:
            return Section(number="", title=str(first.value).strip(), cell=first, subtotal=subtotal)
    return None


def is_start(row: Row) -> bool:
    """Whether the row is called a start contribution."""
    cell = row.cell("name") or row.cell("smart")
    plain = normalised(str(cell.value)) if cell and not cell.blank else ""
    return plain.startswith(row.table.layout.plain_texts("rows", "start_contribution"))


def is_payment(row: Row) -> bool:
    """A KPI or start contribution: money, a KPI number, or at least two of the fields of a KPI."""
    name = row.cell("name")
    numbered = name is not None and not name.blank and _KPI.search(str(name.value))
    kpi_fields = row.filled("name", "smart", "date", "type", "evidence", *(["number"] if row.number else []))
    return bool(numbered) or bool(row.money()) or len(kpi_fields) >= _FEWEST_FIELDS or is_start(row)
