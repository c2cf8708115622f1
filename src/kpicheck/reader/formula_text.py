"""The text of a formula: for another place in its column, and as a Dutch Excel shows it."""

from __future__ import annotations

from kpicheck.reader import formula_tokens
from kpicheck.reader.formula_parser import IN_DUTCH
from kpicheck.reader.formula_tokens import FUNC, NUMBER, OPEN, SEP, NoFormula, Token, tokens
from kpicheck.reader.places import Place


def moved(formula: str, start: Place, end: Place) -> str | None:
    """The same relative formula at another place; None where there is none."""
    try:
        return formula_tokens.moved(formula, start, end)
    except NoFormula:
        return None


def in_dutch(formula: str) -> str:
    """The formula with Dutch function names, and semicolons between what they are given."""
    try:
        return "=" + "".join(map(_dutch, tokens(formula)))
    except NoFormula:
        return formula


def _dutch(token: Token) -> str:
    if token.type == FUNC and token.subtype == OPEN:
        return IN_DUTCH.get(token.value[:-1].upper(), token.value[:-1]) + "("
    if token.type == SEP and token.value == ",":
        return ";"
    return token.value.replace(".", ",") if token.subtype == NUMBER else token.value
