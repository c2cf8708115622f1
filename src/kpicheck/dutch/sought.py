"""Patterns that are looked for only where they can stand: most texts hold none of their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Sought:
    """A regular expression, compiled when a text first holds one of the fragments it cannot do without.

    Each match holds at least one of `needs`, in small letters; without needs every text is searched.
    """

    def __init__(self, source: str, flags: int = 0, *, needs: tuple[str, ...] = ()) -> None:
        """Take the regular expression down; nothing is compiled yet."""
        self.source, self.flags, self.needs = source, flags, needs

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression itself."""
        return re.compile(self.source, self.flags)

    def possible(self, text: str) -> bool:
        """Whether a match is not out of the question."""
        return not self.needs or holds(text, self.needs)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(text) if self.possible(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of the text."""
        return self.compiled.match(text) if self.possible(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        return self.compiled.fullmatch(text) if self.possible(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches, from left to right."""
        return self.compiled.finditer(text) if self.possible(text) else iter(())

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.compiled.sub(by, text) if self.possible(text) else text


def holds(text: str, fragments: tuple[str, ...]) -> bool:
    """Whether one of the fragments, in small letters, stands in the text."""
    small = text.lower() if text.isascii() else small_letters(text)
    for one in fragments:  # noqa: SIM110 - asked of every text; any() takes half as long again
        if one in small:
            return True
    return False


def small_letters(text: str) -> str:
    """The text as regular expressions compare it when case does not count."""
    return text.casefold().replace("ı", "i").replace("i̇", "i")
