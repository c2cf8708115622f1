"""Cell formats for what was text: the look stays, only the number format is one that shows the value."""

from __future__ import annotations

import re

from kpicheck.writer.cells import Number
from kpicheck.writer.splicing import Element, quoted
from kpicheck.writer.styles import Styles

_DAY, _WHOLE, _CENTS = "14", "3", "4"
_DAYS = frozenset(map(str, (*range(14, 18), 22, *range(27, 32), 36, *range(50, 59))))
_UNFIT_FOR_AMOUNTS = _DAYS | frozenset(
    map(str, (9, 10, 11, 12, 13, *range(18, 22), *range(32, 36), *range(45, 50)))
)
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SHOWS_DAY = re.compile("[yd]", re.IGNORECASE)
_ROUNDS = frozenset({"1", "3", "5", "6", "37", "38", "41", "42"})
_CENTS_SHOWN = re.compile(r"\.[0#?]{2}|General|Standaard", re.IGNORECASE)
_NO_AMOUNT = re.compile("[@%ydhs/]|E[+-]", re.IGNORECASE)


def fitting(styles: Styles, number: int, content: Number) -> int:
    """The number of the cell format for a value: the cell's own, or one with another number format alone."""
    look = styles.cell_format(number)
    told = look.attributes.get("numFmtId", "0")
    code = styles.number_format(told)
    if content.day:
        fits = told in _DAYS if code is None else bool(_SHOWS_DAY.search(_bare(code)))
        wanted = told if fits else _DAY
    else:
        whole = content.value == content.value.to_integral_value()
        fits = told not in _UNFIT_FOR_AMOUNTS if code is None else not _NO_AMOUNT.search(_bare(code))
        fits = fits and (whole or _shows_cents(told, code))
        wanted = told if fits else _WHOLE if whole else _CENTS
    if fits and look.attributes.get("quotePrefix", "0") in ("0", "false"):
        return number
    return styles.add("cellXfs", _with_format(styles, look, wanted))


def _shows_cents(told: str, code: str | None) -> bool:
    return told not in _ROUNDS if code is None else bool(_CENTS_SHOWN.search(_bare(code)))


def _bare(code: str) -> str:
    """What a format does with a number: its first section, without texts, colours and fillings."""
    return _NO_CODE.sub("", code).split(";", maxsplit=1)[0]


def _with_format(styles: Styles, look: Element, number: str) -> str:
    told = {name: value for name, value in look.attributes.items() if name != "quotePrefix"}
    told |= {"numFmtId": number, "applyNumberFormat": "1"}
    tag = "<xf" + "".join(f" {name}={quoted(value).decode()}" for name, value in told.items())
    source = styles.source(look)
    if look.empty:
        return f"{tag}/>"
    return tag + source[source.index(">") :]
