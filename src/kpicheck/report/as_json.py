"""The JSON report, version 1 (contract): the same bytes in give the same bytes out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring

from kpicheck.report.shape import FileView, RunView

_UNSAFE = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|#(?=#\w*\[)"
)
_OUTER = 4  # the run, its files, a file, its findings
_PIECE = 1 << 16
_HOLDS_MORE = (dict, tuple, list)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Written:
    """A part of a report that is in JSON already, as it stands there in UTF-8."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        """Take it as it is."""
        self.content = content


def file_in_run(view: FileView) -> bytes:
    """The judgement of a file as it stands in the report of a run."""
    return _written(view, " ", "\n  ").encode()


def to_json(view: RunView) -> str:
    """The report in its published shape."""
    return strict(view, indent=1)


def to_pieces(plain: object) -> Iterator[bytes]:
    """The same as UTF-8, in pieces to write one by one: a large report is nowhere in memory as a whole."""
    waiting: list[str] = []
    size = 0
    for one in _pieces(plain, " ", "\n", _OUTER):
        if isinstance(one, str):
            waiting.append(one)
            size += len(one)
        if isinstance(one, Written) or size >= _PIECE:
            yield "".join(waiting).encode()
            waiting.clear()
            size = 0
        if isinstance(one, Written):
            yield one.content
    yield f"{''.join(waiting)}\n".encode()


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
    if value is None:
        return "null"
    if not isinstance(value, _HOLDS_MORE):
        return str(value) if type(value) is int else _encode(value)
    inner = margin if step is None else margin + step
    around, members = _around(value, step, margin)
    said = [""] * (len(around) + len(members))
    said[::2] = around
    said[1::2] = [_text(one) if isinstance(one, str) else _written(one, step, inner) for one in members]
    return "".join(said)


def _pieces(value: object, step: str, margin: str, levels: int) -> Iterator[str | Written]:
    """What `_written` says, in pieces as far as that many levels go."""
    if isinstance(value, Written):
        yield value
        return
    if not levels or not isinstance(value, _HOLDS_MORE):
        yield _written(value, step, margin)
        return
    around, members = _around(value, step, margin)
    for words, one in zip(around, members, strict=False):
        yield words
        yield from _pieces(one, step, margin + step, levels - 1)
    yield around[-1]


def _around(
    value: Mapping[str, object] | Sequence[object], step: str | None, margin: str
) -> tuple[list[str], Collection[object]]:
    """What stands before, between and behind the members of a value, and the members."""
    if isinstance(value, dict):
        return _framed("{}", [f"{_text(str(key))}: " for key in value], step, margin), value.values()
    if fields := getattr(value, "_fields", None):
        return _framed_fields(fields, step, margin), value
    return _framed("[]", [""] * len(value), step, margin), value


@cache
def _framed_fields(fields: tuple[str, ...], step: str | None, margin: str) -> list[str]:
    return _framed("{}", [f"{_text(name)}: " for name in fields], step, margin)


def _framed(brackets: str, names: Sequence[str], step: str | None, margin: str) -> list[str]:
    """The brackets, and before each member its name, on a line of its own where there is a step."""
    if not names:
        return [brackets]
    line = "" if step is None else margin + step
    between = ", " if step is None else f",{line}"
    first, *others = names
    last = brackets[1] if step is None else margin + brackets[1]
    return [brackets[0] + line + first, *[between + name for name in others], last]


def _text(text: str) -> str:
    quoted = encode_basestring(text)
    if quoted.isascii() and "#" not in quoted and "\x7f" not in quoted:
        return quoted
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
