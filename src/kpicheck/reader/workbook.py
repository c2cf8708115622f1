"""The stored cells of a workbook: formula and stored value in one pass, never the grid.

Drives openpyxl's worksheet parser; themes, fonts, filters, pictures and `<dimension>` are not looked at.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.cell.text import Text
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.worksheet import _reader as openpyxl_reader

from kpicheck.model import Cell, Value
from kpicheck.reader.formula import Unworkable, evaluate
from kpicheck.reader.package import Package
from kpicheck.reader.refusal import Refusal

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TRUE = ("1", "true")
_EXCEL_DIGITS = 15
_DEEPEST = 20
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

    def column_hidden(self, column: int) -> bool:
        """Whether that column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


class Book:
    """All worksheets of a package, with formulas worked out where no result was stored."""

    def __init__(self, sheets: list[Sheet], *, mac_dates: bool) -> None:
        """Take the sheets in the order of their tabs."""
        self.sheets = sheets
        self.epoch = CALENDAR_MAC_1904 if mac_dates else CALENDAR_WINDOWS_1900
        self._by_name = {sheet.name.casefold(): sheet for sheet in sheets}
        self._worked_out: dict[tuple[str, int, int], Value | Unworkable] = {}
        self._busy: dict[tuple[str, int, int], None] = {}

    def cell(self, sheet: Sheet, row: int, column: int) -> Cell:
        """The cell at that place, blank where nothing is stored."""
        hidden = sheet.hidden or row in sheet.hidden_rows or sheet.column_hidden(column)
        stored = sheet.stored.get((row, column))
        if stored is None:
            return Cell(sheet.name, row, column, hidden=hidden)
        if stored.formula is None:
            return Cell(sheet.name, row, column, stored.value, dated=stored.dated, hidden=hidden)
        given = self._given(sheet.name, row, column)
        worked_out = None if isinstance(given, Unworkable) else given
        reason = given.reason if isinstance(given, Unworkable) and not stored.has_result else ""
        return Cell(
            sheet.name,
            row,
            column,
            stored.value if stored.has_result else worked_out,
            formula=stored.formula,
            given=worked_out,
            dated=stored.dated,
            unworkable=reason,
            hidden=hidden,
        )

    def columns_in(self, sheet: Sheet, row: int) -> list[int]:
        """The columns with something stored in that row, from left to right."""
        return sheet.columns_by_row.get(row, [])

    def day(self, serial: Decimal) -> dt.date | None:
        """The date an Excel serial number stands for, or None where it cannot be one."""
        try:
            found = from_excel(float(serial), self.epoch)
        except (OverflowError, ValueError):
            return None
        return found.date() if isinstance(found, dt.datetime) else None

    def _given(self, sheet: str, row: int, column: int) -> Value | Unworkable:
        """What the formula of a cell gives on the stored values of the cells it names.

        Long chains are worked out from a list of what is needed first, so that no chain is too long.
        """
        waiting = [(sheet.casefold(), row, column)]
        while waiting:
            place = waiting[-1]
            try:
                self._work_out(place)
            except _NeededFirst as needed:
                if needed.place in waiting:
                    self._worked_out[place] = Unworkable("cycle", f"{place[0]}!{place[1]},{place[2]}")
                    waiting.pop()
                else:
                    waiting.append(needed.place)
            else:
                waiting.pop()
        return self._worked_out[sheet.casefold(), row, column]

    def _work_out(self, place: tuple[str, int, int]) -> None:
        """Evaluate one formula and keep what came out, be it a value or the reason why not."""
        if place in self._worked_out:
            return
        sheet, row, column = place
        stored = self._by_name[sheet].stored[row, column]
        self._busy[place] = None
        try:
            self._worked_out[place] = evaluate(str(stored.formula), sheet, self._look_up)
        except Unworkable as error:
            self._worked_out[place] = error
        finally:
            self._busy.pop(place, None)

    def _look_up(self, sheet: str, row: int, column: int) -> Value:
        place = (sheet.casefold(), row, column)
        found = self._by_name.get(place[0])
        if found is None:
            raise Unworkable("reference", sheet)
        stored = found.stored.get((row, column))
        if stored is None:
            return None
        if stored.has_result or stored.formula is None:
            return stored.value
        if place in self._busy:
            raise Unworkable("cycle", f"{sheet}!{row},{column}")
        if place not in self._worked_out:
            if len(self._busy) > _DEEPEST:
                raise _NeededFirst(place)
            self._work_out(place)
        value = self._worked_out[place]
        if isinstance(value, Unworkable):
            raise Unworkable("part", f"{sheet}!{row},{column}")
        return value


class _NeededFirst(Exception):  # noqa: N818 - a word between two methods, not an error
    """A chain of formulas is deep: this cell must be worked out before the one in hand."""

    def __init__(self, place: tuple[str, int, int]) -> None:
        super().__init__(place)
        self.place = place


def read_book(package: Package) -> Book:
    """Read every worksheet of the package. Raises Refusal where a part is missing or broken."""
    try:
        return _read_book(package)
    except (ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise Refusal("broken") from error


def _read_book(package: Package) -> Book:
    part = package.workbook_part()
    root = fromstring(package.read(part))
    rels = package.rels(part)
    strings = _strings(package, [target for kind, target in rels.values() if kind.endswith("/sharedStrings")])
    styles = [target for kind, target in rels.values() if kind.endswith("/styles")]
    properties = root.find(f"{_MAIN}workbookPr")
    mac_dates = properties is not None and properties.get("date1904") in _TRUE
    dated = _date_styles(package, styles)
    sheets = []
    for element in root.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        kind, target = rels[element.attrib[_REL_ID]]
        if not kind.endswith("/worksheet"):
            continue
        parser = _SheetParser(package.read(target), strings, dated)
        hidden = element.get("state", "visible") != "visible"
        sheets.append(parser.read(element.attrib["name"], hidden=hidden))
    return Book(sheets, mac_dates=mac_dates)


def _strings(package: Package, parts: list[str]) -> list[str]:
    """The shared strings; phonetic readings left out, runs of rich text joined."""
    found: list[str] = []
    for part in parts:
        for _, element in iterparse(io.BytesIO(package.read(part))):
            if element.tag == f"{_MAIN}si":
                found.append(_text(element))
                element.clear()
    return found


def _text(element: Element) -> str:
    text: Any = Text.from_tree(cast("Any", element))  # the stubs know another Element
    return str(text.content).replace("\r\n", "\n").replace("_x000D_", "")


def _date_styles(package: Package, parts: list[str]) -> frozenset[int]:
    """The numbers of the cell formats that show a number as a date."""
    found = set()
    for part in parts:
        root = fromstring(package.read(part))
        formats = dict(BUILTIN_FORMATS)
        for one in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt"):
            formats[int(one.attrib["numFmtId"])] = one.get("formatCode", "")
        for index, one in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
            code = formats.get(int(one.get("numFmtId", "0")), "")
            if code and is_date_format(code):
                found.add(index)
    return frozenset(found)


class _SheetParser(openpyxl_reader.WorkSheetParser):
    """openpyxl's parser, kept to what stands in cells: stored result and formula together."""

    def __init__(self, xml: bytes, strings: list[str], dated: frozenset[int]) -> None:
        super().__init__(io.BytesIO(xml), strings, data_only=True)
        self.dated = dated

    def read(self, name: str, *, hidden: bool) -> Sheet:
        """All stored cells of the sheet."""
        sheet = Sheet(name, hidden)
        for place, stored in self._cells(sheet):
            sheet.stored[place] = stored
        sheet.hidden_rows = {
            int(row) for row, found in self.row_dimensions.items() if found.get("hidden") in _TRUE
        }
        return sheet

    def _cells(self, sheet: Sheet) -> Iterator[tuple[Place, Stored]]:
        for _, element in iterparse(self.source):
            if element.tag == openpyxl_reader.ROW_TAG:
                cells: list[Any] = self.parse_row(element)[1]
                yield from (found for found in cells if found is not None)
                element.clear()
            elif element.tag == f"{_MAIN}col" and element.get("hidden") in _TRUE:
                sheet.hidden_columns.append((int(element.attrib["min"]), int(element.attrib["max"])))
            elif element.tag == f"{_MAIN}mergeCell":
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
            return None if child is None else _text(child)
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
    return raw.strip() in _TRUE


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
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() and plain < _LONGEST else plain
