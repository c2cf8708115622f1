"""Where a milestone table stands on a sheet, and the column of each of its fields.

The heading row is found by its headings, never by position or sheet name (contract, layouts to read).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from kpicheck.allowance import LAST_COLUMN, LIMITS, Allowance, Exceeded
from kpicheck.reader.layout import Layout, is_known_heading, layouts, plain_heading
from kpicheck.reader.places import column_number
from kpicheck.reader.sheet import Sheet

_LONGEST_HEADING = 120
_FEWEST_HEADINGS = 3
_FEWEST_KNOWN = _FEWEST_HEADINGS - 1
_COLUMN_MARK = re.compile(r"\d{1,2}|[A-Za-z]{1,2}")


@dataclass(slots=True)
class Table:
    """A milestone table on a sheet: its heading row, the column of each field, and the other headings.

    `lower` is the last row of a heading that is merged over more rows; else it is the heading row itself.
    `ends` is the last row before the rows themselves: a line of column numbers is part of the heading.
    """

    sheet: Sheet
    layout: Layout
    row: int
    columns: dict[str, int]
    others: dict[int, str] = field(default_factory=dict)
    above: int = 1
    last_row: int = 0
    lower: int = 0
    ends: int = 0

    def heading_row(self, column: int) -> int:
        """The row the heading of that column stands in."""
        below = self.sheet.stored.get((self.lower, column)) if self.lower > self.row else None
        return self.lower if below is not None and below.value is not None else self.row

    @property
    def first_column(self) -> int:
        """The leftmost column with a known heading."""
        return min(self.columns.values())


def find_tables(sheet: Sheet, allowance: Allowance) -> list[Table]:
    """Every milestone table of a sheet, from top to bottom and from left to right. Raises Exceeded."""
    found: list[Table] = []
    rows = sheet.columns_by_row
    for row in rows:
        allowance.tick()
        if not _may_be_headings(sheet, row):
            continue
        texts = _texts(sheet, row)
        if len(texts) >= _FEWEST_HEADINGS:
            here = _tables_in_row(sheet, row, texts)
            allowance.spend("tables", len(here))
            found += here
    last = max(rows, default=0)
    heading_rows = sorted({table.row for table in found})
    for table in found:
        following = next((row for row in heading_rows if row > table.row), None)
        table.last_row = following - 1 if following else last
        table.above = max((row for row in heading_rows if row < table.row), default=0) + 1
    return found


def _tables_in_row(sheet: Sheet, row: int, texts: dict[int, str]) -> list[Table]:
    """The table whose heading row this is; more where the headings start anew, side by side."""
    whole = _match(sheet, row, texts)
    if whole is None:
        return []
    starts = [min(texts), *_new_starts(sheet, row, texts)]
    if len(starts) == 1:
        return [_with_lower_row(whole, texts)]
    edges = [1, *starts[1:], max(sheet.columns_by_row[row]) + 1]
    found = []
    for first, until in pairwise(edges):
        last = until - 1 if until != edges[-1] else LAST_COLUMN
        part = {column: text for column, text in texts.items() if first <= column <= last}
        if table := _match(sheet.between(first, last), row, part):
            found.append(_with_lower_row(table, part))
    return found


def _new_starts(sheet: Sheet, row: int, texts: dict[int, str]) -> list[int]:
    """The columns where the headings of a further table begin: a heading comes back, and most others do."""
    starts: list[int] = []
    seen: set[str] = set()
    for column, text in sorted(texts.items()):
        plain = plain_heading(text)
        if plain in seen:
            after = {place: one for place, one in texts.items() if place >= column}
            again = seen.intersection(map(plain_heading, after.values()))
            if len(again) * 2 > len(seen) and len(again) > _FEWEST_HEADINGS and _match(sheet, row, after):
                starts.append(column)
                seen = set()
        seen.add(plain)
    return starts


def _may_be_headings(sheet: Sheet, row: int) -> bool:
    """Whether enough of what stands in a row is a known heading; hardly any row is looked at further."""
    cells = sheet.stored.row(row).cells
    short = [text for one in cells if isinstance(text := one.value, str) and len(text) <= _LONGEST_HEADING]
    return len(short) >= _FEWEST_HEADINGS and sum(map(is_known_heading, short)) >= _FEWEST_KNOWN


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """What stands in a row and may be a heading, by column."""
    found = sheet.stored.row(row)
    return {
        column: value
        for column, one in zip(found.at, found.cells, strict=True)
        if isinstance(value := one.value, str) and 0 < len(value) <= _LONGEST_HEADING and not value.isspace()
    }


def _with_lower_row(table: Table, texts: dict[int, str]) -> Table:
    """The table with the second row of its heading, where most headings are merged over both rows."""
    sheet, row = table.sheet, table.row
    known = set(table.columns.values())
    bottoms = [bottom for top, left, bottom, right in sheet.merged if top == row and left == right in known]
    table.lower = row
    table.ends = _numbered(sheet, row)
    if len(bottoms) * 2 <= len(known) or len(set(bottoms)) != 1 or bottoms[0] == row:
        return table
    wide = {left for top, left, _, right in sheet.merged if top == row and right > left}
    below = _texts(sheet, bottoms[0])
    upper = {column: text for column, text in texts.items() if column not in wide}
    whole = _match(sheet, row, {**upper, **below}) or table
    whole.lower = bottoms[0]
    whole.ends = _numbered(sheet, whole.lower)
    return whole


def _numbered(sheet: Sheet, row: int) -> int:
    """The line of column numbers or letters right under a heading row; else the heading row itself."""
    below = [sheet.stored[row + 1, column] for column in sheet.columns_by_row.get(row + 1, ())]
    marks = [str(one.value).strip(" ().") for one in below if one.value is not None]
    if len(marks) < _FEWEST_HEADINGS + 1 or not all(map(_COLUMN_MARK.fullmatch, marks)):
        return row
    places = [int(mark) if mark.isdecimal() else column_number(mark) for mark in marks]
    return row + 1 if places == list(range(places[0], places[0] + len(places))) else row


def _match(sheet: Sheet, row: int, texts: dict[int, str]) -> Table | None:
    """The table whose heading row this is, read by the layout that fits best."""
    found = _read_as(tuple(texts.items()))
    if found is None:
        return None
    layout, columns = found
    taken = set(columns.values())
    others = {column: text for column, text in texts.items() if column not in taken}
    return Table(sheet, layout, row, dict(columns), others)


@lru_cache(maxsize=64)
def _read_as(texts: tuple[tuple[int, str], ...]) -> tuple[Layout, Mapping[str, int]] | None:
    """The layout that fits headings best, by their columns, and which field each stands for."""
    plain = {column: plain_heading(text) for column, text in texts}
    best: tuple[float, Layout, Mapping[str, int]] | None = None
    for layout in layouts():
        columns = _columns(layout, plain)
        known = layout.known_of(columns)
        if not known or not _is_heading_row(columns):
            continue
        share = len(known) / len(layout.expected)
        if best is None or share > best[0]:
            best = share, layout, columns
    return best[1:] if best else None


def _columns(layout: Layout, plain: dict[int, str]) -> dict[str, int]:
    """The column of each field: the format's own heading first, then other spellings, then typing errors."""
    columns: dict[str, int] = {}
    for known in (layout.own_headings, layout.fields_by_heading):
        for column, text in plain.items():
            if text in known and column not in columns.values():
                columns.setdefault(known[text], column)
    if len(columns) < _FEWEST_KNOWN:
        return {}
    if len(plain) > LIMITS["parties"].base:
        raise Exceeded("parties")
    for column, text in plain.items():
        if column not in columns.values() and (name := layout.field_of(text)):
            columns.setdefault(name, column)
    return columns


def _is_heading_row(columns: dict[str, int]) -> bool:
    """Enough of the format to be its heading row: what, and when, how much or of which type."""
    what = {"name", "smart", "evidence"} & columns.keys()
    rest = {"date", "type", "total"} & columns.keys()
    return bool(what) and bool(rest) and len(columns) >= _FEWEST_HEADINGS
