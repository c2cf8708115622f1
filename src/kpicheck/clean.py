"""Text that came from a file, made safe to show: no control characters, citizen numbers or CI commands."""

from __future__ import annotations

import re

from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought

_UNSAFE = Sought(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NINE_DIGITS = Sought(r"\d(?<![^\W_]\d)(?<!\d[.,]\d)\d{8}(?![^\W_]|[.,]\d)")
_DIGITS = 9  # of a citizen service number
_CI_COMMAND = Sought(r"##(?=\w*\[)|::(?=[a-z][\w-]*(?: .*?)?::)", re.IGNORECASE, needs=("##", "::"))


def masked(text: str) -> str:
    """The text with every valid citizen service number (BSN) as 111***333."""
    return text if len(text) < _DIGITS else _masked(text)


@remembered
def _masked(text: str) -> str:
    return _NINE_DIGITS.compiled.sub(_mask, text)


def _mask(match: re.Match[str]) -> str:
    digits = match.group()
    return f"{digits[:3]}***{digits[6:]}" if is_citizen_number(digits) else digits


@remembered
def holds_citizen_number(text: str) -> bool:
    """Whether a text holds a valid citizen service number."""
    return len(text) >= _DIGITS and any(map(is_citizen_number, _NINE_DIGITS.compiled.findall(text)))


def is_citizen_number(digits: str) -> bool:
    """Exactly nine digits that pass the test of a citizen service number."""
    from stdnum.nl import bsn

    return len(digits) == _DIGITS and bool(bsn.is_valid(digits))


def visible(text: str) -> str:
    """Control, bidi and half characters as visible escapes; tab and line break stay.

    So is the first character of what a build server obeys when it reads it in a log: ::error::, ##vso[…].
    """
    if not text.isprintable():
        text = _UNSAFE.sub(_escape, text)
    return _CI_COMMAND.sub(lambda match: f"{_escape(match)}{match[0][1]}", text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0][0]):04x}"


def shown(text: str) -> str:
    """Masked and visible: what every output of a text from a file goes through."""
    return visible(masked(text))


def flat(text: str) -> str:
    """The whole text as it is shown, on one line."""
    return " ".join(shown(text).split())


def name(text: str) -> str:
    """A file's or sheet's name as it is shown: on one line, its spaces kept."""
    return re.sub(r"[\t\n]", _escape, shown(text))


def one_line(text: str, longest: int = 80) -> str:
    """The text on one line, shortened with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"
