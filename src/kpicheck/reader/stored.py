"""What a worksheet's XML says one cell holds: its stored value, and the text of its formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from sys import getsizeof
from typing import TypeVar
from xml.etree.ElementTree import Element

from kpicheck.allowance import LAST_COLUMN, LAST_ROW, LONGEST_TEXT, Allowance, Exceeded
from kpicheck.model import Value
from kpicheck.reader.formula_parser import MAX_LENGTH
from kpicheck.reader.formula_tokens import MOST_BRACKETS, NoFormula, moved, tokens
from kpicheck.reader.places import Place, column_number
from kpicheck.reader.shape import MAIN

TRUE = ("1", "true")
CELL, FORMULA, VALUE, INLINE, TEXT, RUN = (f"{{{MAIN}}}{name}" for name in ("c", "f", "v", "is", "t", "r"))
UNKNOWN_FORMULA = "=?"

T = TypeVar("T")

_REF = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,6})?\s*")
_INDEX = re.compile(r"\s*\+?[0-9]{1,9}\s*", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXCEL_DIGITS = 15
_LONGEST_NUMBER = 400
_LARGEST_POWER = 308
_WHOLE = Decimal(10) ** _EXCEL_DIGITS


class Unreadable(Exception):  # noqa: N818 - an answer about a cell; who reads the sheet makes a refusal of it
    """A cell no workbook can hold."""

    def __init__(self, problem: str) -> None:
        """Take what is wrong with it."""
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class Stored:
    """What the file keeps for one cell."""

    value: Value
    formula: str | None = None
    dated: bool = False
    has_result: bool = True


def place_of(ref: str) -> Place:
    """Row and column of an address such as B7. Raises Unreadable."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise Unreadable("address")
    row, column = int(found[2]), column_number(found[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise Unreadable("address")
    return row, column


def text_of(element: Element) -> str:
    """The text of a string element: runs of rich text joined, phonetic readings left out.

    Raises Unreadable where one run has two texts, and Exceeded.
    """
    runs = [element, *element.iterfind(RUN)]
    texts = [run.findall(TEXT) for run in runs]
    if any(len(found) > 1 for found in texts):
        raise Unreadable("content")
    return unescaped("".join(found[0].text or "" for found in texts if found))


def unescaped(text: str) -> str:
    r"""The text with _xHHHH_ as the character it stands for; line ends as one. Raises Exceeded."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if len(text) > LONGEST_TEXT:
        raise Exceeded("text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=4096)
def number(raw: str) -> Decimal:
    """A stored number as Excel shows it: 15 significant digits, without binary noise. Raises Unreadable."""
    if len(raw) > _LONGEST_NUMBER or not _NUMBER.fullmatch(raw):
        raise Unreadable("number")
    exact = Decimal(raw.strip())
    if exact.adjusted() > _LARGEST_POWER:
        raise Unreadable("number")
    if not exact or exact.adjusted() < -_LARGEST_POWER:
        return Decimal(0)
    if len(exact.as_tuple().digits) > _EXCEL_DIGITS:
        exact = Decimal(f"{exact:.{_EXCEL_DIGITS - 1}e}")
    plain = exact.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() and abs(plain) < _WHOLE else plain


def _truth(raw: str) -> bool:
    told = raw.strip().lower()
    if told not in (*TRUE, "0", "false"):
        raise Unreadable("truth")
    return told in TRUE


def _day(raw: str) -> dt.date | str:
    """A day in ISO notation; what is none is judged as the text it is."""
    try:
        return dt.date.fromisoformat(raw[:10])
    except ValueError:
        return raw


_READERS: dict[str, Callable[[str], Value]] = {
    "b": _truth,
    "d": _day,
    "e": str,
    "n": number,
    "str": unescaped,
}


class CellReader:
    """Reads the cells of one worksheet; formulas that cells share are written out for each."""

    def __init__(self, strings: Sequence[str], dated: frozenset[int], allowance: Allowance) -> None:
        """Take the shared strings and the numbers of the date styles."""
        self._strings = strings
        self._dated = dated
        self._allowance = allowance
        self._shared_formulas: dict[str, tuple[str, Place]] = {}
        self.arrays: list[str] = []

    def read(self, element: Element, place: Place) -> Stored | None:
        """What one cell holds, or None where it holds nothing. Raises Unreadable and Exceeded."""
        children = {child.tag: child for child in element}
        if len(children) != len(element):
            raise Unreadable("content")
        formula = self._formula(children[FORMULA], place) if FORMULA in children else None
        value = self._value(element.get("t", "n"), children)
        if value is None and formula is None:
            return None
        try:
            style = int(element.get("s", "0"))
        except ValueError:
            raise Unreadable("style") from None
        has_result = value is not None or formula is None
        return Stored(value, formula, style in self._dated, has_result)

    def _value(self, kind: str, children: dict[str, Element]) -> Value:
        inline = kind == "inlineStr"
        if kind not in ("inlineStr", "s", *_READERS) or (VALUE if inline else INLINE) in children:
            raise Unreadable("type")
        if inline:
            return self._kept(text_of(children[INLINE])) if INLINE in children else None
        raw = children[VALUE].text if VALUE in children else None
        if not raw:
            return "" if kind == "str" and VALUE in children else None
        return self._shared(raw) if kind == "s" else self._kept(_READERS[kind](raw))

    def _kept(self, value: T) -> T:
        self._allowance.spend("memory", getsizeof(value))
        return value

    def _shared(self, raw: str) -> str:
        if not _INDEX.fullmatch(raw) or int(raw) >= len(self._strings):
            raise Unreadable("shared-string")
        return self._strings[int(raw)]

    def _formula(self, element: Element, place: Place) -> str:
        """The formula as Excel shows it; a data table has none that can be read."""
        text, kind = f"={element.text or ''}", element.get("t", "normal")
        if kind == "array" and (ref := element.get("ref")):
            self.arrays.append(ref)
        if kind == "shared":
            text = self._written_out(element.get("si", ""), text, place)
        return self._kept(text) if text != "=" and kind != "dataTable" else UNKNOWN_FORMULA

    def _written_out(self, group: str, text: str, place: Place) -> str:
        try:
            if group in self._shared_formulas:
                return moved(*self._shared_formulas[group], place)
            if text != "=" and len(text) <= MAX_LENGTH and text.count("[") <= MOST_BRACKETS:
                tokens(text)
                self._shared_formulas[group] = text, place
        except NoFormula:
            return UNKNOWN_FORMULA
        return text
