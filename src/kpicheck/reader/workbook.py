"""All worksheets of a package, with formulas worked out where no result was stored."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from kpicheck.dutch.notation import amount
from kpicheck.model import Cell, Value
from kpicheck.reader.formula import Unworkable, evaluate
from kpicheck.reader.package import Package
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.sheet import MAIN, TRUE, Sheet, SheetParser, text_of

_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DEEPEST = 20


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
            reads = self._look_up if stored.has_result else self._look_up_used
            self._worked_out[place] = evaluate(str(stored.formula), sheet, reads)
        except Unworkable as error:
            self._worked_out[place] = error
        finally:
            self._busy.pop(place, None)

    def _look_up_used(self, sheet: str, row: int, column: int) -> Value:
        """As `_look_up`, with an unambiguous text amount as the amount it is used for elsewhere (T108).

        A result that was stored is compared with what Excel gives, which leaves text out of a sum; a result
        that was never stored is worked out with the values the rules use.
        """
        value = self._look_up(sheet, row, column)
        read = amount(value) if isinstance(value, str) else None
        return value if read is None else read

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
    properties = root.find(f"{MAIN}workbookPr")
    mac_dates = properties is not None and properties.get("date1904") in TRUE
    dated = _date_styles(package, styles)
    sheets = []
    for element in root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        kind, target = rels[element.attrib[_REL_ID]]
        if not kind.endswith("/worksheet"):
            continue
        parser = SheetParser(package.read(target), strings, dated)
        hidden = element.get("state", "visible") != "visible"
        sheets.append(parser.read(element.attrib["name"], hidden=hidden))
    return Book(sheets, mac_dates=mac_dates)


def _strings(package: Package, parts: list[str]) -> list[str]:
    """The shared strings; phonetic readings left out, runs of rich text joined."""
    found: list[str] = []
    for part in parts:
        for _, element in iterparse(io.BytesIO(package.read(part))):
            if element.tag == f"{MAIN}si":
                found.append(text_of(element))
                element.clear()
    return found


def _date_styles(package: Package, parts: list[str]) -> frozenset[int]:
    """The numbers of the cell formats that show a number as a date."""
    found = set()
    for part in parts:
        root = fromstring(package.read(part))
        formats = dict(BUILTIN_FORMATS)
        for one in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt"):
            formats[int(one.attrib["numFmtId"])] = one.get("formatCode", "")
        for index, one in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
            code = formats.get(int(one.get("numFmtId", "0")), "")
            if code and is_date_format(code):
                found.add(index)
    return frozenset(found)
