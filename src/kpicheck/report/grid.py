"""Rows of a workbook as they stand, for those who read a report without the workbook at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kpicheck.clean import masked
from kpicheck.finding import Report
from kpicheck.model import Cell, Plan, column_letters, row_shares
from kpicheck.report.glance import GridCell, GridRow
from kpicheck.report.view import money

_FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control")
_MONEY = {"total", "party", "kassier", "shares"}


def grid_rows(plan: Plan, report: Report) -> Iterator[GridRow]:
    """The rows that a finding is about, in the order of the findings."""
    rows: dict[tuple[str, int], dict[int, Cell]] = {}
    for cell in filter(None, _cells(plan)):
        rows.setdefault((cell.sheet, cell.row), {}).setdefault(cell.column, cell)
    headings, days = _headings(plan), {one.date.cell: one.date.value for one in plan.payments}
    heading_rows = {(one.sheet, one.row) for one in (plan.heading_row, *(one.cell for one in plan.headings))}
    about = [*report.findings, *(one.excepted for one in report.not_checked if one.excepted)]
    for place in dict.fromkeys((one.sheet, one.row) for one in about):
        cells = sorted(rows.get(place, {}).items())
        if cells:
            sheet, row = place
            yield GridRow(
                masked(sheet),
                row,
                place in heading_rows,
                tuple(_grid_cell(headings, cell, days.get(cell)) for _, cell in cells),
            )


def _cells(plan: Plan) -> Iterator[Cell | None]:
    """Every cell that the plan is made of."""
    yield from (one.cell for one in plan.headings)
    yield from (one.cell for one in plan.parties)
    for row in plan.payments:
        yield from (row.field(name).cell for name in _FIELDS)
        yield from (one.cell for one in row_shares(row))
    for section in plan.sections:
        yield from (section.cell, section.subtotal.cell)
    for total in plan.totals:
        yield from (total.cell, *(amount.cell for _, amount in total.amounts))
    for line in (line for summary in plan.summaries for line in summary.lines):
        yield from (line.cell, *(figure.cell for _, figure in line.figures))
    yield from (one.cell for one in plan.examples)
    yield from (one.cell for one in plan.unrecognised)
    yield from (*plan.error_cells, *plan.uncalculated, *plan.stale_cells, *plan.titles, plan.heading_row)
    if plan.general:
        answers = ("plan_name", "submitter", "insurer_contact", "kassier")
        for answer in filter(None, (getattr(plan.general, one) for one in answers)):
            yield from (answer.label, answer.answer)


def _headings(plan: Plan) -> dict[tuple[str, int], tuple[int, str, str]]:
    """Per column: the row of its heading, the field it stands for and the heading's text."""
    known = {(one.cell.sheet, one.cell.column): (one.cell.row, "party", one.heading) for one in plan.parties}
    for one in plan.headings:
        if one.field or (one.cell.sheet, one.cell.column) not in known:
            known[one.cell.sheet, one.cell.column] = one.cell.row, one.field, one.text
    return known


def _grid_cell(
    headings: Mapping[tuple[str, int], tuple[int, str, str]], cell: Cell, day: dt.date | None
) -> GridCell:
    """A cell as it is read; Excel keeps a date as a number of days."""
    row, field, heading = headings.get((cell.sheet, cell.column), (cell.row, "", ""))
    if cell.row <= row:
        field, heading = "", ""
    stored = isinstance(cell.value, Decimal)
    kind, value = ("date", day.isoformat()) if day and stored else _typed(cell, field)
    return GridCell(column_letters(cell.column), field, masked(heading), kind, value)


def _typed(cell: Cell, field: str) -> tuple[str, str]:
    """The kind of value, and the value in exact notation."""
    value = cell.value
    if cell.blank or value is None:
        return "blank", ""
    if isinstance(value, bool):
        return "text", "WAAR" if value else "ONWAAR"
    if isinstance(value, Decimal):
        return ("amount" if field in _MONEY else "number"), money(value)
    if isinstance(value, dt.date):
        return "date", value.isoformat()
    return "text", masked(value)
