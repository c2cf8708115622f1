"""What one file may cost: counted work and processor time, both growing with the rows of a plan.

Counts come first, because they say the same on every machine; time is for what no count foresees. It is
processor time, so that a busy machine refuses no more than an idle one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple


class Limit(NamedTuple):
    """How much any file may ask, and how much more for every row of a plan that was really read."""

    base: float
    per_row: float = 0


LIMITS: Final = {
    "seconds": Limit(2.5, 0.008),
    "memory": Limit(400 << 20),
    "elements": Limit(3_000_000),
    "relations": Limit(10_000),
    "texts": Limit(1_000_000),
    "cells": Limit(300_000, 300),
    "merged": Limit(20_000, 10),
    "tables": Limit(250),
    "rows": Limit(65_536),
    "parties": Limit(1_000),
    "shares": Limit(100_000, 300),
    "steps": Limit(2_000_000, 200),
    "characters": Limit(500_000, 6_000),
    "findings": Limit(5_000, 20),
}
LONGEST_TEXT: Final = 32_767
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BYTES_OF_FINDING: Final = 3_000  # with its words, half as much again as measured
_JUDGING = 1.0
_SHORTEST_WAIT = 0.01


class Exceeded(Exception):  # noqa: N818 - an answer about a file, not an error of the program
    """A file asks more than any plan does: `what` is a key of LIMITS, "text" or "depth"."""

    def __init__(self, what: str) -> None:
        """Take the word for what there is too much of; the wording lives in rules/texts."""
        super().__init__(what)
        self.what = what


def bytes_of_row(parties: int) -> int:
    """About how much memory a row of a plan takes, as measured."""
    return 2_200 + 170 * parties


def ran_out(error: Exception) -> str:
    """What a file asked too much of."""
    if isinstance(error, Exceeded):
        return error.what
    return "memory" if isinstance(error, MemoryError) else "depth"


class Allowance:
    """What one file has asked so far: made when work on it begins, handed on through reader and engine."""

    def __init__(
        self,
        limits: Mapping[str, Limit] = LIMITS,
        clock: Callable[[], float] = time.thread_time,
        wall: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start counting; what has no limit is free."""
        self._clock, self._wall = clock, wall
        self._look_at = -math.inf
        self._began = clock()
        self._extra = 0.0
        self._limits = limits
        self._spent: dict[str, float] = {}
        self._granted = {what: limit.base for what, limit in limits.items()}
        self.rows_so_far: Callable[[], int] = lambda: 0

    def spend(self, what: str, amount: float = 1) -> None:
        """Count work. Raises Exceeded where the file has no more of it."""
        spent = self._spent[what] = self._spent.get(what, 0) + amount
        self.within(what, spent)

    def spent(self, what: str) -> float:
        """How much of that was counted so far."""
        return self._spent.get(what, 0)

    def within(self, what: str, amount: float) -> None:
        """Refuse more than the limit at one time. Raises Exceeded."""
        if amount > self._granted.get(what, math.inf):
            self._grow(what, amount)

    def tick(self) -> None:
        """Look at the clock. Raises Exceeded where the file has had its time."""
        now = self._wall()
        if now < self._look_at:  # a process never has more processor time than time has passed
            return
        spent = self._clock() - self._began - self._extra
        self.within("seconds", spent)
        self._look_at = now + max(self._granted.get("seconds", math.inf) - spent, _SHORTEST_WAIT)

    def begin_judging(self, kept: float) -> None:
        """Give the checks time of their own, and the memory back of all but the plan that was kept."""
        self._extra += _JUDGING
        self._spent["memory"] = kept

    def _grow(self, what: str, spent: float) -> None:
        """Ask only now how many rows of a plan were read: most files never come here."""
        limit = self._limits[what]
        rows = self.rows_so_far() if limit.per_row else 0
        self._granted[what] = limit.base + limit.per_row * rows
        if spent > self._granted[what]:
            raise Exceeded(what)
