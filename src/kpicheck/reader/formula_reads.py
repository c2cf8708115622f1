"""Which cells a formula names, whether or not it can be worked out here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpicheck.allowance import LAST_COLUMN, LAST_ROW
from kpicheck.reader.formula_parser import MAX_LENGTH
from kpicheck.reader.formula_tokens import FUNC, OPEN, OPERAND, RANGE, NoFormula, Token, tokens
from kpicheck.reader.formula_tree import Area
from kpicheck.reader.places import column_number

_SHEET = r"(?:(?P<%s>'(?:[^'\[\]]|'')+'|[^'!\[\]:]+)!)?"
_CORNER = r"(?:\$?(?P<%s>[A-Z]{1,3}))?(?:\$?(?P<%s>[1-9][0-9]{0,6}))?"
_REFERENCE = re.compile(
    rf"{_SHEET % 'sheet'}{_CORNER % ('left', 'top')}"
    rf"(?P<to>:{_SHEET % 'again'}{_CORNER % ('right', 'bottom')})?",
    re.IGNORECASE,
)
_OTHER_WORKBOOK = re.compile(r"(?:'[^']*\[[0-9]+\][^']*'|\[[0-9]+\][^'!]*)!.*", re.DOTALL)
_ANYWHERE = frozenset({"INDIRECT", "OFFSET", "VERSCHUIVING", "ANCHORARRAY"})
_COUNTS_CELLS = frozenset({"COUNTBLANK", "AANTAL.LEGE.CELLEN", "ROWS", "RIJEN", "COLUMNS", "KOLOMMEN"})
_DEEPEST_NAME = 4


def areas_read(formula: str, sheet: str, names: Mapping[str, str]) -> tuple[Area, ...] | None:
    """The blocks of cells a formula on that sheet names; None where that cannot be told.

    `names` are the names of the workbook in lower case, those of tables too, with what they stand for.
    """
    return _areas(formula, sheet, names, _DEEPEST_NAME)


def within_rows(formula: str, last_row: int) -> str:
    """The formula with whole columns only as far as that row: it gives the same, and can be worked out."""
    found = _tokens(formula)
    if found is None or any(_function(one) in _COUNTS_CELLS for one in found):
        return formula
    return "=" + "".join(_cut(one, last_row) for one in found)


def _areas(formula: str, sheet: str, names: Mapping[str, str], deep: int) -> tuple[Area, ...] | None:
    named = _tokens(formula)
    if named is None or not deep:
        return None
    found: list[Area] = []
    for token in named:
        name = _function(token)
        if name in _ANYWHERE or ":" in name:
            return None
        if token.type != OPERAND or token.subtype != RANGE or _OTHER_WORKBOOK.fullmatch(token.value):
            continue
        area = _area(token.value, sheet)
        known = names.get(token.value.partition("[")[0].casefold())
        more = (area,) if area else _areas(f"={known}", sheet, names, deep - 1) if known else None
        if more is None:
            return None
        found += more
    return tuple(found)


def _tokens(formula: str) -> list[Token] | None:
    if len(formula) > MAX_LENGTH or not formula.startswith("="):
        return None
    try:
        return tokens(formula)
    except NoFormula:
        return None


def _function(token: Token) -> str:
    """The name of the function that begins here, else nothing."""
    if token.type != FUNC or token.subtype != OPEN:
        return ""
    return str(token.value).rstrip("(").strip().upper().removeprefix("_XLFN.")


def _area(text: str, sheet: str) -> Area | None:
    """A cell, a block, whole columns or whole rows."""
    found = _REFERENCE.fullmatch(text.strip())
    if found is None or (found["again"] and found["again"] != found["sheet"]):
        return None
    left, top = found["left"], found["top"]
    right, bottom = (found["right"], found["bottom"]) if found["to"] else (left, top)
    if not found["to"] and not (left and top):
        return None
    if bool(left) != bool(right) or bool(top) != bool(bottom) or not (left or top):
        return None
    named = found["sheet"]
    if named and named.startswith("'"):
        named = named[1:-1].replace("''", "'")
    columns = sorted((column_number(left), column_number(right))) if left else (1, LAST_COLUMN)
    rows = sorted((int(top), int(bottom))) if top else (1, LAST_ROW)
    if columns[1] > LAST_COLUMN or rows[1] > LAST_ROW:
        return None
    return Area(named or sheet, rows[0], columns[0], rows[1], columns[1])


def _cut(token: Token, last_row: int) -> str:
    value = str(token.value)
    if token.type != OPERAND or token.subtype != RANGE:
        return value
    area = _area(value, "")
    if area is None or (area.top, area.bottom) != (1, LAST_ROW):
        return value
    sheet, mark, _ = value.rpartition("!")
    first, _, last = value[len(sheet) + len(mark) :].partition(":")
    return f"{sheet}{mark}{first}1:{last}{last_row}"
