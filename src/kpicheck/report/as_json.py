"""The JSON report, version 1 (contract): the same bytes in give the same bytes out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from json.encoder import encode_basestring

from kpicheck.report.shape import RunView

_UNSAFE = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|#(?=#\w*\[)"
)
_OUTER = 4  # the run, its files, a file, its findings
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def to_json(view: RunView) -> str:
    """The report in its published shape."""
    return strict(view, indent=1)


def to_bytes(plain: object) -> bytes:
    """The same as UTF-8, made of pieces: a large report is in memory once, not once for each level."""
    return b"".join(one.encode() for one in _pieces(plain, " ", "\n", _OUTER)) + b"\n"


def strict(plain: object, indent: int | None = None) -> str:
    """Strict JSON and a line end, with control, bidi and half characters and ##vso[ as escapes."""
    step = None if indent is None else " " * indent
    return _written(plain, step, "\n") + "\n"


def _written(value: object, step: str | None, margin: str) -> str:
    """A value as JSON; with a step, each of its members stands on a line that goes in that much further.

    The encoder of json itself is slow with an indent: it then is Python's own, piece by piece.
    """
    if isinstance(value, str):
        return _text(value)
    inner = margin if step is None else margin + step
    if isinstance(value, dict):
        members = [f"{_text(str(key))}: {_written(one, step, inner)}" for key, one in value.items()]
        return _between("{", members, "}", step, margin)
    if not isinstance(value, tuple | list):
        return _encode(value)
    members = [_text(one) if isinstance(one, str) else _written(one, step, inner) for one in value]
    if fields := getattr(value, "_fields", None):
        return _between("{", list(map(str.__add__, _keys(fields), members)), "}", step, margin)
    return _between("[", members, "]", step, margin)


def _pieces(value: object, step: str, margin: str, levels: int) -> Iterator[str]:
    """What `_written` says, in pieces as far as that many levels go."""
    if not levels or not value or not isinstance(value, dict | tuple | list):
        yield _written(value, step, margin)
        return
    fields = getattr(value, "_fields", None)
    members: Iterable[tuple[str, object]]
    if isinstance(value, dict):
        members = ((f"{_text(str(key))}: ", one) for key, one in value.items())
    else:
        members = zip(_keys(fields) if fields else [""] * len(value), value, strict=True)
    begin, end = "[]" if isinstance(value, list | tuple) and not fields else "{}"
    inner = margin + step
    for key, one in members:
        yield f"{begin}{inner}{key}"
        yield from _pieces(one, step, inner, levels - 1)
        begin = ","
    yield f"{margin}{end}"


@cache
def _keys(fields: tuple[str, ...]) -> list[str]:
    """What stands before each field of a record."""
    return [f"{_text(name)}: " for name in fields]


def _between(begin: str, members: list[str], end: str, step: str | None, margin: str) -> str:
    if step is None or not members:
        return f"{begin}{', '.join(members)}{end}"
    inner = margin + step
    return f"{begin}{inner}{f',{inner}'.join(members)}{margin}{end}"


def _text(text: str) -> str:
    quoted = encode_basestring(text)
    if quoted.isascii() and "#" not in quoted and "\x7f" not in quoted:
        return quoted
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
