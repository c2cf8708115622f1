"""One worksheet: its stored cells, formula and stored value in one pass, never the grid.

Themes, fonts, filters, pictures and `<dimension>` are not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kpicheck.allowance import LAST_COLUMN, LAST_ROW, Allowance, Exceeded
from kpicheck.reader.cells import CellReader
from kpicheck.reader.places import Place
from kpicheck.reader.plain_rows import PlainRows
from kpicheck.reader.reading import Attributes, Reading
from kpicheck.reader.refusal import Unreadable
from kpicheck.reader.shape import MAIN
from kpicheck.reader.stored import TRUE, UNKNOWN_FORMULA, Stored, place_of
from kpicheck.reader.stored_rows import StoredRows

__all__ = ["Place", "Sheet", "SheetReader", "Stored"]

_ROW, _SHEET_DATA, _COLUMN, _MERGED = (f"{MAIN} {one}" for one in ("row", "sheetData", "col", "mergeCell"))
_ROW_NUMBER = re.compile(r"[0-9]{1,7}(?:\.0)?", re.ASCII)
_COLUMN_NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)
_MOST_ROWS = LAST_ROW + 500_000  # some are told twice
_LARGEST_ARRAY = 20_000


@dataclass
class Sheet:
    """The stored cells of one worksheet by (row, column), and what is hidden or merged."""

    name: str
    hidden: bool = False
    stored: StoredRows = field(default_factory=StoredRows)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @cached_property
    def key(self) -> str:
        """Its name as formulas may write it, in any case."""
        return self.name.casefold()

    @cached_property
    def columns_by_row(self) -> dict[int, Collection[int]]:
        """The columns in use by row, both in order."""
        rows = self.stored.rows
        return {row: rows[row].at.keys() for row in sorted(rows)}

    @cached_property
    def used_rows(self) -> list[int]:
        """The rows in use, from top to bottom."""
        return list(self.columns_by_row)

    def between(self, first: int, last: int) -> Sheet:
        """The same sheet as far as those columns go."""
        merged = [one for one in self.merged if first <= one[1] and one[3] <= last]
        return replace(self, stored=self.stored.between(first, last), merged=merged)

    def column_hidden(self, column: int) -> bool:
        """Whether that column is hidden."""
        return column in self.hidden_columns

    def top_of(self, row: int, column: int) -> int:
        """The first row of the cell merged down over that place; the row itself where none is."""
        known = self._merged_down.get(column, [])
        nearest = bisect_right(known, (row, LAST_ROW)) - 1
        return known[nearest][0] if nearest >= 0 and known[nearest][1] >= row else row

    @cached_property
    def _merged_down(self) -> dict[int, list[tuple[int, int]]]:
        """First and last row of the merges of one column, by that column."""
        found: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, right in sorted(self.merged):
            if left == right:
                found.setdefault(left, []).append((top, bottom))
        return found


class SheetReader(Reading):
    """Reads the cells of one worksheet into a Sheet, a row at a time."""

    def __init__(
        self, sheet: Sheet, strings: Sequence[str], dated: frozenset[int], allowance: Allowance
    ) -> None:
        """Take the sheet to fill, the shared strings and the numbers of the date styles."""
        super().__init__()
        self._sheet = sheet
        self._allowance = allowance
        self._cells = CellReader(self, sheet.stored, strings, dated, allowance)
        self._row = self._rows = self._blocks = 0
        self.starts |= {
            _SHEET_DATA: self._block,
            _ROW: self._row_started,
            _COLUMN: self._column,
            _MERGED: self._merge,
        }
        self.ends |= {_ROW: self._cells.end_row, _SHEET_DATA: self._cells.end_rows}
        self.plain = PlainRows(self._cells, self._row_started, self.prefixes).plain

    def finish(self) -> None:
        """Say of each cell that an array formula fills that it holds one; only the first says so itself.

        Raises Unreadable, also where the part has no cells at all, and Exceeded.
        """
        if self._blocks != 1:
            raise Unreadable("shape")
        for ref in self._cells.arrays:
            spread(ref, self._sheet, self._allowance)

    def _block(self, _: Attributes) -> None:
        self._blocks += 1

    def _row_started(self, attributes: Attributes) -> None:
        self._rows += 1
        if self._rows > _MOST_ROWS:
            raise Exceeded("elements")
        self._row = _row_number(attributes.get("r"), self._row)
        if attributes.get("hidden") in TRUE:
            self._sheet.hidden_rows.add(self._row)
        self._cells.begin_row(self._row)

    def _column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE:
            self._allowance.tick()
            _hide(attributes, self._sheet)

    def _merge(self, attributes: Attributes) -> None:
        self._allowance.spend("merged")
        self._sheet.merged.append(area_of(attributes.get("ref", "")))


def spread(ref: str, sheet: Sheet, allowance: Allowance) -> None:
    """Say of each cell that an array formula fills that it holds one; only the first says so itself."""
    top, left, bottom, right = area_of(ref)
    area = (bottom - top + 1) * (right - left + 1)
    allowance.spend("steps", min(area, _LARGEST_ARRAY))
    if area > _LARGEST_ARRAY:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            stored = sheet.stored.get((row, column))
            if stored is not None and stored.formula is None:
                sheet.stored.put((row, column), replace(stored, formula=UNKNOWN_FORMULA))


def _row_number(told: str | None, before: int) -> int:
    """The number of a row: as told, else the one after the row before. Raises Unreadable."""
    row = before + 1
    if told is not None:
        row = int(told.removesuffix(".0")) if told == str(row) or _ROW_NUMBER.fullmatch(told) else 0
    if not 1 <= row <= LAST_ROW:
        raise Unreadable("row")
    return row


def _hide(attributes: Attributes, sheet: Sheet) -> None:
    """Note the hidden columns of one `<col>`, which may span all of them. Raises Unreadable."""
    first, last = (attributes.get(edge, "") for edge in ("min", "max"))
    if not (_COLUMN_NUMBER.fullmatch(first) and _COLUMN_NUMBER.fullmatch(last)):
        raise Unreadable("column")
    sheet.hidden_columns.update(range(int(first), min(int(last), LAST_COLUMN) + 1))


def area_of(ref: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a merged cell. Raises Unreadable."""
    first, _, last = ref.replace("$", "").partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
