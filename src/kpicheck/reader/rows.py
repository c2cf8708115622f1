"""Rows of a milestone table: what kind each row is, and its fields tied to their cells.

Rows are classified before they are judged (rules, principle 4); nothing with content is dropped silently.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kpicheck.allowance import Allowance, bytes_of_row
from kpicheck.clean import holds_citizen_number
from kpicheck.dutch.naming import parts
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters
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
    as_text,
    blank_or_broken,
    date_field,
    text_field,
    type_field,
)
from kpicheck.reader.parties import PartyColumn
from kpicheck.reader.row import TEXTS, Ahead, Row, table_rows
from kpicheck.reader.row_kinds import (
    Above,
    example_in,
    is_below_total,
    is_blank,
    is_payment,
    is_start,
    section_in,
    total_kind,
)
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

_NUMBER = Sought(r"kpi(?<!\wkpi)['’]?s?\s*(?:nr\.?\s*)?[:#]?\s*([0-9][\w.]*)\s*\.?\s*$")


_COUNTED_TOGETHER = 16


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


def read_rows(book: Book, table: Table, parties: list[PartyColumn]) -> Rows:
    """Classify every row below the headings of a table."""
    into = Rows()
    rows = Ahead(row for row in _rows(book, table, parties) if not is_blank(row))
    section: Section | None = None
    head: int | None = None
    above = Above()
    total_seen = False
    for row in rows:
        cells = row.all_cells
        if row.broken:
            into.error_cells += [cell for cell in row.broken if cell.error]
            into.uncalculated += [cell for cell in row.broken if cell.uncalculated]
        into.stale_cells += [cell for cell in cells if cell.given is not None and cell.stale]
        if any(map(holds_citizen_number, row.texts)):
            typed = [cell for cell in (*cells, *row.others) if isinstance(cell.value, str)]
            into.citizen_cells += [cell for cell in typed if holds_citizen_number(str(cell.value))]
        if example := example_in(row):
            into.examples.append(example)
        elif (kind := total_kind(row, above, rows)) is not None:
            into.totals.append(_total_row(row, kind))
            total_seen = total_seen or kind == "total"
        elif found := section_in(row, rows):
            into.sections.append(found)
            section = section if section and found.part else found
            head = found.cell.row
        elif is_payment(row) and not (total_seen and is_below_total(row)):
            into.payments.append(_payment(book, row, section, head))
        else:
            cell = row.first_text() or next(one for one in (*cells, *row.others) if not one.blank)
            said = as_text(cell.formula if cell.value is None else cell.value)
            into.unrecognised.append(Text(field="name", text=said, at=cell, owner=None))
        above.add(row)
    return into


def _rows(book: Book, table: Table, parties: list[PartyColumn]) -> Iterator[Row]:
    """Every row with something stored in it. Raises Exceeded where there are too many, or too much text."""
    rows = characters = 0
    for row in table_rows(book, table, parties, used_rows(table)):
        rows += 1
        characters += sum(map(len, row.texts))
        if rows == _COUNTED_TOGETHER:
            _count(book.allowance, rows, len(parties), characters)
            rows = characters = 0
        yield row
    _count(book.allowance, rows, len(parties), characters)


def _count(allowance: Allowance, rows: int, parties: int, characters: int) -> None:
    allowance.spend("rows", rows)
    allowance.spend("memory", rows * bytes_of_row(parties))
    allowance.spend("shares", rows * parties)
    allowance.spend("characters", characters)


def used_rows(table: Table) -> list[int]:
    """The row numbers below the headings with something stored in them."""
    rows = table.sheet.used_rows
    return rows[bisect_right(rows, table.ends) : bisect_right(rows, table.last_row)]


def _payment(book: Book, row: Row, section: Section | None, head: int | None) -> Payment:
    texts = {name: _text(row, name) for name in TEXTS}
    name = texts["name"].value or ""
    number, subproject = _told_by_name(name)
    table = row.table
    start = is_start(row)
    model = StartContribution if start else Kpi
    return model(
        sheet=table.sheet.name,
        row=row.row,
        section=section.number if section else None,
        section_row=head,
        date=date_field(row.cells["date"], book.day) if "date" in row.cells else Field(gap=Gap.ABSENT),
        type=type_field(row.cells["type"], table.layout) if "type" in row.cells else Field(gap=Gap.ABSENT),
        total=row.amount(),
        control=_control(row),
        shares=_shares(row),
        number=row.number if number is None else number,
        subproject=subproject,
        **texts,
    )


@remembered
def _told_by_name(name: str) -> tuple[str | None, str]:
    """The number at the end of a milestone's name, and the subproject it begins with."""
    found = _NUMBER.search(small_letters(name))
    number = name[found.start(1) : found.end(1)].rstrip(".") if found else None
    return number, normalised((parts(name) or [""])[0])


def _text(row: Row, name: str) -> Field[str]:
    """The text of a field; a name without a column is looked for where the number stands."""
    if name in row.cells:
        return text_field(row.cells[name])
    return Field(gap=Gap.ABSENT, cell=row.cell("number") if name == "name" else None)


def _control(row: Row) -> Field[bool]:
    """Whether the control cell says that the amounts agree; another text is unreadable."""
    cell = row.cell("control")
    if cell is None:
        return Field(gap=Gap.ABSENT)
    if gap := blank_or_broken(cell):
        return Field(None, gap, cell)
    said = row.table.layout.agrees(str(cell.value))
    return Field(said, Gap.UNREADABLE if said is None else None, cell)


def _shares(row: Row) -> Field[tuple[Share, ...]]:
    amounts = row.shares()
    if not amounts:
        return Field(gap=Gap.ABSENT)
    shares = tuple(
        [
            Share(party.heading, party.kassier, amount, party.listed)
            for party, amount in zip(row.parties, amounts, strict=True)
        ]
    )
    for one in amounts:
        if one.value is None and not one.blank:
            return Field(shares, one.gap, one.cell)
    return Field(shares)


def _total_row(row: Row, kind: str) -> TotalRow:
    first = row.first_text()
    amounts = [("total", row.amount())] if "total" in row.cells else []
    amounts += [(party.heading, amount) for party, amount in zip(row.parties, row.shares(), strict=True)]
    cell = first or row.cells.get("total") or next(iter(row.cells.values()))
    return TotalRow(
        kind=kind,
        label=str(first.value).strip() if first else "",
        cell=cell,
        sheet=row.table.sheet.name,
        row=row.row,
        amounts=tuple(amounts),
    )
