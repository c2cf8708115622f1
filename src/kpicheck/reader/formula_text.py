"""The text of a formula: for another place in its column, and as a Dutch Excel shows it."""

from __future__ import annotations

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from kpicheck.model import column_letters
from kpicheck.reader.formula_parser import IN_DUTCH
from kpicheck.reader.stored import Place


def moved(formula: str, start: Place, end: Place) -> str | None:
    """The same relative formula at another place; None where there is none."""
    try:
        return str(Translator(formula, _ref(start)).translate_formula(_ref(end)))
    except (TokenizerError, TranslatorError, IndexError, AssertionError, ValueError):
        return None


def in_dutch(formula: str) -> str:
    """The formula with Dutch function names, and semicolons between what they are given."""
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError, AssertionError):
        return formula
    return "=" + "".join(map(_dutch, tokens))


def _dutch(token: Token) -> str:
    value = str(token.value)
    if token.type == Token.FUNC and token.subtype == Token.OPEN:
        return IN_DUTCH.get(value[:-1].upper(), value[:-1]) + "("
    if token.type == Token.SEP and value == ",":
        return ";"
    return value.replace(".", ",") if token.subtype == Token.NUMBER else value


def _ref(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"
