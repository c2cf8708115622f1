"""What checks look at, one part of a plan after another.

All rules judge a part before the next: what they ask of its rows is kept for that part alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from kpicheck.model import (
    ColumnFormulas,
    Example,
    General,
    MissingColumn,
    Party,
    Payment,
    Plan,
    Section,
    Summary,
    Text,
    TotalRow,
)
from kpicheck.model.plan import texts_of, titles_of

_ROWS_OF_PART = 256
_COLLECTIONS: dict[type[object], str] = {
    Party: "parties",
    Section: "sections",
    TotalRow: "totals",
    Summary: "summaries",
    Example: "examples",
    MissingColumn: "missing_columns",
    ColumnFormulas: "column_formulas",
}


class Part(NamedTuple):
    """Some rows of a plan; with the first comes all that is no row, with the last the titles of sections."""

    plan: Plan
    rows: Sequence[Payment]
    first: bool = True
    last: bool = True

    def subjects(self, per: type[object]) -> Sequence[object] | None:
        """The things of a kind that a check looks at, one by one; None where they are missing."""
        if per is Text:
            return [*texts_of(self.rows), *(titles_of(self.plan) if self.last else ())]
        if per is Payment:
            return self.rows
        if issubclass(per, Payment):
            return [row for row in self.rows if isinstance(row, per)]
        return self._beside_the_rows(per) if self.first else ()

    def _beside_the_rows(self, per: type[object]) -> Sequence[object] | None:
        plan = self.plan
        if per is Plan:
            return (plan,)
        if per is General:
            return None if plan.general is None else (plan.general,)
        return cast("Sequence[object]", getattr(plan, _COLLECTIONS[per]))


def parts(plan: Plan) -> Iterator[Part]:
    """The plan in parts, in the order of its rows; one without rows is a part too."""
    rows = plan.payments
    for begin in range(0, max(len(rows), 1), _ROWS_OF_PART):
        end = begin + _ROWS_OF_PART
        yield Part(plan, rows[begin:end], first=begin == 0, last=end >= len(rows))
