"""Summary blocks of regional exports: counts, budgets and percentages by type or by section.

A block is a heading row with "Aantal" and a budget column, and the labelled lines below it.
"""

from __future__ import annotations

from decimal import Decimal

from kpicheck.dutch.sought import Sought
from kpicheck.model import Cell, Field, Summary, SummaryLine, normalised
from kpicheck.reader.fields import amount_field, as_text, kind_of
from kpicheck.reader.layout import official
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

_SECTION = Sought(r"^\s*\((\d+)\)")
_LONGEST_LABEL = 80
_PERCENT = Sought(r"^\s*(\d{1,3}(?:,\d+)?)\s*%\s*$")
_COUNT = ("aantal", "aantal kpi s", "aantal kpis")
_SHARE = ("procent", "percentage", "aandeel")


def read_summaries(book: Book, table: Table) -> list[Summary]:
    """The summary blocks above the heading row of a table."""
    sheet = table.sheet
    found = []
    for row, columns in sheet.columns_by_row.items():
        if not table.above <= row < table.row:
            continue
        texts = {column: _plain(book.cell(sheet, row, column)) for column in columns}
        counts = [column for column, text in texts.items() if text in _COUNT]
        for index, count in enumerate(counts):
            until = counts[index + 1] - 1 if index + 1 < len(counts) else max(columns) + 1
            block = _block(
                book,
                sheet,
                (row, table.row),
                count,
                {column: text for column, text in texts.items() if count <= column < until},
            )
            if block:
                found.append(block)
    return found


def _plain(cell: Cell) -> str:
    return "" if cell.blank else normalised(as_text(cell.value))


def _names(headings: dict[int, str]) -> dict[int, str]:
    """Which figure each column of the block holds; a norm column is not data (rules, A204)."""
    names: dict[int, str] = {}
    last = ""
    for column, text in sorted(headings.items()):
        money = "budget" in text or "bedrag" in text
        if text in _COUNT:
            names[column] = "count"
        elif money and "inspanning" in text:
            last = names[column] = "effort"
        elif money and "resultaat" in text:
            last = names[column] = "result"
        elif money:
            last = names[column] = "total"
        elif text in _SHARE:
            names[column] = {"effort": "effort_share", "result": "result_share"}.get(last, "share")
            if list(names.values()).count(names[column]) > 1:
                del names[column]
    return names


def _block(
    book: Book, sheet: Sheet, rows: tuple[int, int], count: int, headings: dict[int, str]
) -> Summary | None:
    names = _names(headings)
    if not {"total", "effort", "result"} & set(names.values()):
        return None
    first, until = rows
    lines = []
    for row in range(first + 1, until):
        label = book.cell(sheet, row, count - 1)
        if label.blank or len(str(label.value)) > _LONGEST_LABEL:
            break
        lines.append(_line(book, sheet, row, label, names))
        if lines[-1].kind == "total":
            break
    kinds = {line.kind for line in lines}
    by = "type" if kinds & {"effort", "result"} else "section" if "section" in kinds else ""
    return Summary(by=by, cell=book.cell(sheet, first, count), lines=tuple(lines)) if by else None


def _line(book: Book, sheet: Sheet, row: int, label: Cell, names: dict[int, str]) -> SummaryLine:
    text = as_text(label.value)
    section = _SECTION.match(text)
    kind = kind_of(text, official())
    if normalised(text).split()[:1] == ["totaal"]:
        word = "total"
    elif section:
        word = "section"
    else:
        word = kind.value if kind else "other"
    figures = tuple(
        (name, _figure(book.cell(sheet, row, column), share="share" in name))
        for column, name in names.items()
    )
    return SummaryLine(
        label=text, kind=word, section=section[1] if section else None, cell=label, figures=figures
    )


def _figure(cell: Cell, *, share: bool) -> Field[Decimal]:
    if share and isinstance(cell.value, str) and (found := _PERCENT.match(cell.value)):
        return Field(value=Decimal(found[1].replace(",", ".")) / 100, cell=cell)
    return amount_field(cell)
