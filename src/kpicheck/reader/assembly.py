"""Puts tables, rows, parties and labelled cells together into one Plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kpicheck.model import (
    ZERO,
    Cell,
    ColumnFormulas,
    Field,
    Gap,
    Heading,
    Hidden,
    MissingColumn,
    Party,
    Payment,
    Period,
    Plan,
    TableRead,
    amounts_of,
    more_euros,
    normalised,
    row_shares,
    sum_of,
)
from kpicheck.reader.budget import read_budget
from kpicheck.reader.fields import as_text
from kpicheck.reader.general import Labels, read_period, read_requested
from kpicheck.reader.layout import official
from kpicheck.reader.summary import read_summaries
from kpicheck.reader.tables import Table
from kpicheck.reader.versions import Role, TableRows, roles
from kpicheck.reader.workbook import Book

if TYPE_CHECKING:
    from kpicheck.model import General, Summary


def assemble(all_found: list[TableRows], labels: Labels, general: General | None) -> Plan:
    """One plan out of all tables of the workbook; copies and other versions of a table are set aside."""
    book = labels.book
    given = roles(all_found)
    found = [one for one, role in zip(all_found, given, strict=True) if role == "part"]
    tables = [one.table for one in found]
    if len(tables) < len(labels.tables):
        labels = Labels(book, tables)
    cut_off = [one.table for one in found if _cut_off(one)]
    summaries = tuple(summary for one in found for summary in read_summaries(book, one.table))
    beside = _read_beside(summaries, general)
    payments = tuple(
        _without_split(row) if one.table in cut_off else row for one in found for row in one.rows.payments
    )
    first = tables[0]
    return Plan(
        name=general.plan_name.text if general and general.plan_name else "",
        layout=first.layout.name,
        sheet=first.sheet.name,
        sheets=tuple(sheet.name for sheet in book.sheets),
        headings=tuple(heading for one in found for heading in _headings(book, one)),
        heading_row=book.cell(first.sheet, first.row, first.first_column),
        missing_columns=tuple(missing for one in found for missing in _missing(book, one)),
        parties=_parties(found),
        payments=payments,
        sections=tuple(section for one in found for section in one.rows.sections),
        totals=tuple(total for one in found for total in one.rows.totals),
        summaries=summaries,
        examples=tuple(example for one in found for example in one.rows.examples),
        unrecognised=tuple(text for one in found for text in one.rows.unrecognised),
        error_cells=(
            *(cell for one in found for cell in one.rows.error_cells),
            *(cell for cell in beside if cell.error),
        ),
        uncalculated=(
            *(cell for one in found for cell in one.rows.uncalculated),
            *(cell for cell in beside if cell.uncalculated),
        ),
        stale_cells=tuple(cell for one in found for cell in one.rows.stale_cells),
        citizen_cells=tuple(cell for one in found for cell in one.rows.citizen_cells),
        hidden=tuple(hidden for one in found for hidden in _hidden(book, one)),
        tables=tuple(_read_as(book, one, role) for one, role in zip(all_found, given, strict=True)),
        titles=tuple(title for table in tables for title in _titles(book, table)),
        column_formulas=tuple(
            _formulas(book, one, name)
            for one in found
            for name in one.table.layout.texts("formulas", "columns")
            if name in one.table.columns
        ),
        general=general,
        requested=read_requested(labels, general),
        budget=read_budget(book),
        period=read_period(labels) or _derived_period(payments),
    )


def _read_beside(summaries: tuple[Summary, ...], general: General | None) -> list[Cell]:
    """The cells that are read outside the tables: figures of summary blocks, answers of the general sheet."""
    lines = [line for summary in summaries for line in summary.lines]
    figures = [found.cell for line in lines for _, found in line.figures if found.cell]
    answers = general and (general.plan_name, general.submitter, general.insurer_contact, general.kassier)
    return figures + [one.answer for one in answers or () if one]


def _read_as(book: Book, one: TableRows, role: Role) -> TableRead:
    """What a table was taken for, at the first cell of its heading row."""
    table = one.table
    cell = book.cell(table.sheet, table.row, table.first_column)
    return TableRead(role=role, cell=cell, kpis=len(one.kpis))


def _headings(book: Book, one: TableRows) -> Iterable[Heading]:
    table = one.table
    for name, column in table.columns.items():
        cell = book.cell(table.sheet, table.heading_row(column), column)
        yield Heading(field="party" if name == "split" else name, text=as_text(cell.value), cell=cell)
    for found in one.columns:
        if not found.party.listed:
            yield Heading(field="party", text=found.party.heading, cell=found.party.cell)


def _missing(book: Book, one: TableRows) -> Iterable[MissingColumn]:
    """The columns of the official format that this table lacks, in the format's order."""
    table = one.table
    cell = book.cell(table.sheet, table.row, table.first_column)
    for name, heading in official().demanded.items():
        if name not in table.columns:
            yield MissingColumn(heading=heading, cell=cell)
    if not one.columns and "split" not in table.columns:
        yield MissingColumn(heading=official().texts("parties", "heading")[0], cell=cell)


def _parties(found: list[TableRows]) -> tuple[Party, ...]:
    """The parties with their money; the same heading in a further table is the same party."""
    parties: list[Party] = []
    for one in found:
        places = {normalised(party.heading): index for index, party in enumerate(parties)}
        split = [row_shares(row) for row in one.rows.payments]
        for index, column in enumerate(one.columns):
            fields = [shares[index].amount for shares in split]
            paid = [field.value for field in fields if field.value]
            amount = sum(paid, ZERO)
            rows = len(paid) + sum(1 for field in fields if field.value is None and field.filled)
            place = places.get(normalised(column.party.heading)) if column.party.heading else None
            if place is None:
                parties.append(column.party.model_copy(update={"amount": amount, "paid_rows": rows}))
            else:
                same = parties[place]
                update = {"amount": same.amount + amount, "paid_rows": same.paid_rows + rows}
                parties[place] = same.model_copy(update=update)
    return tuple(parties)


def _cut_off(one: TableRows) -> bool:
    """Columns are plainly cut off: no Controle cel, most paid rows below their total, none above (A201)."""
    if {"control", "split"} & one.table.columns.keys() or not one.columns:
        return False
    below = paid = 0
    for row in one.rows.payments:
        if not row.total.value:
            continue
        parts = sum_of(row_shares(row))
        if more_euros(parts, row.total.value):
            return False
        paid += 1
        below += more_euros(row.total.value, parts)
    return below * 2 > paid


def _without_split(row: Payment) -> Payment:
    return replace(row, shares=Field(row.shares.value, Gap.CUT_OFF))


def _hidden(book: Book, one: TableRows) -> Iterable[Hidden]:
    """Hidden rows, columns or sheets whose amounts take part in the sums."""
    table, sheet = one.table, one.table.sheet
    if sheet.hidden:
        yield Hidden(kind="sheet", cell=book.cell(sheet, table.row, table.first_column))
    for row in one.rows.payments if sheet.hidden_rows else ():
        amounts = amounts_of(row)
        if row.row in sheet.hidden_rows and any(amount.value for amount in amounts):
            yield Hidden(kind="row", cell=row.name.cell or book.cell(sheet, row.row, table.first_column))
    if not sheet.hidden_columns:
        return
    amounts = [amount for row in one.rows.payments for amount in amounts_of(row)]
    for column in sorted({amount.cell.column for amount in amounts if amount.value and amount.cell}):
        if sheet.column_hidden(column):
            yield Hidden(kind="column", cell=book.cell(sheet, table.heading_row(column), column))


def _titles(book: Book, table: Table) -> Iterable[Cell]:
    """The texts above the heading row: title and version lines."""
    for row, columns in table.sheet.columns_by_row.items():
        if table.above <= row < table.row:
            cells = [book.cell(table.sheet, row, column) for column in columns]
            yield from (cell for cell in cells if isinstance(cell.value, str) and not cell.blank)


def _formulas(book: Book, one: TableRows, name: str) -> ColumnFormulas:
    """Which rows of a column hold a formula and which a typed value."""
    cells = [(row, row.field(name).cell) for row in one.rows.payments]
    typed = tuple(
        (row, cell) for row, cell in cells if cell is not None and not cell.blank and cell.formula is None
    )
    formulas = sum(1 for _, cell in cells if cell is not None and cell.formula is not None)
    column = one.table.columns[name]
    heading: Cell = book.cell(one.table.sheet, one.table.heading_row(column), column)
    return ColumnFormulas(field=name, cell=heading, formulas=formulas, typed=typed)


def _derived_period(payments: tuple[Payment, ...]) -> Period | None:
    """First and last date of the rows, where the plan does not state its start and end."""
    days = [row.date.value for row in payments if row.date.value]
    return Period(start=min(days), end=max(days), stated=False) if days else None
