"""What totals are compared with: the sets of rows that they may be about, and a column added up over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpicheck.model import ZERO, Field, Kpi, Payment, Plan, Share, TotalRow, row_shares

Rows = tuple[Payment, ...]
Column = tuple[str, str, int]  # of a totals row: its heading, and the sheet and the place it stands in
_Places = tuple[tuple[str, int | None], ...]  # the heading and the column of each share
_NOTHING = Field(value=ZERO)


class Added(NamedTuple):
    """The amounts of one column over a set of rows: their sum, and the first that nobody can read."""

    amounts: list[Field[Decimal]]
    total: Decimal
    broken: Field[Decimal] | None


class _Shares:
    """Where a share stands among those of its row; the rows of a table are alike."""

    def __init__(self, places: _Places) -> None:
        """Take the heading and the column of each share; of two that are the same the first counts."""
        numbered = [(nth, *place) for nth, place in enumerate(places)][::-1]
        self._by_heading = {heading: nth for nth, heading, _ in numbered}
        self._by_column = {column: nth for nth, _, column in numbered}
        self._by_both = {(heading, column): nth for nth, heading, column in numbered}

    def find(self, heading: str, column: int | None) -> int | None:
        """Which share belongs to a column: by place, where several parties stand in it by heading too.

        On another sheet, without a column, by heading.
        """
        if column is None:
            return self._by_heading.get(heading)
        return self._by_both.get((heading, column), self._by_column.get(column))


class _Run(NamedTuple):
    """Rows of one sheet, one after another, whose shares stand in the same places."""

    sheet: str
    places: _Shares
    shares: list[tuple[Share, ...]]


class Adder:
    """Adds up a column over a set of rows, once for every set and column."""

    def __init__(self) -> None:
        """Begin without any sum."""
        self._known: dict[tuple[int, Column], tuple[Rows, Added]] = {}
        self._places: dict[tuple[str, _Places], _Shares] = {}
        self._of_row: dict[int, _Shares] = {}
        self._runs: dict[int, list[_Run]] = {}

    def added(self, rows: Rows, column: Column) -> Added:
        """The amounts of those rows that belong to a column of a totals row, and their sum in euro."""
        if (id(rows), column) not in self._known:
            amounts = [one.total for one in rows] if column[0] == "total" else self._amounts(rows, *column)
            total = sum([one.value or ZERO for one in amounts], ZERO)
            self._known[id(rows), column] = rows, Added(amounts, total, first_unread(amounts))
        return self._known[id(rows), column][1]

    def _amounts(self, rows: Rows, heading: str, sheet: str, column: int) -> list[Field[Decimal]]:
        """The amount of each row that belongs to a column of a totals row."""
        if id(rows) not in self._runs:
            self._runs[id(rows)] = self._runs_of(rows)
        found: list[Field[Decimal]] = []
        for run in self._runs[id(rows)]:
            nth = run.places.find(heading, column if sheet == run.sheet else None)
            found += [_NOTHING if nth is None else one[nth].amount for one in run.shares]
        return found

    def _runs_of(self, rows: Rows) -> list[_Run]:
        runs: list[_Run] = []
        for row in rows:
            places = self._of_row.get(id(row)) or self._places_of(row)
            if not runs or places is not runs[-1].places:
                runs.append(_Run(row.sheet, places, []))
            runs[-1].shares.append(row_shares(row))
        return runs

    def _places_of(self, row: Payment) -> _Shares:
        told = row.sheet, tuple([(one.party, one.amount.column) for one in row_shares(row)])
        found = self._places.get(told)
        if found is None:
            found = self._places[told] = _Shares(told[1])
        self._of_row[id(row)] = found
        return found


def first_unread(amounts: Sequence[Field[Decimal]]) -> Field[Decimal] | None:
    """The first amount that is there and that nobody can read."""
    return next((one for one in amounts if one.value is None and one.filled), None)


class RowSets:
    """The sets of rows that the totals of a plan may be about; those that many totals share are made once."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan with its totals."""
        self._plan = plan
        self._with_and_without: dict[int, tuple[Rows, Rows]] = {}
        self._here: dict[str, Rows] = {}
        for sheet in {one.sheet for one in plan.totals}:
            self._here[sheet] = tuple(one for one in plan.payments if one.sheet == sheet)
        self._numbers = {sheet: [one.row for one in rows] for sheet, rows in self._here.items()}
        self._totals = _by_sheet((one.sheet, one.row) for one in plan.totals if one.kind == "total")
        self._all_totals = _by_sheet((one.sheet, one.row) for one in plan.totals)
        sections = [(one.cell.sheet, one.cell.row) for one in plan.sections]
        self._bounds = _by_sheet([*((one.sheet, one.row) for one in plan.totals), *sections])

    def whole(self, row: TotalRow) -> list[Rows]:
        """All rows of the plan, of the sheet, or since the last total; start contributions in and out."""
        since = self._since(self._totals, row)
        return self._both(self._plan.payments, self._here[row.sheet], since)

    def blocks(self, row: TotalRow) -> list[Rows]:
        """The rows since the last section, subtotal or total, or since the last of the totals."""
        return self._both(self._since(self._bounds, row), self._since(self._all_totals, row))

    def _since(self, bounds: Mapping[str, list[int]], until: TotalRow) -> Rows:
        """The rows between the last bound above a row and that row."""
        known = bounds.get(until.sheet, [])
        before = bisect_left(known, until.row)
        numbers = self._numbers[until.sheet]
        first = bisect_right(numbers, known[before - 1]) if before else 0
        return self._here[until.sheet][first : bisect_left(numbers, until.row)]

    def _both(self, *sets: Rows) -> list[Rows]:
        found: list[Rows] = []
        for rows in sets:
            self._with_and_without.setdefault(id(rows), (rows, kpis_of(rows)))
            found += self._with_and_without[id(rows)]
        return found


def _by_sheet(places: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for sheet, row in sorted(places):
        found.setdefault(sheet, []).append(row)
    return found


def kpis_of(rows: Sequence[Payment]) -> tuple[Payment, ...]:
    """Those rows without their start contributions."""
    return tuple([row for row in rows if isinstance(row, Kpi)])
