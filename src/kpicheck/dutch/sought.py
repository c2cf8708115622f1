"""Patterns that are looked for only where they can stand: most texts hold none of their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from kpicheck.dutch.remembered import remembered

Found = TypeVar("Found")


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
        if not self.needs:
            return True
        return holds_any(small_letters(text) if self.any_case else text, self.needs)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """Gives the first match, in the whole text or between two positions."""
        return self._where_possible("search", None)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Gives the match at the start of the text, or at a position."""
        return self._where_possible("match", None)

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """Gives the match that is the whole text, or all between two positions."""
        return self._where_possible("fullmatch", None)

    @cached_property
    def finditer(self) -> Callable[..., Iterable[re.Match[str]]]:
        """Gives the matches, from left to right."""
        return self._where_possible("finditer", ())

    def _where_possible(self, question: str, nothing: Found) -> Callable[..., Found]:
        """The question itself; where a match needs a fragment, it is asked of no text without one."""
        needs, any_case = self.needs, self.any_case
        if not needs:
            always: Callable[..., Found] = getattr(self.compiled, question)
            return always

        def asked(text: str, *span: int) -> Found:
            if not holds_any(small_letters(text) if any_case else text, needs):
                return nothing
            ask: Callable[..., Found] = getattr(self.compiled, question)
            return ask(text, *span)

        return asked

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.compiled.sub(by, text) if self.possible(text) else text


def holds_any(text: str, fragments: tuple[str, ...]) -> bool:
    """Whether one of the fragments stands in the text as it is."""
    for one in fragments:  # noqa: SIM110 - asked of every text; any() takes half as long again
        if one in text:
            return True
    return False


def small_letters(text: str) -> str:
    """The text as regular expressions compare it when case does not count, each letter at its own place."""
    return text.lower() if text.isascii() else _beyond_ascii(text)


@remembered
def _beyond_ascii(text: str) -> str:
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")
