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
_CELL_BYTES = 180  # its place and what ties it to its value, as measured


class CellReader:
    """Reads the cells of one worksheet row by row; formulas that cells share are written out for each."""

    def __init__(
        self,
        reading: Reading,
        stored: dict[Place, Stored],
        strings: Sequence[str],
        dated: frozenset[int],
        allowance: Allowance,
    ) -> None:
        """Take where the cells go, the shared strings and the numbers of the date styles."""
        self.arrays: list[str] = []
        self._stored = stored
        self._strings = strings
        self._dated = dated
        self._allowance = allowance
        self._shared_formulas: dict[str, tuple[str, Place]] = {}
        self._words = Words(reading, _INLINE)
        self._texts, self._path = reading.texts, reading.path
        self._columns: dict[str, int] = {}
        self._row = self._column = self._before = self._bytes = 0
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
        self._before = len(self._stored)

    def end_row(self) -> None:
        """Count what the row held. Raises Exceeded."""
        if found := len(self._stored) - self._before:
            self._allowance.spend("cells", found)
            self._allowance.spend("memory", found * _CELL_BYTES + self._bytes)
            self._bytes = 0

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
        if place in self._stored or place[1] > LAST_COLUMN:
            raise Unreadable("address")
        self._stored[place] = stored
        if self._bytes > _BYTES_BETWEEN_COUNTS:
            self._allowance.spend("memory", self._bytes)
            self._bytes = 0

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
        formula = self._formula_at(place, held[_FORMULA]) if _FORMULA in held else None
        value = self._value(self._told.get("t", "n"), held)
        if value is None and formula is None:
            return None
        try:
            style = int(self._told.get("s", "0"))
        except ValueError:
            raise Unreadable("style") from None
        return Stored(value, formula, style in self._dated, value is not None or formula is None)

    def _value(self, kind: str, held: dict[str, str]) -> Value:
        inline = kind == "inlineStr"
        if kind not in _KINDS or (_VALUE if inline else _INLINE) in held:
            raise Unreadable("type")
        raw = held.get(_VALUE)
        if kind == "s" and raw:
            return self._shared(raw)
        if inline and _INLINE in held:
            value: Value = self._words.taken()
        elif not raw:
            return "" if kind == "str" and raw is not None else None
        else:
            value = _READERS[kind](raw)
        self._bytes += getsizeof(value)
        return value

    def _shared(self, raw: str) -> str:
        if not INDEX.fullmatch(raw) or int(raw) >= len(self._strings):
            raise Unreadable("shared-string")
        return self._strings[int(raw)]

    def _formula_at(self, place: Place, typed: str) -> str:
        """The formula as Excel shows it; a data table has none that can be read."""
        told = self._told_of_formula
        text, kind = f"={typed}", told.get("t", "normal")
        if kind == "array" and (ref := told.get("ref")):
            self.arrays.append(ref)
        if kind == "shared":
            text = self._written_out(told.get("si", ""), text, place)
        if text == "=" or kind == "dataTable":
            return UNKNOWN_FORMULA
        self._bytes += getsizeof(text)
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
