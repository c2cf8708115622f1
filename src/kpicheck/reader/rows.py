"""Rows of a milestone table: what kind each row is, and its fields tied to their cells.

Rows are classified before they are judged (rules, principle 4); nothing with content is dropped silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from kpicheck.clean import holds_citizen_number
from kpicheck.model import (
    Cell,
    Example,
    Field,
    Gap,
    Kpi,
    Payment,
    Section,
    Share,
    StartContribution,
    Text,
    TotalRow,
    normalised,
)
from kpicheck.reader.fields import (
    amount_field,
    as_text,
    blank_or_broken,
    date_field,
    text_field,
    total_field,
    type_field,
)
from kpicheck.reader.layout import Table, fingerprint
from kpicheck.reader.listed import share_cell
from kpicheck.reader.parties import PartyColumn
from kpicheck.reader.workbook import Book

_TEXTS = ("name", "smart", "evidence", "explanation")
_FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control", "number", "split")
_SECTION = re.compile(r"^\s*\((\d+)\)\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"\bKPI['’]?s?\s*(?:nr\.?\s*)?[:#]?\s*([0-9][\w.]*)\s*\.?\s*$", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—]\s+|\s[-–—](?=\S)|(?<=\S)[–—]\s")
_FEWEST_FIELDS = 2
_KPI = re.compile(r"\bKPI\s*\d", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"\W*(?:(?:KPI|mijlpaal|nr)\b)?\W*([a-z]{0,2}\d[\w.]*)\W*", re.IGNORECASE)


@dataclass(slots=True)
class Rows:
    """What the rows of one or more tables turned out to be."""

    payments: list[Payment] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    unrecognised: list[Text] = field(default_factory=list)
    error_cells: list[Cell] = field(default_factory=list)
    uncalculated: list[Cell] = field(default_factory=list)
    stale_cells: list[Cell] = field(default_factory=list)
    citizen_cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """One row of a table with its cells at hand."""

    table: Table
    row: int
    cells: dict[str, Cell]
    parties: list[tuple[PartyColumn, Cell]]
    others: list[Cell]

    def cell(self, name: str) -> Cell | None:
        return self.cells.get(name)

    def filled(self, *names: str) -> list[str]:
        return [name for name in names if (cell := self.cells.get(name)) and not cell.blank]

    def money(self) -> list[Field[Decimal]]:
        """The amount cells that are not blank and not zero."""
        found = [self.amount()] if self.filled("total") else []
        found += [amount_field(cell) for _, cell in self.parties if not cell.blank]
        return [one for one in found if one.value != 0]

    def amount(self) -> Field[Decimal]:
        """(totaal)Bedrag as its layout writes it."""
        cell = self.cells.get("total")
        return total_field(cell, self.table.layout) if cell else Field[Decimal](gap=Gap.ABSENT)

    @property
    def number(self) -> str | None:
        """The number as written in a column of its own, without words such as "Mijlpaal" before it."""
        cell = self.cells.get("number")
        found = _NUMBER_ALONE.fullmatch(as_text(cell.value)) if cell and not cell.blank else None
        return found[1].rstrip(".") if found else None

    def first_text(self) -> Cell | None:
        """The leftmost cell with words in it."""
        cells = [*self.cells.values(), *self.others]
        texts = [one for one in cells if isinstance(one.value, str) and not one.blank and one.formula is None]
        return min(texts, key=lambda cell: cell.column, default=None)

    @property
    def total(self) -> Decimal | None:
        return self.amount().value


def read_rows(book: Book, table: Table, parties: list[PartyColumn]) -> Rows:
    """Classify every row below the headings of a table."""
    into = Rows()
    rows = [_row(book, table, parties, number) for number in used_rows(table)]
    rows = [row for row in rows if not _is_blank(row)]
    section: Section | None = None
    for index, row in enumerate(rows):
        cells = _all_cells(row)
        into.error_cells += [cell for cell in cells if cell.error]
        into.uncalculated += [cell for cell in cells if cell.uncalculated]
        into.stale_cells += [cell for cell in cells if cell.stale]
        into.citizen_cells += [cell for cell in (*cells, *row.others) if holds_citizen_number(cell.value)]
        if example := _example(row):
            into.examples.append(example)
        elif (kind := _total_kind(row, rows[:index], last=index == len(rows) - 1)) is not None:
            into.totals.append(_total_row(row, kind))
        elif found := _section(row, rows[index + 1 :]):
            into.sections.append(found)
            section = found
        elif _is_payment(row):
            into.payments.append(_payment(book, row, section))
        elif text := row.first_text() or next((one for one in row.others if not one.blank), None):
            into.unrecognised.append(Text(field="name", text=str(text.value), cell=text, owner=None))
    return into


def used_rows(table: Table) -> list[int]:
    """The row numbers below the headings with something stored in them."""
    return [row for row in table.sheet.columns_by_row if table.row < row <= table.last_row]


def _row(book: Book, table: Table, parties: list[PartyColumn], number: int) -> _Row:
    party_columns = {one.column for one in parties}
    unread = {column for name, column in table.columns.items() if name not in _FIELDS}
    return _Row(
        table,
        number,
        {name: _merged_cell(book, table, number, name) for name in _FIELDS if name in table.columns},
        [(one, share_cell(book, table, number, one)) for one in parties],
        [
            book.cell(table.sheet, number, column)
            for column in sorted(unread | table.others.keys())
            if column not in party_columns
        ],
    )


def _merged_cell(book: Book, table: Table, row: int, name: str) -> Cell:
    """The cell of a field; words, date or type of a cell merged over several rows hold for each of them."""
    column = table.columns[name]
    cell = book.cell(table.sheet, row, column)
    if not cell.blank or name in ("total", "control", "number", "split"):
        return cell
    for first_row, first, last_row, last in table.sheet.merged:
        inside = first_row < row <= last_row and first <= column <= last and first_row > table.row
        if inside and first == last:
            top = book.cell(table.sheet, first_row, first)
            return Cell(cell.sheet, row, column, top.value, dated=top.dated, hidden=cell.hidden)
    return cell


def _all_cells(row: _Row) -> list[Cell]:
    return [*row.cells.values(), *(cell for one, cell in row.parties if not one.party.listed)]


def _is_blank(row: _Row) -> bool:
    """Nothing filled in: at most formulas, zeros and numbers that were put there beforehand."""
    if any(cell.error or cell.uncalculated for cell in _all_cells(row)):
        words = row.filled("name", "smart", "date", "type", "evidence", "explanation")
        return not words and all(cell.blank or cell.formula is not None for cell in _all_cells(row))
    words = [name for name in row.filled(*_TEXTS, "date", "type") if row.cells[name].formula is None]
    other_words = [
        one for one in row.others if isinstance(one.value, str) and not one.blank and one.formula is None
    ]
    remark = bool(row.filled("number")) and row.number is None
    return not words and not other_words and not remark and not row.money()


def _example(row: _Row) -> Example | None:
    for name in ("name", "smart"):
        cell = row.cell(name)
        if cell is None or not isinstance(cell.value, str):
            continue
        print_of_text = fingerprint(cell.value)
        for kind in ("rows", "instructions"):
            if print_of_text in row.table.layout.texts("examples", kind):
                return Example(cell=row.cells.get("name", cell), text=cell.value, kind=kind)
    return None


def _total_kind(row: _Row, above: list[_Row], *, last: bool) -> str | None:
    """Total or subtotal by its label; without any words by its amount: the sum of what stands above."""
    first = row.first_text()
    if first is None or first in (row.cells.get("control"), row.cells.get("split")):
        return _unlabelled_total(row, above, last=last)
    if row.filled("date", "type"):
        return None
    plain = normalised(str(first.value))
    for kind in ("subtotal", "total"):
        for word in row.table.layout.texts("rows", kind):
            if plain == normalised(word) or plain.startswith(normalised(word) + " "):
                return kind
    return None


def _unlabelled_total(row: _Row, above: list[_Row], *, last: bool) -> str | None:
    if row.filled("date", "type", "smart", "name", "evidence") or row.total is None:
        return None
    cell = row.cells["total"]
    sums_rows = cell.formula is not None and ":" in cell.formula and _spans_rows(cell.formula)
    parts = [one.total for one in above if one.total and one.filled("smart", "date", "type")]
    adds_up = len(parts) > 1 and sum(parts, Decimal(0)) == row.total
    large = last and len(parts) > 1 and row.total * 2 > sum(parts, Decimal(0))
    return "total" if sums_rows or adds_up or large else None


def _spans_rows(formula: str) -> bool:
    return any(first != last for first, last in re.findall(r"[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)", formula))


def _section(row: _Row, below: list[_Row]) -> Section | None:
    """A "(n) TITLE" row; or a bare title whose amount is the sum of the rows that follow it."""
    first = row.first_text()
    if first is None or row.filled("date", "type"):
        return None
    subtotal = row.amount()
    found = _SECTION.match(str(first.value))
    if found and not row.filled("evidence") and not _KPI.search(str(first.value)):
        return Section(number=found[1], title=str(first.value).strip(), cell=first, subtotal=subtotal)
    if row.filled("smart", "evidence", "explanation") or not subtotal.value or _is_start(row):
        return None
    running = Decimal(0)
    for count, one in enumerate(below, start=1):
        if not one.filled("smart", "date", "type"):
            return None
        running += one.total or Decimal(0)
        if running == subtotal.value and count > 1:
            return Section(number="", title=str(first.value).strip(), cell=first, subtotal=subtotal)
    return None


def _is_start(row: _Row) -> bool:
    cell = row.cell("name") or row.cell("smart")
    plain = normalised(str(cell.value)) if cell and not cell.blank else ""
    return any(
        plain.startswith(normalised(word)) for word in row.table.layout.texts("rows", "start_contribution")
    )


def _is_payment(row: _Row) -> bool:
    """A KPI or start contribution: money, a KPI number, or at least two of the fields of a KPI."""
    name = row.cell("name")
    numbered = name is not None and not name.blank and _KPI.search(str(name.value))
    kpi_fields = row.filled("name", "smart", "date", "type", "evidence", *(["number"] if row.number else []))
    return bool(numbered) or bool(row.money()) or len(kpi_fields) >= _FEWEST_FIELDS or _is_start(row)


def _payment(book: Book, row: _Row, section: Section | None) -> Payment:
    texts = {name: _text(row, name) for name in _TEXTS}
    name = texts["name"].value or ""
    number = found[1].rstrip(".") if (found := _NUMBER.search(name)) else row.number
    table = row.table
    start = _is_start(row)
    model = StartContribution if start else Kpi
    return model(
        sheet=table.sheet.name,
        row=row.row,
        section=section.number if section else None,
        section_row=section.cell.row if section else None,
        date=date_field(row.cells["date"], book.day) if "date" in row.cells else Field(gap=Gap.ABSENT),
        type=type_field(row.cells["type"], table.layout) if "type" in row.cells else Field(gap=Gap.ABSENT),
        total=row.amount(),
        control=_control(row),
        shares=_shares(row),
        number=number,
        subproject=normalised(_PARTS.split(name)[0]) if name else "",
        **texts,
    )


def _text(row: _Row, name: str) -> Field[str]:
    """The text of a field; a name without a column is looked for where the number stands."""
    if name in row.cells:
        return text_field(row.cells[name])
    return Field[str](gap=Gap.ABSENT, cell=row.cell("number") if name == "name" else None)


def _control(row: _Row) -> Field[bool]:
    """Whether the control cell says that the amounts agree; another text is unreadable."""
    cell = row.cell("control")
    if cell is None:
        return Field[bool](gap=Gap.ABSENT)
    if gap := blank_or_broken(cell):
        return Field[bool](gap=gap, cell=cell)
    said = normalised(str(cell.value))
    for answer, key in ((True, "agrees"), (False, "disagrees")):
        if said in map(normalised, row.table.layout.texts("control", key)):
            return Field[bool](value=answer, cell=cell)
    return Field[bool](gap=Gap.UNREADABLE, cell=cell)


def _shares(row: _Row) -> Field[tuple[Share, ...]]:
    shares = tuple(
        Share(
            party=one.party.heading,
            kassier=one.party.kassier,
            amount=amount_field(cell),
            listed=one.party.listed,
        )
        for one, cell in row.parties
    )
    if not shares:
        return Field[tuple[Share, ...]](gap=Gap.ABSENT)
    broken = next((one.amount for one in shares if one.amount.value is None and not one.amount.blank), None)
    if broken:
        return Field[tuple[Share, ...]](value=shares, gap=broken.gap, cell=broken.cell)
    return Field[tuple[Share, ...]](value=shares)


def _total_row(row: _Row, kind: str) -> TotalRow:
    first = row.first_text()
    amounts = [("total", row.amount())] if "total" in row.cells else []
    amounts += [(one.party.heading, amount_field(cell)) for one, cell in row.parties]
    cell = first or row.cells.get("total") or next(iter(row.cells.values()))
    return TotalRow(
        kind=kind,
        label=str(first.value).strip() if first else "",
        cell=cell,
        sheet=row.table.sheet.name,
        row=row.row,
        amounts=tuple(amounts),
    )
