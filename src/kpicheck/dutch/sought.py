"""Patterns that are looked for only where they can stand: most texts hold none of their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Sought:
    """A regular expression, compiled when a text first holds one of the fragments it cannot do without.

    Each match holds at least one of `needs`, in small letters where case does not count; without needs every
    text is searched.
    """

    def __init__(self, source: str, flags: int = 0, *, needs: tuple[str, ...] = ()) -> None:
        """Take the regular expression down; nothing is compiled yet."""
        self.source, self.flags, self.needs = source, flags, needs
        has_letters = any(one.upper() != one.lower() for one in needs)
        self.any_case = has_letters and (bool(flags & re.IGNORECASE) or "(?i" in source)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression itself."""
        return re.compile(self.source, self.flags)

    def possible(self, text: str) -> bool:
        """Whether a match is not out of the question."""
        return not self.needs or holds_any(small_letters(text) if self.any_case else text, self.needs)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """The first match, in the whole text or between two positions."""
        return self.compiled.search(text, *span) if self.possible(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """The match at the start of the text, or at a position."""
        return self.compiled.match(text, *span) if self.possible(text) else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """The match that is the whole text, or all between two positions."""
        return self.compiled.fullmatch(text, *span) if self.possible(text) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """The matches, from left to right."""
        return self.compiled.finditer(text, *span) if self.possible(text) else iter(())

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.compiled.sub(by, text) if self.possible(text) else text


def holds(text: str, fragments: tuple[str, ...]) -> bool:
    """Whether one of the fragments, in small letters, stands in the text."""
    return holds_any(small_letters(text), fragments)


def holds_any(text: str, fragments: tuple[str, ...]) -> bool:
    """Whether one of the fragments stands in the text as it is."""
    for one in fragments:  # noqa: SIM110 - asked of every text; any() takes half as long again
        if one in text:
            return True
    return False


def small_letters(text: str) -> str:
    """The text as regular expressions compare it when case does not count, each letter at its own place."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")
