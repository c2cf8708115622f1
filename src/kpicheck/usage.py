"""Wrong usage and wrong configuration, and the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """Wrong usage or configuration (exit code 2): a key into the texts, with its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the key and the facts; the words are made by whoever shows them."""
        super().__init__(code)
        self.code = code
        self.facts = facts


def nearest(word: str, names: Iterable[str], *, least: float = 0.5) -> str:
    """The most alike known name, or an empty text."""
    from difflib import get_close_matches

    known = {name.casefold(): name for name in names}
    found = get_close_matches(word.casefold(), known, n=1, cutoff=least)
    return known[found[0]] if found else ""
