"""What was found in a text is kept for a while: several rules ask the same of the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Found = TypeVar("Found")

_ROOM: Final = 256_000
_EACH: Final = 100


class Remembered(Generic[Found]):
    """A question about a text, answered once as long as the texts together are not too long.

    The answers must not change, and depend on nothing but the text.
    """

    def __init__(self, ask: Callable[[str], Found]) -> None:
        """Begin with no text known."""
        self._ask = ask
        self._known: dict[str, Found] = {}
        self._room = _ROOM

    def __call__(self, text: str) -> Found:
        """The answer for this text."""
        if text in self._known:
            return self._known[text]
        found = self._ask(text)
        self._room -= len(text) + _EACH
        if self._room < 0:
            self._known.clear()
            self._room = _ROOM - len(text) - _EACH
        if self._room >= 0:
            self._known[text] = found
        return found
