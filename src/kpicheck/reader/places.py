"""Places on a sheet: rows and columns by number, and their addresses."""

from __future__ import annotations

from functools import lru_cache

from kpicheck.allowance import LAST_COLUMN

Place = tuple[int, int]


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """The number of a column by its letters, in any case: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
