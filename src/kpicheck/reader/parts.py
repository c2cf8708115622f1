"""From the parts of a package to a Book: the workbook, its strings, its date formats and its sheets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from sys import getsizeof

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from kpicheck.allowance import Allowance
from kpicheck.reader.elements import whole
from kpicheck.reader.layout import find_tables
from kpicheck.reader.package import Package
from kpicheck.reader.refusal import broken
from kpicheck.reader.shape import MAIN, SHEET, STRINGS, STYLES, WORKBOOK
from kpicheck.reader.sheet import Sheet, SheetReader
from kpicheck.reader.stored import TRUE, text_of
from kpicheck.reader.workbook import Book

_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET, _PROPERTIES, _STRING, _FORMAT, _FORMATS, _STYLE, _STYLES = (
    f"{{{MAIN}}}{name}" for name in ("sheet", "workbookPr", "si", "numFmt", "numFmts", "xf", "cellXfs")
)
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_FEWEST_FILLED = 3
_IN_A_LIST = 8
_LONGEST_FORMAT = 255
_FORMAT_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def read_book(package: Package) -> Book:
    """Read every worksheet of the package. Raises Refusal where a part is missing or broken, and Exceeded."""
    part = package.workbook_part()
    told = list(whole(package.read(part, WORKBOOK), _SHEET, _PROPERTIES))
    rels = package.rels(part)
    strings = _strings(package, _targets(rels, "sharedStrings"))
    dated = _date_styles(package, _targets(rels, "styles"))
    sheets: list[Sheet] = []
    package.allowance.rows_so_far = lambda: sum(map(_rows_of_a_plan, sheets))
    names, targets = set(), set()
    for element in (one for one in told if one.tag == _SHEET):
        kind, target = rels.get(element.get(_REL_ID, ""), ("", ""))
        name = element.get("name", "")
        if not name or name.casefold() in names or target.lower() in targets:
            raise broken(part, "sheet")
        names.add(name.casefold())
        targets.add(target.lower())
        if kind.rpartition("/")[2] in _NO_CELLS:
            continue
        if not kind.endswith("/worksheet"):
            raise broken(part, "sheet")
        sheets.append(Sheet(name, element.get("state", "visible") != "visible"))
        xml = package.read(target, SHEET)
        SheetReader(target, strings, dated, package.allowance).read(xml, sheets[-1])
    mac_dates = any(one.get("date1904") in TRUE for one in told if one.tag == _PROPERTIES)
    return Book(sheets, mac_dates=mac_dates, allowance=package.allowance)


def _targets(rels: dict[str, tuple[str, str]], kind: str) -> list[str]:
    return [target for told, target in rels.values() if told.endswith(f"/{kind}")]


def _rows_of_a_plan(sheet: Sheet) -> int:
    """How many rows of a milestone table were read so far. Raises Exceeded."""
    so_far = replace(sheet)
    tables = find_tables(so_far, Allowance())
    filled = [row for row, columns in so_far.columns_by_row.items() if len(columns) >= _FEWEST_FILLED]
    return sum(bisect_right(filled, table.last_row) - bisect_right(filled, table.row) for table in tables)


def _strings(package: Package, parts: list[str]) -> list[str]:
    """The shared strings; phonetic readings left out, runs of rich text joined."""
    found: list[str] = []
    for part in parts:
        for element in whole(package.read(part, STRINGS), _STRING):
            found.append(text_of(element))
            package.allowance.spend("memory", getsizeof(found[-1]) + _IN_A_LIST)
            package.allowance.spend("texts")
            package.allowance.tick()
    return found


def _date_styles(package: Package, parts: list[str]) -> frozenset[int]:
    """The numbers of the cell formats that show a number as a date."""
    formats, styles = dict(BUILTIN_FORMATS), []
    for part in parts:
        for element in whole(package.read(part, STYLES), _FORMATS, _STYLES):
            for one in element:
                number = one.get("numFmtId", "0")
                code = one.get("formatCode", "")
                if not _FORMAT_NUMBER.fullmatch(number) or len(code) > _LONGEST_FORMAT:
                    raise broken(part, "format")
                if one.tag == _FORMAT:
                    formats[int(number)] = code
                elif one.tag == _STYLE:
                    styles.append(int(number))
    shown_as_days = {number for number, code in formats.items() if code and is_date_format(code)}
    return frozenset(index for index, number in enumerate(styles) if number in shown_as_days)
