"""One worksheet: its stored cells, formula and stored value in one pass, never the grid.

Drives openpyxl's worksheet parser; themes, fonts, filters, pictures and `<dimension>` are not looked at.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, cast
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.cell.text import Text
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.worksheet import _reader as openpyxl_reader

from kpicheck.model import Value

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TRUE = ("1", "true")
_EXCEL_DIGITS = 15
_LONGEST = Decimal(10) ** _EXCEL_DIGITS

Place = tuple[int, int]


@dataclass(slots=True)
class Stored:
    """What the file keeps for one cell."""

    value: Value
    formula: str | None = None
    dated: bool = False
    has_result: bool = True


@dataclass
class Sheet:
    """The stored cells of one worksheet by (row, column), and what is hidden or merged."""

    name: str
    hidden: bool = False
    stored: dict[Place, Stored] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
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
        return any(first <= column <= last for first, last in self.hidden_columns)


class SheetParser(openpyxl_reader.WorkSheetParser):
    """openpyxl's parser, kept to what stands in cells: stored result and formula together."""

    def __init__(self, xml: bytes, strings: list[str], dated: frozenset[int]) -> None:
        """Take the sheet's XML, the shared strings and the numbers of the date styles."""
        super().__init__(io.BytesIO(xml), strings, data_only=True)
        self.dated = dated

    def read(self, name: str, *, hidden: bool) -> Sheet:
        """All stored cells of the sheet."""
        sheet = Sheet(name, hidden)
        for place, stored in self._cells(sheet):
            sheet.stored[place] = stored
        sheet.hidden_rows = {
            int(row) for row, found in self.row_dimensions.items() if found.get("hidden") in TRUE
        }
        return sheet

    def _cells(self, sheet: Sheet) -> Iterator[tuple[Place, Stored]]:
        for _, element in iterparse(self.source):
            if element.tag == openpyxl_reader.ROW_TAG:
                cells: list[Any] = self.parse_row(element)[1]
                yield from (found for found in cells if found is not None)
                element.clear()
            elif element.tag == f"{MAIN}col" and element.get("hidden") in TRUE:
                sheet.hidden_columns.append((int(element.attrib["min"]), int(element.attrib["max"])))
            elif element.tag == f"{MAIN}mergeCell":
                left, top, right, bottom = (
                    int(edge or 1) for edge in range_boundaries(element.attrib["ref"])
                )
                sheet.merged.append((top, left, bottom, right))

    def parse_cell(self, element: Element) -> Any:  # noqa: ANN401 - openpyxl passes it on as it is
        """The stored value as text or Decimal, and the formula beside it."""
        place = self._place(element)
        if not len(element):
            return None
        formula = self._formula(element)
        value = self._value(element)
        if value is None and formula is None:
            return None
        style = int(element.get("s", "0"))
        if (
            value is None
            and element.get("t") == "str"
            and element.find(openpyxl_reader.VALUE_TAG) is not None
        ):
            value = ""
        has_result = value is not None
        return place, Stored(value, formula, style in self.dated, has_result or formula is None)

    def _place(self, element: Element) -> Place:
        ref = element.get("r")
        if ref is None:
            self.col_counter += 1
            return self.row_counter, self.col_counter
        row, column = coordinate_to_tuple(ref)
        self.col_counter = column
        return row, column

    def _formula(self, element: Element) -> str | None:
        if element.find(openpyxl_reader.FORMULA_TAG) is None:
            return None
        found: object = self.parse_formula(element)  # type: ignore[no-untyped-call]
        text = getattr(found, "text", found)
        return str(text) if text and text != "=" else "=?"

    def _value(self, element: Element) -> Value:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            child = element.find(openpyxl_reader.INLINE_STRING)
            return None if child is None else text_of(child)
        raw = element.findtext(openpyxl_reader.VALUE_TAG)
        readers: dict[str, Callable[[str], Value]] = {
            "s": self._shared,
            "b": _truth,
            "n": number,
            "d": _iso_day,
        }
        return readers.get(kind, str)(raw) if raw else None

    def _shared(self, raw: str) -> str:
        return str(self.shared_strings[_index(raw)])


def _truth(raw: str) -> bool:
    return raw.strip() in TRUE


def _iso_day(raw: str) -> dt.date:
    return dt.date.fromisoformat(raw[:10])


def _index(raw: str) -> int:
    index = int(raw)
    if index < 0:
        raise IndexError(raw)
    return index


def number(raw: str) -> Decimal:
    """A stored number as Excel shows it: its 15 significant digits, without binary noise."""
    try:
        exact = Decimal(raw.strip())
    except InvalidOperation as error:
        raise ValueError(raw) from error
    if not exact.is_finite():
        raise ValueError(raw)
    if len(exact.as_tuple().digits) > _EXCEL_DIGITS:
        exact = Decimal(f"{exact:.{_EXCEL_DIGITS - 1}e}")
    plain = exact.normalize()
    return (
        plain.quantize(Decimal(1)) if plain == plain.to_integral_value() and abs(plain) < _LONGEST else plain
    )


def text_of(element: Element) -> str:
    """The text of a string element: runs of rich text joined, phonetic readings left out."""
    text: Any = Text.from_tree(cast("Any", element))  # the stubs know another Element
    return str(text.content).replace("\r\n", "\n").replace("_x000D_", "")
