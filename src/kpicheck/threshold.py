"""The thresholds of a rule: what a ruleset or an agreement may say, by the kind that the check declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from kpicheck.model import Kind
from kpicheck.usage import UsageError

Threshold = Decimal | int | str | tuple[str, ...]
MOST: Final = 1_000  # of anything that is counted: days, months, years, words
_SHARE = "share"


def read(value: object, name: str, kind: object, where: str) -> Threshold:
    """A threshold of the kind that its check declares. Raises UsageError where the value is no such thing."""
    if value is None:
        raise UsageError("no-threshold", key=name, where=where)
    code, reader = _READERS[_SHARE if _is_share(name) else kind]
    found = reader(value)
    if found is None:
        raise UsageError(code, key=name, where=where, word=_shown(value), most=MOST)
    return found


def _is_share(name: str) -> bool:
    return _SHARE in name.split("_")


def _number(value: object) -> Decimal | None:
    """A number of 0 or more: of TOML itself, or digits with a point between quotes."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _share(value: object) -> Decimal | None:
    found = _number(value)
    return found if found is not None and found <= 1 else None


def _count(value: object) -> int | None:
    found = _number(value)
    return int(found) if found is not None and found <= MOST and found == int(found) else None


def _kind(value: object) -> Kind | None:
    return Kind(value) if isinstance(value, str) and value in set(Kind) else None


def _words(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        return None
    return tuple(value)


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


_READERS: Mapping[object, tuple[str, Callable[[object], Threshold | None]]] = {
    _SHARE: ("threshold-share", _share),
    Decimal: ("threshold-number", _number),
    int: ("threshold-count", _count),
    Kind: ("threshold-kind", _kind),
    tuple[str, ...]: ("threshold-words", _words),
}
