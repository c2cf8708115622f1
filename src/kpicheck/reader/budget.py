"""The budget per calendar year: a "Begroting" sheet with years down or across, or a file given beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from kpicheck.model import Budget, Cell, normalised
from kpicheck.reader.fields import amount_field, as_text
from kpicheck.reader.layout import official
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.workbook import Book

_YEAR = re.compile(r"^(?:jaar\s+)?(20\d\d)$", re.IGNORECASE)


def read_budget(book: Book) -> Budget | None:
    """The budget of the first sheet that is called so and has years with amounts, or None."""
    words = official().texts("budget", "sheets")
    for sheet in book.sheets:
        if any(word in normalised(sheet.name) for word in words) and (found := budget_of(book, sheet)):
            return found
    return None


def budget_of(book: Book, sheet: Sheet) -> Budget | None:
    """Years down a column or across a row, with one amount a year, a total column or row, or parts to add."""
    years = {
        (row, column): int(found[1])
        for (row, column) in sheet.stored
        if (found := _YEAR.match(as_text(book.cell(sheet, row, column).value)))
    }
    if not years:
        return None
    down = _longest_run(years, axis=1)
    across = _longest_run(years, axis=0)
    run, vertical = (down, True) if len(down) >= len(across) else (across, False)
    if len(run) == 1:
        (row, column) = run[0]
        vertical = not book.cell(sheet, row, column + 1).blank
    amounts = _down(book, sheet, run, years) if vertical else _across(book, sheet, run, years)
    if not amounts:
        return None
    first = book.cell(sheet, *min(run))
    return Budget(years=tuple(sorted(amounts.items())), origin=sheet.name, cell=first)


def _longest_run(years: dict[tuple[int, int], int], axis: int) -> list[tuple[int, int]]:
    """The places of the longest series of different years in one column (axis 1) or row (axis 0)."""
    lines: dict[int, dict[int, tuple[int, int]]] = {}
    for place, year in sorted(years.items()):
        lines.setdefault(place[axis], {}).setdefault(year, place)
    return list(max(lines.values(), key=len).values())


def _down(
    book: Book, sheet: Sheet, run: list[tuple[int, int]], years: dict[tuple[int, int], int]
) -> dict[int, Decimal]:
    heading_row = min(run)[0] - 1
    column = run[0][1]
    rows = [row for row, _ in run]
    columns = sorted({found for row in rows for found in book.columns_in(sheet, row) if found > column})
    wanted = _wanted([(one, book.cell(sheet, heading_row, one)) for one in columns])
    return _sums((years[row, column], [book.cell(sheet, row, one) for one in wanted]) for row in rows)


def _across(
    book: Book, sheet: Sheet, run: list[tuple[int, int]], years: dict[tuple[int, int], int]
) -> dict[int, Decimal]:
    row, first = run[0][0], min(column for _, column in run)
    rows = sorted({found for found, _ in sheet.stored if found > row})
    labels = []
    for one in rows:
        before = [book.cell(sheet, one, column) for column in book.columns_in(sheet, one) if column < first]
        labels.append((one, before[0] if before else book.cell(sheet, one, max(first - 1, 1))))
    wanted = _wanted(labels)
    return _sums((years[row, column], [book.cell(sheet, one, column) for one in wanted]) for _, column in run)


def _wanted(labelled: list[tuple[int, Cell]]) -> list[int]:
    """The line labelled as total where there is one; else all lines, which are then added."""
    words = [normalised(word) for word in official().texts("budget", "total")]
    plain = {line: "" if cell.blank else normalised(as_text(cell.value)) for line, cell in labelled}
    for word in words:
        for line, text in plain.items():
            if text == word or (text.split()[:1] == ["totaal"] and word == "totaal"):
                return [line]
    return [line for line, _ in labelled]


def _sums(lines: Iterable[tuple[int, list[Cell]]]) -> dict[int, Decimal]:
    """The amounts by year; nothing at all where one of them cannot be read: a budget is not guessed."""
    read = [(year, [amount_field(cell) for cell in cells]) for year, cells in lines]
    in_words = {
        index
        for _, fields in read
        for index in range(len(fields))
        if all(fields[index].value is None for _, fields in read)
    }
    found: dict[int, Decimal] = {}
    for year, fields in read:
        kept = [one for index, one in enumerate(fields) if index not in in_words]
        if any(one.value is None and not one.blank for one in kept):
            return {}
        if any(not one.blank for one in kept):
            found[year] = found.get(year, Decimal(0)) + sum(
                (one.value or Decimal(0) for one in kept), Decimal(0)
            )
    return found
