"""What was found in a text is kept for a while: several rules ask the same of the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

Found = TypeVar("Found")

ROOM: Final = 1_000_000
EACH: Final = 100


def remembered(ask: Callable[[str], Found]) -> Callable[[str], Found]:
    """A question about a text, answered once as long as the texts together are not too long.

    The answers must not change, and depend on nothing but the text.
    """
    return Answers(ask).__getitem__


class Answers(dict[str, Found]):
    """The answers to a question about texts; an unknown text is asked about, and those known are bounded."""

    def __init__(self, ask: Callable[[str], Found]) -> None:
        """Begin with no text known."""
        super().__init__()
        self._ask = ask
        self._room = ROOM

    def __missing__(self, text: str) -> Found:
        """Ask about this text, and keep the answer if there is room for it."""
        found = self._ask(text)
        room = self._room - len(text) - EACH
        if room < 0:
            self.clear()
            room = ROOM - len(text) - EACH
        if room >= 0:
            self[text] = found
        self._room = room
        return found
