"""Whether a pattern can match without any of the fragments it is said to need, by walking all its ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kpicheck.dutch.sought import Sought, small_letters

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover - before Python 3.11
    import sre_parse as parser

_ANYTHING = "\0"
_FEW = 4
Item = tuple[Any, Any]
Said = Callable[[str], str]


def without_them(source: str, flags: int, needs: Sequence[str]) -> str | None:
    """A way through the pattern that holds none of the fragments ("\\0" is anything), or None."""
    said = small_letters if Sought(source, flags, needs=tuple(needs)).any_case else str
    return _way(tuple(parser.parse(source, flags)), "", needs, said)


def _way(items: tuple[Item, ...], so_far: str, needs: Sequence[str], said: Said) -> str | None:
    if any(one in so_far for one in needs):
        return None
    if not items:
        return so_far
    (kind, what), rest = items[0], items[1:]
    ways = (
        (_way((*one, *rest), so_far + more, needs, said)) for one, more in _choices(str(kind), what, said)
    )
    return next((found for found in ways if found is not None), None)


def _choices(kind: str, what: Any, said: Said) -> Iterator[tuple[tuple[Item, ...], str]]:  # noqa: ANN401 - sre's own trees
    """What an item of a pattern may be: further items, and letters it surely says."""
    if kind in {"ASSERT", "ASSERT_NOT", "AT"}:
        yield (), ""
    elif kind == "LITERAL":
        yield (), said(chr(what))
    elif kind == "BRANCH":
        yield from (((*one,), "") for one in what[1])
    elif kind == "SUBPATTERN":
        yield (*what[3],), ""
    elif kind.endswith("REPEAT"):
        least, most, body = what
        if least == 0:
            yield (), ""
        if least <= 1:
            yield (*body,), ""
        if most != 1:
            yield (*body, ("ANY", None)), ""
    elif kind == "IN" and len(what) <= _FEW and all(str(one) == "LITERAL" for one, _ in what):
        yield from (((), said(chr(code))) for _, code in what)
    else:
        yield (), _ANYTHING
