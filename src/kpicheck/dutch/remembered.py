"""What was found in a text is kept for a while: several rules ask the same of the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Found = TypeVar("Found")

ROOM: Final = 256_000
EACH: Final = 100


class Remembered(Generic[Found]):
    """A question about a text, answered once as long as the texts together are not too long.

    The answers must not change, and depend on nothing but the text.
    """

    def __init__(self, ask: Callable[[str], Found]) -> None:
        """Begin with no text known."""
        self._ask = ask
        self.known: dict[str, Found] = {}
        self._room = ROOM

    def __call__(self, text: str) -> Found:
        """The answer for this text."""
        if text in self.known:
            return self.known[text]
        found = self._ask(text)
        self._room -= len(text) + EACH
        if self._room < 0:
            self.known.clear()
            self._room = ROOM - len(text) - EACH
        if self._room >= 0:
            self.known[text] = found
        return found
