"""One worksheet: its stored cells, formula and stored value in one pass, never the grid.

Themes, fonts, filters, pictures and `<dimension>` are not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from xml.etree.ElementTree import Element

from kpicheck.allowance import LAST_COLUMN, LAST_ROW, Allowance, Exceeded
from kpicheck.reader.elements import MOST_AT_ONCE, ended
from kpicheck.reader.places import Place
from kpicheck.reader.refusal import broken
from kpicheck.reader.shape import MAIN
from kpicheck.reader.stored import (
    CELL,
    TRUE,
    UNKNOWN_FORMULA,
    CellReader,
    Stored,
    Unreadable,
    place_of,
)

__all__ = ["Place", "Sheet", "SheetReader", "Stored"]

_ROW, _SHEET_DATA, _COLUMN, MERGED = (f"{{{MAIN}}}{one}" for one in ("row", "sheetData", "col", "mergeCell"))
_CELL_PARTS = frozenset(f"{{{MAIN}}}{name}" for name in ("c", "f", "v", "is", "t", "r"))
_ROW_NUMBER = re.compile(r"[0-9]{1,7}(?:\.0)?", re.ASCII)
_COLUMN_NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)
_CELL_BYTES = 180  # its place and what ties it to its value, as measured
_MOST_BESIDE_CELLS = LAST_ROW + 500_000  # rows, links, rules for formats: their shells stay in memory
_CELLS_BETWEEN_TICKS = 256
_LARGEST_ARRAY = 20_000


@dataclass
class Sheet:
    """The stored cells of one worksheet by (row, column), and what is hidden or merged."""

    name: str
    hidden: bool = False
    stored: dict[Place, Stored] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @cached_property
    def columns_by_row(self) -> dict[int, list[int]]:
        """The columns in use by row, both in order."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.stored):
            found.setdefault(row, []).append(column)
        return found

    def between(self, first: int, last: int) -> Sheet:
        """The same sheet as far as those columns go."""
        stored = {place: one for place, one in self.stored.items() if first <= place[1] <= last}
        merged = [one for one in self.merged if first <= one[1] and one[3] <= last]
        return replace(self, stored=stored, merged=merged)

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


class SheetReader:
    """Reads the cells of one worksheet into a Sheet, a row at a time."""

    def __init__(
        self, part: str, strings: Sequence[str], dated: frozenset[int], allowance: Allowance
    ) -> None:
        """Take the part's name, the shared strings and the numbers of the date styles."""
        self._part = part
        self._allowance = allowance
        self._cells = CellReader(strings, dated, allowance)
        self._row = 0

    def read(self, xml: bytes, sheet: Sheet) -> None:
        """Put all stored cells into the sheet. Raises Refusal and Exceeded."""
        try:
            self._read(xml, sheet)
            for ref in self._cells.arrays:
                spread(ref, sheet, self._allowance)
        except Unreadable as error:
            raise broken(self._part, error.problem) from None

    def _read(self, xml: bytes, sheet: Sheet) -> None:
        waiting = blocks = cleared = 0
        for element in ended(xml, self._allowance):
            if element.tag in _CELL_PARTS:
                waiting += 1
                if waiting > MOST_AT_ONCE:
                    raise Exceeded("elements")
                continue
            if element.tag == _ROW:
                self._read_row(element, sheet)
                waiting = 0
            elif element.tag == _COLUMN and element.get("hidden") in TRUE:
                self._allowance.tick()
                _hide(element, sheet)
            elif element.tag == MERGED:
                self._allowance.spend("merged")
                sheet.merged.append(area_of(element.get("ref", "")))
            blocks += element.tag == _SHEET_DATA
            element.clear()
            cleared += 1
            if cleared > _MOST_BESIDE_CELLS:
                raise Exceeded("elements")
        if blocks != 1:
            raise Unreadable("shape")

    def _read_row(self, element: Element, sheet: Sheet) -> None:
        self._row = _row_number(element.get("r"), self._row)
        if element.get("hidden") in TRUE:
            sheet.hidden_rows.add(self._row)
        if not len(element):
            return
        before, column = len(sheet.stored), 0
        for nth, child in enumerate(element):
            if not nth % _CELLS_BETWEEN_TICKS:
                self._allowance.tick()
            if child.tag != CELL:
                continue
            ref = child.get("r")
            place = (self._row, column + 1) if ref is None else place_of(ref)
            column = place[1]
            stored = self._cells.read(child, place) if len(child) else None
            if stored is None:
                continue
            if place in sheet.stored or column > LAST_COLUMN:
                raise Unreadable("address")
            sheet.stored[place] = stored
        found = len(sheet.stored) - before
        self._allowance.spend("cells", found)
        self._allowance.spend("memory", found * _CELL_BYTES)


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
                stored.formula = UNKNOWN_FORMULA


def _row_number(told: str | None, before: int) -> int:
    """The number of a row: as told, else the one after the row before. Raises Unreadable."""
    row = before + 1
    if told is not None:
        row = int(told.removesuffix(".0")) if _ROW_NUMBER.fullmatch(told) else 0
    if not 1 <= row <= LAST_ROW:
        raise Unreadable("row")
    return row


def _hide(element: Element, sheet: Sheet) -> None:
    """Note the hidden columns of one `<col>`, which may span all of them. Raises Unreadable."""
    first, last = (element.get(edge, "") for edge in ("min", "max"))
    if not (_COLUMN_NUMBER.fullmatch(first) and _COLUMN_NUMBER.fullmatch(last)):
        raise Unreadable("column")
    sheet.hidden_columns.update(range(int(first), min(int(last), LAST_COLUMN) + 1))


def area_of(ref: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a merged cell. Raises Unreadable."""
    first, _, last = ref.replace("$", "").partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
