"""A formula cut into its tokens. Plain formulas are cut here; openpyxl, slow to load, cuts the rest."""

from __future__ import annotations

import re
from typing import NamedTuple

from kpicheck.dutch.sought import Sought
from kpicheck.model import column_letters
from kpicheck.reader.places import Place, column_number

OPERAND, FUNC, ARRAY, PAREN, SEP = "OPERAND", "FUNC", "ARRAY", "PAREN", "SEP"
PREFIX, INFIX, POSTFIX, SPACE = "OPERATOR-PREFIX", "OPERATOR-INFIX", "OPERATOR-POSTFIX", "WHITE-SPACE"
TEXT, NUMBER, LOGICAL, RANGE, OPEN, CLOSE = "TEXT", "NUMBER", "LOGICAL", "RANGE", "OPEN", "CLOSE"
MOST_BRACKETS = 20  # openpyxl reads the rest of the formula again for each

_SUBTYPES = {"text": TEXT, "number": NUMBER, "range": RANGE, "word": RANGE}
_TRUTHS = ("TRUE", "FALSE")
_LAST_NAMED_COLUMN = 18_278  # ZZZ
_ENDS = r"(?=[ )+\-*/^&=<>,;%]|\Z)"
_PLACE = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_PLAIN = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*") {_ENDS}
    | (?P<number>[1-9](?:\.[0-9]+)?[Ee][+-][0-9]+ | (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][0-9]+)?) {_ENDS}
    | (?P<range>(?:(?:'(?:[^'\[\]:]|'')+'|[A-Za-z_][\w.]*)!)?{_PLACE}(?::{_PLACE})?) {_ENDS}
    | (?P<call>[A-Za-z_][\w.]*\()
    | (?P<word>[A-Za-z_][\w.]*) {_ENDS}
    | (?P<sign>>=|<=|<>|[+\-*/^&=<>%])
    | (?P<mark>[(),;])
    | (?P<space>[ ]+)
    """,
    re.VERBOSE | re.ASCII,
)
_REFERENCE = Sought(r"(?P<sheet>.*!)?(?P<places>[^!]*)", re.DOTALL)
_CORNER = Sought(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})", re.ASCII)


class Token(NamedTuple):
    """One token: what stands there, its type and its subtype, in openpyxl's words."""

    value: str
    type: str
    subtype: str = ""


class NoFormula(Exception):  # noqa: N818 - an answer about a text, not an error of the program
    """A text that cannot be cut into tokens, or whose places cannot be moved."""


def tokens(formula: str) -> list[Token]:
    """The tokens of a formula, which begins with its equals sign. Raises NoFormula."""
    found = plain_tokens(formula)
    return _by_openpyxl(formula) if found is None else found


def plain_tokens(formula: str) -> list[Token] | None:
    """The tokens of a plain formula: calls, places, numbers, texts, signs. None where there is more in it."""
    found: list[Token] = []
    opened: list[str] = []
    at = 1
    while at < len(formula):
        match = _PLAIN.match(formula, at)
        if match is None:
            return None
        token = _token(match, found, opened)
        if token is None:
            return None
        found.append(token)
        at = match.end()
    return None if opened else found


def moved(formula: str, origin: Place, target: Place) -> str:
    """The formula of one cell as it reads when it is filled to another. Raises NoFormula."""
    found = plain_tokens(formula)
    if found is None:
        return _moved_by_openpyxl(formula, origin, target)
    down, right = target[0] - origin[0], target[1] - origin[1]
    return "=" + "".join(
        _shifted(one.value, down, right) if one.subtype == RANGE else one.value for one in found
    )


def _token(match: re.Match[str], before: list[Token], opened: list[str]) -> Token | None:
    """The token that was matched; None where it closes what was not opened."""
    value, kind = match[0], str(match.lastgroup)
    if kind in _SUBTYPES:
        return Token(value, OPERAND, LOGICAL if value in _TRUTHS else _SUBTYPES[kind])
    if kind == "call":
        opened.append(FUNC)
        return Token(value, FUNC, OPEN)
    if kind == "sign":
        return Token(value, _kind_of_sign(value, before))
    return Token(" ", SPACE) if kind == "space" else _mark(value, opened)


def _kind_of_sign(value: str, before: list[Token]) -> str:
    if value == "%":
        return POSTFIX
    if value not in "+-":
        return INFIX
    last = next((one for one in reversed(before) if one.type != SPACE), None)
    behind = last is not None and (last.subtype == CLOSE or last.type in (POSTFIX, OPERAND))
    return INFIX if behind else PREFIX


def _mark(value: str, opened: list[str]) -> Token | None:
    if value == "(":
        opened.append(PAREN)
        return Token(value, PAREN, OPEN)
    if value == ")":
        return Token(value, opened.pop(), CLOSE) if opened else None
    if value == ";":
        return Token(value, SEP, "ROW")
    return Token(value, SEP, "ARG") if opened and opened[-1] == FUNC else Token(value, INFIX)


def _shifted(reference: str, down: int, right: int) -> str:
    """A reference to cells so many rows and columns further; a name stays as it is."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return reference
    corners = [_CORNER.fullmatch(one) for one in found["places"].split(":")]
    if not all(corners):
        return reference
    said = [_corner(one, down, right) for one in corners if one]
    return (found["sheet"] or "") + ":".join(said)


def _corner(found: re.Match[str], down: int, right: int) -> str:
    fixed_column, letters, fixed_row, digits = found.groups()
    column, row = column_number(letters), int(digits)
    if not fixed_column:
        column += right
        if not 1 <= column <= _LAST_NAMED_COLUMN:
            raise NoFormula
        letters = column_letters(column)
    if not fixed_row:
        row += down
        if row < 1:
            raise NoFormula
    return f"{fixed_column}{letters}{fixed_row}{row}"


def _by_openpyxl(formula: str) -> list[Token]:
    from openpyxl.formula.tokenizer import Tokenizer, TokenizerError

    if formula.count("[") > MOST_BRACKETS:
        raise NoFormula
    try:
        found = Tokenizer(formula).items
    except (TokenizerError, IndexError, AssertionError):
        raise NoFormula from None
    return [Token(one.value, one.type, one.subtype or "") for one in found]


def _moved_by_openpyxl(formula: str, origin: Place, target: Place) -> str:
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    if formula.count("[") > MOST_BRACKETS:
        raise NoFormula
    places = [f"{column_letters(column)}{row}" for row, column in (origin, target)]
    try:
        return str(Translator(formula, places[0]).translate_formula(places[1]))
    except (TokenizerError, TranslatorError, IndexError, AssertionError):
        raise NoFormula from None
