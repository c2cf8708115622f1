"""The rows of a worksheet that are written plainly, put on the sheet past the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import getsizeof

from kpicheck.model import Value
from kpicheck.reader.cells import CellReader
from kpicheck.reader.places import Place
from kpicheck.reader.plain import (
    CELL,
    ROW,
    Plain,
    decoded,
    formula_attributes,
    plain_entities,
    row_attributes,
)
from kpicheck.reader.reading import Attributes
from kpicheck.reader.refusal import Unreadable
from kpicheck.reader.shape import MAIN
from kpicheck.reader.stored import Stored, number
from kpicheck.reader.words import unescaped

_WITHIN = ("", f"{MAIN} worksheet", f"{MAIN} sheetData")
_OPENING = re.compile(rb"<sheetData>")
_PARTS = CELL.groups + 1
_GROUPS = (3, 4, 5, 6, 7, 8, 9, 10)
_NUMBER_BYTES = getsizeof(number("0"))  # whatever the number, because none has more than 15 digits
_MOST_KEPT = 5_000  # what many cells hold is kept once, for days and for what is none
_LONGEST_KEPT = 500
_AS_NUMBER = (None, "n")

Part = str | None
Kept = tuple[dict[str, Stored], dict[str, Stored]]


class PlainRows:
    """Takes a row if all in it is plain; what its cells hold is worked out as it is for any other row."""

    def __init__(
        self, cells: CellReader, start_row: Callable[[Attributes], None], prefixes: list[str | None]
    ) -> None:
        """Take who keeps the cells, who is told of a row, and the prefixes that are known."""
        self._cells = cells
        self._start_row = start_row
        self._prefixes = prefixes
        self._dated: set[Part] = set(map(str, cells.dated))
        if 0 in cells.dated:
            self._dated.add(None)
        self._letters: tuple[Part, ...] = ()
        self._columns: list[int] = []
        self._in_order = True
        self._shared: Kept = ({}, {})
        self._own: Kept = ({}, {})
        self._numbers: Kept = ({}, {})

    @property
    def plain(self) -> Plain:
        """Where rows stand, and that this takes them."""
        return Plain(_WITHIN, _OPENING, "</row>", self._take)

    def _take(self, piece: str) -> bool:
        """Take a row, and the empty rows before it; False, with nothing done, where one is not plain."""
        rows: list[Attributes] = []
        at, open_row = 0, False
        while not open_row:
            begun = ROW.match(piece, at)
            told = row_attributes(begun[2], prefixed="x14ac" in self._prefixes) if begun else None
            if begun is None or told is None:
                return False
            rows.append({"r": begun[1], **told})
            at, open_row = begun.end(), not begun[3]
        parts: list[Part] = CELL.split(piece[at:])
        numbers = parts[2::_PARTS]
        if any(parts[::_PARTS]) or numbers.count(rows[-1]["r"]) != len(numbers) or not plain_entities(piece):
            return False
        if any(one and formula_attributes(one) is None for one in set(parts[7::_PARTS])):
            return False
        for one in rows[:-1]:
            self._start_row(one)
            self._cells.end_row()
        self._start_row(rows[-1])
        self._put(int(rows[-1]["r"]), parts)
        return True

    def _put(self, row: int, parts: list[Part]) -> None:
        """Put the cells on the sheet. Raises Unreadable and Exceeded."""
        cells, dated, size = self._cells, self._dated, 0
        shared, own, numbers = self._shared, self._own, self._numbers
        columns = self._columns_of(tuple(parts[1::_PARTS]))
        found: list[Stored | None] = []
        for style, index, inline, kind, told, typed, empty, raw in zip(
            *(parts[group::_PARTS] for group in _GROUPS), strict=True
        ):
            days = style in dated
            stored: Stored | None
            if index is not None:
                stored = shared[days].get(index) or self._of_index(index, days=days)
            elif inline is not None:
                stored = own[days].get(inline) or self._of_text(inline, days=days)
                size += getsizeof(stored.value)
            elif told is None and raw and kind in _AS_NUMBER:
                stored = numbers[days].get(raw) or self._of_number(raw, days=days)
                size += _NUMBER_BYTES
            else:
                formula = None
                if told is not None:
                    formula = self._formula((row, columns[len(found)]), told, typed)
                value: Value
                if raw and kind in _AS_NUMBER:
                    value = number(raw)
                    size += _NUMBER_BYTES
                else:
                    value = cells.value(kind or "n", None if empty is None else decoded(raw or ""))
                there = value is not None or formula is not None
                stored = Stored(value, formula, days, value is not None) if there else None
            found.append(stored)
        cells.bytes += size
        cells.put(columns, found, in_order=self._in_order)

    def _columns_of(self, letters: tuple[Part, ...]) -> list[int]:
        """The columns of a row's cells; mostly those of the row before. Raises Unreadable."""
        if letters != self._letters:
            self._letters, self._columns = letters, [self._cells.column(one) for one in letters if one]
            self._in_order = self._columns == sorted(set(self._columns))
        return self._columns

    def _formula(self, place: Place, told: str, typed: Part) -> str:
        """The formula as Excel shows it; mostly it stands there."""
        if told or not typed:
            return self._cells.formula(place, formula_attributes(told) or {}, decoded(typed or ""))
        formula = f"={decoded(typed)}"
        self._cells.bytes += getsizeof(formula)
        return formula

    def _of_index(self, index: str, *, days: bool) -> Stored:
        nth, strings = int(index), self._cells.strings
        if nth >= len(strings):
            raise Unreadable("shared-string")
        return self._kept(self._shared[days], index, Stored(strings[nth], None, days))

    def _of_text(self, inline: str, *, days: bool) -> Stored:
        return self._kept(self._own[days], inline, Stored(unescaped(decoded(inline)), None, days))

    def _of_number(self, raw: str, *, days: bool) -> Stored:
        return self._kept(self._numbers[days], raw, Stored(number(raw), None, days))

    @staticmethod
    def _kept(known: dict[str, Stored], told: str, stored: Stored) -> Stored:
        if len(known) < _MOST_KEPT and len(told) <= _LONGEST_KEPT:
            known[told] = stored
        return stored
