"""Other contents for cells that are there: a number, a day, a text, or a formula with its result."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.model import Value
from kpicheck.reader.places import Place
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.sheet_markup import SheetMarkup
from kpicheck.writer.splicing import Element, Markup, Unpatchable, at_depth, text

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ABOUT_THE_VALUE = ("t", "vm", "ph")
_ITEM, _RUN = 2, 3


@dataclass(frozen=True, slots=True)
class Number:
    """A number; `day` is the date that it stands for, if any."""

    value: Decimal
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text."""

    value: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """A formula, with its equals sign, and the result that is stored with it."""

    formula: str
    value: Value


@dataclass(frozen=True, slots=True)
class Result:
    """Another result for the formula that stays in the cell."""

    value: Value


Content = Number | Words | Calculation | Result


def put_cell(sheet: SheetMarkup, place: Place, content: Content, style: int) -> None:
    """Give a cell other contents and that format; what else is told of it stays. Raises Unpatchable."""
    cell = sheet.cell(place)
    if cell is None or cell.prefix != sheet.root.prefix:
        raise Unpatchable("sheet")
    inside = Markup(sheet.xml[cell.start : cell.end])
    if inside.root.child("extLst"):
        raise Unpatchable("sheet")
    gone = _ABOUT_THE_VALUE if isinstance(content, Result) else (*_ABOUT_THE_VALUE, "cm")
    told = {name: value for name, value in cell.attributes.items() if name not in gone}
    if style or "s" in told:
        told["s"] = str(style)
    if isinstance(content, Words):
        words = sheet.tag("t", {"xml:space": "preserve"}, _shielded(content.value))
        filled = sheet.tag("c", {**told, "t": "inlineStr"}, sheet.tag("is", inside=words))
    else:
        kind, stored = _stored(content.value)
        formula = _formula(sheet, inside, content)
        filled = sheet.tag("c", told | kind, formula + sheet.tag("v", inside=stored))
    sheet.replace(cell.start, cell.end, filled)


def _formula(sheet: SheetMarkup, inside: Markup, content: Number | Calculation | Result) -> bytes:
    if isinstance(content, Calculation):
        return sheet.tag("f", inside=text(content.formula.removeprefix("=")))
    known = inside.root.child("f")
    if isinstance(content, Result):
        if known is None:
            raise Unpatchable("sheet")
        return inside.xml[known.start : known.end]
    return b""


def _stored(value: Value) -> tuple[dict[str, str], bytes]:
    """The type of a stored value, and how it is written."""
    if isinstance(value, bool):
        return {"t": "b"}, b"1" if value else b"0"
    if isinstance(value, Decimal):
        return {}, f"{value.normalize():f}".encode()
    if isinstance(value, str):
        return {"t": "str"}, _shielded(value)
    raise Unpatchable("sheet")


def _shielded(value: str) -> bytes:
    """A text in which nothing looks like a character's number to Excel."""
    return text(_ESCAPED.sub("_x005F_", value))


class RichTexts:
    """Which cells have a text whose parts have looks of their own."""

    def __init__(self, package: PackageCopy) -> None:
        """Look through the shared strings."""
        self._shared: set[int] = set()
        parts = [one.target for one in package.relations(package.workbook) if one.kind == "sharedStrings"]
        for part in parts:
            self._look_through(Markup(package.xml(part)))

    def _look_through(self, strings: Markup) -> None:
        item = -1

        def wanted(depth: int, name: str, _: Sequence[str]) -> object:
            nonlocal item
            item += depth == _ITEM and name == "si"
            if depth == _RUN and name in ("r", "rPh"):
                self._shared.add(item)
            return depth == 1

        for _ in strings.elements(wanted):
            pass

    def holds(self, sheet: SheetMarkup, cell: Element) -> bool:
        """Whether that is such a cell."""
        whole = sheet.xml[cell.start : cell.end]
        kind = cell.attributes.get("t", "n")
        found = list(Markup(whole).elements(at_depth(None, ["v", "is"], ["r", "rPh"])))
        if kind != "s":
            return any(one.name in ("r", "rPh") for one in found)
        stored = next((one for one in found if one.name == "v"), None)
        index = whole[stored.opened : stored.closed].strip() if stored else b""
        return not index.isdigit() or int(index) in self._shared
