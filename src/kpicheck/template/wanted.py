"""What is asked of an empty workbook."""

from __future__ import annotations

from dataclasses import dataclass

MOST_PARTIES, MOST_ROWS, MOST_YEARS = 50, 1_000, 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many parties and rows, whether there is a kassier, and the years of the plan, both inclusive."""

    parties: int
    kassier: bool
    first_year: int
    last_year: int
    rows: int
