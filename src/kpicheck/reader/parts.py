"""From the parts of a package to a Book: the workbook, its strings, its date formats and its sheets."""

from __future__ import annotations

import re
from functools import partial
from sys import getsizeof

from kpicheck.allowance import LONGEST_TEXT, Allowance, Exceeded
from kpicheck.dutch.sought import holds_any
from kpicheck.reader.earned import milestones_so_far
from kpicheck.reader.markup import read
from kpicheck.reader.package import Package, elements
from kpicheck.reader.plain import STRING, Plain, decoded, plain_entities
from kpicheck.reader.reading import Attributes, Reading
from kpicheck.reader.refusal import Unreadable, broken
from kpicheck.reader.serials import shows_a_day
from kpicheck.reader.shape import MAIN, SHEET, STRINGS, STYLES, WORKBOOK
from kpicheck.reader.sheet import Sheet, SheetReader
from kpicheck.reader.small_parts import once
from kpicheck.reader.stored import TRUE
from kpicheck.reader.words import Words, unescaped
from kpicheck.reader.workbook import Book

_REL_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_SHEET, _PROPERTIES, _STRING, _FORMAT, _FORMATS, _STYLE, _STYLES, _MORE = (
    f"{MAIN} {name}" for name in ("sheet", "workbookPr", "si", "numFmt", "numFmts", "xf", "cellXfs", "extLst")
)
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_IN_STRINGS = ("", f"{MAIN} sst")
_STRINGS_BEGIN = re.compile(rb"<sst(?: [^<>]*)?>")
_END_OF_STRING = "</si>"
_NOT_AS_THEY_ARE = ("&", "_x", "\r")
_IN_A_LIST = 8
_BYTES_OF_FORMAT = 200
_LONGEST_FORMAT = 1_000
_MOST_IN_A_LIST = 200_000  # Excel writes 65,490 at most
_FORMAT_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def read_book(package: Package) -> Book:
    """Read every worksheet of the package. Raises Refusal where a part is missing or broken, and Exceeded."""
    part = package.main_part
    found = elements(part, package.unchecked(part), package.allowance, WORKBOOK, (_SHEET, _PROPERTIES))
    told = [attributes for name, attributes in found if name == _SHEET]
    properties = [attributes for name, attributes in found if name == _PROPERTIES]
    rels = package.rels(part)
    strings = _strings(package, _only(part, rels, "sharedStrings"))
    dated = _date_styles(package, _only(part, rels, "styles"))
    sheets: list[Sheet] = []
    names, targets = set(), set()
    for one in told:
        kind, target = rels.get(one.get(_REL_ID, ""), ("", ""))
        name = one.get("name", "")
        if not name or name.casefold() in names or target.lower() in targets:
            raise broken(part, "sheet")
        names.add(name.casefold())
        targets.add(target.lower())
        if kind.rpartition("/")[2] in _NO_CELLS:
            continue
        if not kind.endswith("/worksheet"):
            raise broken(part, "sheet")
        sheets.append(Sheet(name, one.get("state", "visible") != "visible"))
        _read_sheet(package, target, sheets, strings, dated)
    package.allowance.rows_so_far = partial(milestones_so_far, sheets, b"")
    mac_dates = any(one.get("date1904") in TRUE for one in properties)
    return Book(sheets, mac_dates=mac_dates, allowance=package.allowance)


def _read_sheet(
    package: Package, part: str, sheets: list[Sheet], strings: list[str], dated: frozenset[int]
) -> None:
    """Read the cells of the last of the sheets."""
    allowance = package.allowance
    xml = package.unchecked(part)
    allowance.rows_so_far = partial(milestones_so_far, sheets, xml)
    reader = SheetReader(sheets[-1], strings, dated, allowance)
    read(part, xml, allowance, SHEET, reader)
    try:
        reader.finish()
    except Unreadable as error:
        raise broken(part, error.problem) from None
    reader.done()


def _only(part: str, rels: dict[str, tuple[str, str]], kind: str) -> str | None:
    """The one part of a kind that a workbook has at most."""
    found = [target for told, target in rels.values() if told.endswith(f"/{kind}")]
    if len(found) > 1:
        raise broken(part, "relationship")
    return found[0] if found else None


def _strings(package: Package, part: str | None) -> list[str]:
    """The shared strings; phonetic readings left out, runs of rich text joined."""
    wanted = SharedStrings(package.allowance)
    if part is not None:
        package.read_into(wanted, part, STRINGS)
    wanted.done()
    return wanted.found


class SharedStrings(Reading):
    """The shared strings as they are read, each counted."""

    def __init__(self, allowance: Allowance) -> None:
        """Begin without any."""
        super().__init__()
        self.found: list[str] = []
        self._allowance = allowance
        self._words = Words(self, _STRING)
        self.ends[_STRING] = self._ended
        self.plain = Plain(_IN_STRINGS, _STRINGS_BEGIN, _END_OF_STRING, self._take, self._take_all)

    def _take(self, piece: str) -> bool:
        return self._take_all(f"{piece}{_END_OF_STRING}")

    def _take_all(self, strings: str) -> bool:
        """Take strings if all of them are plain."""
        parts = STRING.split(strings)
        if any(parts[::2]) or not plain_entities(strings):
            return False
        texts = parts[1::2]
        if holds_any(strings, _NOT_AS_THEY_ARE) or max(map(len, texts), default=0) > LONGEST_TEXT:
            texts = [unescaped(decoded(one)) for one in texts]
        self._add(texts)
        return True

    def _ended(self) -> None:
        self._add([self._words.taken()])

    def _add(self, texts: list[str]) -> None:
        self.found += texts
        self._allowance.spend("memory", sum(map(getsizeof, texts)) + _IN_A_LIST * len(texts))
        self._allowance.spend("texts", len(texts))


def _date_styles(package: Package, part: str | None) -> frozenset[int]:
    """The numbers of the cell formats that show a number as a date."""
    if part is None:
        return frozenset()
    xml = package.unchecked(part)
    return once("dates", part, xml, package.allowance, lambda: _dates(part, xml, package.allowance))


def _dates(part: str, xml: bytes, allowance: Allowance) -> frozenset[int]:
    wanted = _Styles(allowance)
    read(part, xml, allowance, STYLES, wanted)
    wanted.done()
    shown = {number: shows_a_day(number, wanted.codes.get(number)) for number in set(wanted.styles)}
    return frozenset(index for index, number in enumerate(wanted.styles) if shown[number])


class _Styles(Reading):
    """The number formats, and which of them each cell style has."""

    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self._allowance = allowance
        self._lists = self._listed = 0
        for one in (_FORMATS, _STYLES):
            self.starts[one] = self._list_begun
            self.ends[one] = self._list_ended
        for one in (_FORMAT, _STYLE, _MORE):
            self.starts[one] = partial(self._begun, one)

    def _list_begun(self, _: Attributes) -> None:
        self._lists += 1
        self._listed = 0 if self._lists == 1 else self._listed

    def _list_ended(self) -> None:
        self._lists -= 1

    def _begun(self, name: str, attributes: Attributes) -> None:
        """Take what stands in a list itself, not what stands further inside."""
        if self._lists != 1 or self.path[-2] not in (_FORMATS, _STYLES):
            return
        self._listed += 1
        if self._listed > _MOST_IN_A_LIST:
            raise Exceeded("elements")
        number, code = attributes.get("numFmtId", "0"), attributes.get("formatCode", "")
        self._allowance.spend("memory", _BYTES_OF_FORMAT)
        if not _FORMAT_NUMBER.fullmatch(number) or len(code) > _LONGEST_FORMAT:
            raise Unreadable("format")
        if name == _FORMAT:
            self.codes[int(number)] = code
        elif name == _STYLE:
            self.styles.append(int(number))
