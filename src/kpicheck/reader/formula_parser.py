"""From the text of a formula to a tree that can be worked out."""

from __future__ import annotations

import re
from decimal import DecimalException
from functools import lru_cache

from kpicheck.reader.formula_tokens import (
    ARRAY,
    CLOSE,
    FUNC,
    INFIX,
    MOST_BRACKETS,
    NUMBER,
    OPEN,
    OPERAND,
    PAREN,
    POSTFIX,
    PREFIX,
    SEP,
    SPACE,
    TEXT,
    NoFormula,
    Token,
    tokens,
)
from kpicheck.reader.formula_tree import Area, Call, Chain, Constant, Fault, Node, Percent, Signed, Unworkable
from kpicheck.reader.formula_values import EXCEL
from kpicheck.reader.places import column_number

MAX_LENGTH = 8_192
MAX_DEPTH = 32
MAX_CELLS = 100_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_DUTCH = {
    "SOM": "SUM",
    "ALS": "IF",
    "AFRONDEN": "ROUND",
    "AFRONDEN.NAAR.BENEDEN": "ROUNDDOWN",
    "AFRONDEN.NAAR.BOVEN": "ROUNDUP",
    "EN": "AND",
    "OF": "OR",
    "NIET": "NOT",
    "AANTAL": "COUNT",
    "AANTALARG": "COUNTA",
    "AANTAL.LEGE.CELLEN": "COUNTBLANK",
    "SUBTOTAAL": "SUBTOTAL",
    "SOM.ALS": "SUMIF",
    "ISLEEG": "ISBLANK",
    "ALS.FOUT": "IFERROR",
}
IN_DUTCH = {english: dutch for dutch, english in _DUTCH.items()}
_LOGICAL = {"TRUE": True, "FALSE": False, "WAAR": True, "ONWAAR": False}
_LEVELS = (frozenset({"=", "<>", "<", ">", "<=", ">="}), {"&"}, {"+", "-"}, {"*", "/"}, {"^"})
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")
_SHEET = r"(?:(?P<%s>'(?:[^'\[\]:]|'')+'|[\w.]+)!)?"
_CELL = r"\$?(?P<%s>[A-Z]{1,3})\$?(?P<%s>[1-9][0-9]{0,6})"
_REFERENCE = re.compile(
    rf"{_SHEET % 'sheet'}{_CELL % ('left', 'top')}(?::{_SHEET % 'again'}{_CELL % ('right', 'bottom')})?",
    re.IGNORECASE,
)


_PLACE = r"[A-Z]{1,3}[1-9][0-9]{0,6}"
_PLAIN_SUM = re.compile(rf"=SUM\(({_PLACE}(?::{_PLACE})?+(?:,{_PLACE}(?::{_PLACE})?+)*+)\)")


@lru_cache(maxsize=2_048)
def parse(formula: str) -> Node:
    """Read a formula, with or without its equals sign. Raises Unworkable."""
    text = formula if formula.startswith("=") else f"={formula}"
    if len(text) > MAX_LENGTH:
        raise _unreadable(detail="length")
    if plain := _PLAIN_SUM.fullmatch(text):  # most formulas are
        return Call("SUM", _Parser([]).areas(plain[1].split(",")))
    if text.count("[") > MOST_BRACKETS:
        raise Unworkable(reason="reference", detail="[")
    try:
        found = [token for token in tokens(text) if token.type != SPACE]
    except NoFormula:
        raise _unreadable(text) from None
    _refuse_decimal_commas(found)
    return _Parser(found).formula()


def _unreadable(detail: str) -> Unworkable:
    return Unworkable("syntax", detail[:80])


def _refuse_decimal_commas(tokens: list[Token]) -> None:
    """Refuse a comma beside semicolons, or between figures in a Dutch function: it may be a decimal sign."""
    commas = [token.value == "," and token.type in {SEP, INFIX} for token in tokens]
    semicolons = any(token.value == ";" and token.type == SEP for token in tokens)
    dutch = any(token.type == FUNC and _function(token) in _DUTCH for token in tokens)
    between_figures = any(
        comma and before.subtype == after.subtype == NUMBER
        for before, comma, after in zip(tokens, commas[1:], tokens[2:], strict=False)
    )
    if (semicolons and any(commas)) or (dutch and between_figures):
        raise _unreadable(detail=",")


def _function(token: Token) -> str:
    return str(token.value).rstrip("(").strip().upper().removeprefix("_XLFN.")


class _Parser:
    """One walk over the tokens, by precedence."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._cells = 0

    def formula(self) -> Node:
        node = self._chain(0)
        if self._at < len(self._tokens):
            raise _unreadable(self._tokens[self._at].value)
        return node

    def _next_is(self, kind: str, subtype: str | None = None) -> bool:
        if self._at == len(self._tokens):
            return False
        token = self._tokens[self._at]
        return token.type == kind and subtype in {None, token.subtype}

    def _take(self) -> Token:
        if self._at == len(self._tokens):
            raise _unreadable(detail="end")
        self._at += 1
        return self._tokens[self._at - 1]

    def _chain(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._signed()
        first = self._chain(level + 1)
        rest = []
        while self._next_is(INFIX) and self._tokens[self._at].value in _LEVELS[level]:
            rest.append((self._take().value, self._chain(level + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def _signed(self) -> Node:
        minuses = signs = 0
        while self._next_is(PREFIX):
            minuses += self._take().value == "-"
        node = self._operand()
        while self._next_is(POSTFIX):
            self._take()
            signs += 1
        node = Percent(signs, node) if signs else node
        return Signed(minuses, node) if minuses else node

    def _operand(self) -> Node:
        token = self._take()
        if token.type == OPERAND:
            return self._leaf(token)
        if token.subtype != OPEN or token.type == ARRAY:
            raise _unreadable(token.value)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _unreadable(detail="depth")
        node = self._call(token) if token.type == FUNC else self._group()
        self._depth -= 1
        return node

    def _group(self) -> Node:
        node = self._chain(0)
        if not self._next_is(PAREN, CLOSE):
            raise _unreadable(detail=")")
        self._take()
        return node

    def _call(self, token: Token) -> Node:
        name = _function(token)
        arguments: list[Node] = []
        while not (closed := self._next_is(FUNC, CLOSE)) or arguments:
            missing = closed or self._next_is(SEP)
            arguments.append(Constant(None) if missing else self._chain(0))
            if self._next_is(FUNC, CLOSE):
                break
            if not self._next_is(SEP):
                raise _unreadable(name)
            self._take()
        self._take()
        if name in _LOGICAL and not arguments:
            return Constant(_LOGICAL[name])
        return Call(_DUTCH.get(name, name), tuple(arguments))

    def _leaf(self, token: Token) -> Node:
        text = str(token.value).strip()
        if token.subtype == TEXT:
            return Constant(text[1:-1].replace('""', '"'))
        if text.upper() in _LOGICAL:
            return Constant(_LOGICAL[text.upper()])
        if _NUMBER.fullmatch(text):
            return _number(text)
        fault = text.rpartition("!#")
        if text.startswith("#") or fault[1]:
            return Fault(text if text.startswith("#") else f"#{fault[2]}")
        return self._area(text)

    def areas(self, texts: list[str]) -> tuple[Area, ...]:
        return tuple([self._area(one) for one in texts])

    def _area(self, text: str) -> Area:
        found = _REFERENCE.fullmatch(text)
        if found is None or (found["again"] and found["again"] != found["sheet"]):
            raise Unworkable(reason="reference", detail=text[:80])
        area = _block(found)
        self._cells += area.size
        if max(self._cells - MAX_CELLS, area.bottom - MAX_ROW, area.right - MAX_COLUMN) > 0:
            raise Unworkable(reason="reference", detail=text[:80])
        return area


def _number(text: str) -> Node:
    try:
        return Constant(EXCEL.create_decimal(text))
    except DecimalException:
        return Fault("#NUM!")


def _block(found: re.Match[str]) -> Area:
    """Find the block between two corners, whichever two were written."""
    sheet = found["sheet"]
    if sheet and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    rows = sorted((int(found["top"]), int(found["bottom"] or found["top"])))
    columns = sorted(column_number(found[side] or found["left"]) for side in ("left", "right"))
    return Area(sheet, rows[0], columns[0], rows[1], columns[1])
