"""The budget per calendar year: a "Begroting" sheet with years down or across, or a file given beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from kpicheck.dutch.sought import Sought
from kpicheck.model import Budget, Cell, normalised
from kpicheck.reader.fields import amount_field, as_text
from kpicheck.reader.layout import official
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.workbook import Book

_YEAR = Sought(r"(20\d\d)")
_NAMED_YEAR = Sought(r"(?:jaar|begroting|budget|bedrag|kosten)\s+(20\d\d)", re.IGNORECASE)

Place = tuple[int, int]
Years = dict[Place, int]


def read_budget(book: Book) -> Budget | None:
    """The budget of the first sheet that is called so and has years with amounts, or None."""
    words = official().texts("budget", "sheets")
    for sheet in book.sheets:
        if any(word in normalised(sheet.name) for word in words) and (found := budget_of(book, sheet)):
            return found
    return None


def budget_of(book: Book, sheet: Sheet) -> Budget | None:
    """Years down a column or across a row, with one amount a year, a total column or row, or parts to add.

    None where no year has an amount, where an amount cannot be read, and where years come back in a second
    table: which of the two is the budget is not guessed.
    """
    years = _years(book, sheet, _YEAR) or _years(book, sheet, _NAMED_YEAR)
    if not years:
        return None
    down, across = _series(years, axis=1), _series(years, axis=0)
    run, vertical = (down, True) if _distinct(down, years) >= _distinct(across, years) else (across, False)
    if len(run) == 1:
        (row, column) = run[0]
        vertical = not book.cell(sheet, row, column + 1).blank
    if _distinct(run, years) < len(run) and not (vertical and _is_list(book, sheet, run)):
        return None
    amounts = _down(book, sheet, run, years) if vertical else _across(book, sheet, run, years)
    if not amounts:
        return None
    first = book.cell(sheet, *min(run))
    return Budget(years=tuple(sorted(amounts.items())), origin=sheet.name, cell=first)


def _years(book: Book, sheet: Sheet, pattern: Sought) -> Years:
    return {
        place: int(found[1])
        for place in sorted(sheet.stored)
        if (found := pattern.fullmatch(as_text(book.cell(sheet, *place).value).rstrip(": ")))
    }


def _series(years: Years, axis: int) -> list[Place]:
    """The places of the years in the column (axis 1) or row (axis 0) with most different years."""
    lines: dict[int, list[Place]] = {}
    for place in years:
        lines.setdefault(place[axis], []).append(place)
    return max(lines.values(), key=lambda places: _distinct(places, years))


def _distinct(places: list[Place], years: Years) -> int:
    return len({years[place] for place in places})


def _is_list(book: Book, sheet: Sheet, run: list[Place]) -> bool:
    """Whether the years stand in one unbroken list, each with a name before it: a line per party and year."""
    rows = [row for row, _ in run]
    unbroken = rows == list(range(rows[0], rows[-1] + 1))
    return unbroken and all(_label(book, sheet, row, column) for row, column in run)


def _label(book: Book, sheet: Sheet, row: int, before: int) -> str:
    """What the first filled cell of a row says, left of that column."""
    cells = [book.cell(sheet, row, column) for column in book.columns_in(sheet, row) if column < before]
    return next((_plain(cell) for cell in cells if not cell.blank), "")


def _down(book: Book, sheet: Sheet, run: list[Place], years: Years) -> dict[int, Decimal]:
    column = run[0][1]
    rows = [row for row, _ in run]
    if _distinct(run, years) < len(run):
        names = {row: _label(book, sheet, row, column) for row in rows}
        rows = _totals(names) or _parts(names)
    above = run[0][0] - 1
    beside = [one for one in book.columns_in(sheet, above) if one > column]
    headed = {one: _plain(book.cell(sheet, above, one)) for one in beside}
    filled = sorted({found for row in rows for found in book.columns_in(sheet, row) if found > column})
    if any(one not in filled and not _adds_up(headed[one]) for one in _totals(headed)[:1]):
        return {}
    headings = {one: headed.get(one, "") for one in filled}
    wanted = _totals(headings)[:1] or _parts(headings)
    return _sums((years[row, column], [book.cell(sheet, row, one) for one in wanted]) for row in rows)


def _across(book: Book, sheet: Sheet, run: list[Place], years: Years) -> dict[int, Decimal]:
    row, first = run[0]
    labels = {one: _label(book, sheet, one, first) for one in sheet.used_rows if one > row}
    wanted = _totals(labels)[:1] or _parts(_until_blank_line(labels))
    return _sums((years[row, column], [book.cell(sheet, one, column) for one in wanted]) for _, column in run)


def _until_blank_line(labels: dict[int, str]) -> dict[int, str]:
    """The lines of the first block: what comes after a blank line is another table."""
    rows = list(labels)
    gap = next((nth for nth, (above, below) in enumerate(pairwise(rows), 1) if below - above > 1), len(rows))
    return {row: labels[row] for row in rows[:gap]}


def _plain(cell: Cell) -> str:
    return "" if cell.blank else normalised(as_text(cell.value))


def _totals(labels: dict[int, str]) -> list[int]:
    """The lines that are labelled as the total."""
    for word in official().plain_texts("budget", "total"):
        found = [
            line
            for line, text in labels.items()
            if text == word or (text.split()[:1] == ["totaal"] and word == "totaal")
        ]
        if found:
            return found
    return []


def _adds_up(label: str) -> bool:
    """Whether a line is called the sum of others, which say as much where it was left empty."""
    return label.split()[:1] == ["totaal"]


def _parts(labels: dict[int, str]) -> list[int]:
    """The lines to add where none is the total: not those that say a part again, or no money at all."""
    others = set(official().plain_texts("budget", "not_added"))
    return [line for line, text in labels.items() if not others & set(text.split())]


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
