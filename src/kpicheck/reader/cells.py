"""The cells of a worksheet as its XML goes by: each one's place, stored value and the text of its formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from sys import getsizeof

from kpicheck.allowance import LAST_COLUMN, Allowance
from kpicheck.model import Value
from kpicheck.reader.formula_parser import MAX_LENGTH
from kpicheck.reader.formula_tokens import MOST_BRACKETS, NoFormula, moved, tokens
from kpicheck.reader.places import Place
from kpicheck.reader.reading import Attributes, Reading
from kpicheck.reader.refusal import Unreadable
from kpicheck.reader.shape import MAIN
from kpicheck.reader.stored import INDEX, UNKNOWN_FORMULA, Stored, day_or_text, number, place_of, truth
from kpicheck.reader.stored_rows import StoredRows
from kpicheck.reader.words import Words, unescaped

_CELL, _FORMULA, _VALUE, _INLINE, _MORE = (f"{MAIN} {name}" for name in ("c", "f", "v", "is", "extLst"))
_READERS: dict[str, Callable[[str], Value]] = {
    "b": truth,
    "d": day_or_text,
    "e": str,
    "n": number,
    "str": unescaped,
}
_KINDS = frozenset(("s", "inlineStr", *_READERS))
_BYTES_BETWEEN_COUNTS = 1 << 20
_ROW_BYTES, _CELL_BYTES = 260, 130  # beside the values, as measured


class CellReader:
    """Reads the cells of one worksheet row by row; formulas that cells share are written out for each."""

    def __init__(
        self,
        reading: Reading,
        stored: StoredRows,
        strings: Sequence[str],
        dated: frozenset[int],
        allowance: Allowance,
    ) -> None:
        """Take where the cells go, the shared strings and the numbers of the date styles."""
        self.stored, self.strings, self.dated = stored, strings, dated
        self.arrays: list[str] = []
        self._allowance = allowance
        self._shared_formulas: dict[str, tuple[str, Place]] = {}
        self._words = Words(reading, _INLINE)
        self._texts, self._path = reading.texts, reading.path
        self._columns: dict[str, int] = {}
        self.bytes = self._row = self._column = self._known = 0
        self._here: dict[int, Stored] = {}
        self._strays: dict[int, dict[int, Stored]] = {}
        self._digits = ""
        self._told: Attributes = {}
        self._told_of_formula: Attributes = {}
        self._children: list[tuple[str, str]] = []
        reading.starts |= {_CELL: self._cell, _FORMULA: self._formula}
        reading.ends |= {
            _VALUE: self._value_ended,
            _FORMULA: self._formula_ended,
            _INLINE: self._inline_ended,
            _MORE: self._more_ended,
            _CELL: self._cell_ended,
        }

    def begin_row(self, row: int) -> None:
        """Go to the row whose cells follow."""
        self._row, self._digits = row, str(row)
        self._column = 0
        known = self.stored.rows.get(row)
        self._here = known.by_column() if known else {}
        self._known = len(self._here)

    def end_row(self) -> None:
        """Put the row on the sheet, and count what it held. Raises Exceeded."""
        if found := len(self._here) - self._known:
            self.stored.put_row(self._row, self._here)
            self.count(found)

    def put(self, columns: list[int], cells: list[Stored | None], *, in_order: bool) -> None:
        """Put the cells of this row on the sheet; None holds nothing. Raises Unreadable and Exceeded."""
        filled = [one for one in cells if one is not None]
        if in_order and filled and len(filled) == len(cells) and not self._here:
            self.stored.put_cells(self._row, columns, filled)
            self.count(len(filled))
            return
        for column, stored in zip(columns, cells, strict=True):
            if stored is not None:
                self._take(column, stored, self._here)
        self.end_row()

    def _take(self, column: int, stored: Stored, here: dict[int, Stored]) -> None:
        if column in here or column > LAST_COLUMN:
            raise Unreadable("address")
        here[column] = stored

    def end_rows(self) -> None:
        """Put the cells on the sheet that stood in another row than their address says. Raises Unreadable."""
        for row, strays in self._strays.items():
            held = self.stored.row(row).by_column()
            if held.keys() & strays:
                raise Unreadable("address")
            self.stored.put_row(row, held | strays)
            self.count(len(strays))
        self._strays.clear()

    def count(self, cells: int) -> None:
        """Count cells and what they hold. Raises Exceeded."""
        self._allowance.spend("cells", cells)
        self._allowance.spend("memory", _ROW_BYTES + cells * _CELL_BYTES + self.bytes)
        self.bytes = 0

    def _cell(self, attributes: Attributes) -> None:
        self._told = attributes

    def _formula(self, attributes: Attributes) -> None:
        self._told_of_formula = attributes

    def _formula_ended(self) -> None:
        self._children.append((_FORMULA, "".join(self._texts)))

    def _value_ended(self) -> None:
        self._children.append((_VALUE, "".join(self._texts)))

    def _inline_ended(self) -> None:
        self._children.append((_INLINE, ""))

    def _more_ended(self) -> None:
        if self._path[-1] == _CELL:
            self._children.append((_MORE, ""))

    def _cell_ended(self) -> None:
        """Put the cell with what it holds on the sheet. Raises Unreadable and Exceeded."""
        ref = self._told.get("r")
        place = (self._row, self._column + 1) if ref is None else self._place(ref)
        self._column = place[1]
        if not self._children:
            return
        held = dict(self._children)
        if len(held) != len(self._children):
            raise Unreadable("content")
        self._children.clear()
        stored = self._read(place, held)
        if stored is None:
            return
        row, column = place
        here = self._here if row == self._row else self._strays.setdefault(row, {})
        self._take(column, stored, here)
        if self.bytes > _BYTES_BETWEEN_COUNTS:
            self._allowance.spend("memory", self.bytes)
            self.bytes = 0

    def column(self, letters: str) -> int:
        """The number of a column in this row. Raises Unreadable."""
        return self._place(f"{letters}{self._digits}")[1]

    def _place(self, ref: str) -> Place:
        """The place of an address, mostly in this row and a column seen before. Raises Unreadable."""
        letters = ref[: -len(self._digits)] if ref.endswith(self._digits) else ""
        column = self._columns.get(letters)
        if column is not None:
            return self._row, column
        place = place_of(ref)
        if place[0] == self._row:
            self._columns[letters] = place[1]
        return place

    def _read(self, place: Place, held: dict[str, str]) -> Stored | None:
        """What the cell holds, or None where it holds nothing. Raises Unreadable and Exceeded."""
        formula = self.formula(place, self._told_of_formula, held[_FORMULA]) if _FORMULA in held else None
        value = self.value(self._told.get("t", "n"), held.get(_VALUE), inline=_INLINE in held)
        if value is None and formula is None:
            return None
        try:
            style = int(self._told.get("s", "0"))
        except ValueError:
            raise Unreadable("style") from None
        return Stored(value, formula, style in self.dated, value is not None or formula is None)

    def value(self, kind: str, raw: str | None, *, inline: bool = False) -> Value:
        """What a cell of that kind keeps, as text or inline. Raises Unreadable and Exceeded."""
        if kind not in _KINDS or (raw is not None if kind == "inlineStr" else inline):
            raise Unreadable("type")
        if kind == "s" and raw:
            return self._shared(raw)
        if inline:
            value: Value = self._words.taken()
        elif not raw:
            return "" if kind == "str" and raw is not None else None
        else:
            value = _READERS[kind](raw)
        self.bytes += getsizeof(value)
        return value

    def _shared(self, raw: str) -> str:
        if not INDEX.fullmatch(raw) or int(raw) >= len(self.strings):
            raise Unreadable("shared-string")
        return self.strings[int(raw)]

    def formula(self, place: Place, told: Attributes, typed: str) -> str:
        """The formula as Excel shows it; a data table has none that can be read."""
        text, kind = f"={typed}", told.get("t", "normal")
        if kind == "array" and (ref := told.get("ref")):
            self.arrays.append(ref)
        if kind == "shared":
            text = self._written_out(told.get("si", ""), text, place)
        if text == "=" or kind == "dataTable":
            return UNKNOWN_FORMULA
        self.bytes += getsizeof(text)
        return text

    def _written_out(self, group: str, text: str, place: Place) -> str:
        self._allowance.tick()
        try:
            if group in self._shared_formulas:
                return moved(*self._shared_formulas[group], place)
            if text != "=" and len(text) <= MAX_LENGTH and text.count("[") <= MOST_BRACKETS:
                tokens(text)
                self._shared_formulas[group] = text, place
        except NoFormula:
            return UNKNOWN_FORMULA
        return text
