"""From the parts of a package to a Book: the workbook, its strings, its date formats and its sheets."""

from __future__ import annotations

import re
from functools import partial
from sys import getsizeof

from kpicheck.reader.earned import milestones_so_far
from kpicheck.reader.elements import whole
from kpicheck.reader.package import Package
from kpicheck.reader.refusal import broken
from kpicheck.reader.serials import shows_a_day
from kpicheck.reader.shape import MAIN, SHEET, STRINGS, STYLES, WORKBOOK
from kpicheck.reader.sheet import Sheet, SheetReader
from kpicheck.reader.stored import TRUE, Unreadable, text_of
from kpicheck.reader.workbook import Book

_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET, _PROPERTIES, _STRING, _FORMAT, _FORMATS, _STYLE, _STYLES = (
    f"{{{MAIN}}}{name}" for name in ("sheet", "workbookPr", "si", "numFmt", "numFmts", "xf", "cellXfs")
)
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_IN_A_LIST = 8
_BYTES_OF_FORMAT = 200
_LONGEST_FORMAT = 1_000
_FORMAT_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def read_book(package: Package) -> Book:
    """Read every worksheet of the package. Raises Refusal where a part is missing or broken, and Exceeded."""
    part = package.workbook_part()
    told = []
    for element in whole(package.read(part, WORKBOOK), package.allowance, _SHEET, _PROPERTIES):
        package.allowance.spend("relations")
        told.append(element)
    rels = package.rels(part)
    strings = _strings(package, _only(part, rels, "sharedStrings"))
    dated = _date_styles(package, _only(part, rels, "styles"))
    sheets: list[Sheet] = []
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
        package.allowance.rows_so_far = partial(milestones_so_far, sheets, xml)
        SheetReader(target, strings, dated, package.allowance).read(xml, sheets[-1])
    package.allowance.rows_so_far = partial(milestones_so_far, sheets, b"")
    mac_dates = any(one.get("date1904") in TRUE for one in told if one.tag == _PROPERTIES)
    return Book(sheets, mac_dates=mac_dates, allowance=package.allowance)


def _only(part: str, rels: dict[str, tuple[str, str]], kind: str) -> str | None:
    """The one part of a kind that a workbook has at most."""
    found = [target for told, target in rels.values() if told.endswith(f"/{kind}")]
    if len(found) > 1:
        raise broken(part, "relationship")
    return found[0] if found else None


def _strings(package: Package, part: str | None) -> list[str]:
    """The shared strings; phonetic readings left out, runs of rich text joined."""
    found: list[str] = []
    if part is None:
        return found
    for element in whole(package.read(part, STRINGS), package.allowance, _STRING):
        try:
            found.append(text_of(element))
        except Unreadable as error:
            raise broken(part, error.problem) from None
        package.allowance.spend("memory", getsizeof(found[-1]) + _IN_A_LIST)
        package.allowance.spend("texts")
    return found


def _date_styles(package: Package, part: str | None) -> frozenset[int]:
    """The numbers of the cell formats that show a number as a date."""
    if part is None:
        return frozenset()
    codes: dict[int, str] = {}
    styles: list[int] = []
    for element in whole(package.read(part, STYLES), package.allowance, _FORMATS, _STYLES):
        for one in element:
            number, code = one.get("numFmtId", "0"), one.get("formatCode", "")
            package.allowance.spend("memory", _BYTES_OF_FORMAT)
            if not _FORMAT_NUMBER.fullmatch(number) or len(code) > _LONGEST_FORMAT:
                raise broken(part, "format")
            if one.tag == _FORMAT:
                codes[int(number)] = code
            elif one.tag == _STYLE:
                styles.append(int(number))
    shown = {number: shows_a_day(number, codes.get(number)) for number in set(styles)}
    return frozenset(index for index, number in enumerate(styles) if shown[number])
