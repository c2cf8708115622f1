"""Small parts are often the same in many workbooks: what was read of one is kept for the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from kpicheck.allowance import Allowance

T = TypeVar("T")

_COUNTED = ("elements", "relations", "memory")
_LARGEST = 64 << 10  # bytes
_MOST_KEPT = 64

_known: dict[tuple[str, str, bytes], tuple[object, tuple[float, ...]]] = {}


def once(what: str, part: str, xml: bytes, allowance: Allowance, read: Callable[[], T]) -> T:
    """What `read` makes of a part; the same bytes are read once. It must depend on nothing else.

    What it costs is counted each time, so that no file is refused for what came before it. Nothing is kept of
    a part that is refused. What is given must not be changed.
    """
    if len(xml) > _LARGEST:
        return read()
    known = _known.get((what, part, xml))
    if known:
        for counted, amount in zip(_COUNTED, known[1], strict=True):
            allowance.spend(counted, amount)
        return cast("T", known[0])
    before = [allowance.spent(counted) for counted in _COUNTED]
    found = read()
    spent = tuple(allowance.spent(counted) - one for counted, one in zip(_COUNTED, before, strict=True))
    if len(_known) >= _MOST_KEPT:
        del _known[next(iter(_known))]
    _known[what, part, xml] = found, spent
    return found
