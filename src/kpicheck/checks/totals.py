"""A203, A205, A206: section subtotals and totals rows against the rows, exact to the cent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import (
    ZERO,
    Field,
    Kpi,
    Payment,
    Plan,
    Section,
    TotalRow,
    euros,
    row_shares,
    same_euros,
)
from kpicheck.registry import check


@check("A203", per=Section)
def section_subtotal_mismatch(section: Section, subtotal: Decimal, plan: Plan) -> Problems:
    """A section's subtotal is the sum of its rows, with or without the start contribution.

    Bad:
        | Naam                      | (totaal)Bedrag |
        | (1) ALGEMENE ACTIVITEITEN | 10001          | <- (totaal)Bedrag
        | Algemeen - Start - KPI 1  | 4000           |
        | Algemeen - Start - KPI 2  | 6000           |
    Bad:
        | Naam                      | (totaal)Bedrag |
        | (1) ALGEMENE ACTIVITEITEN | 10000          |
        | (1.1) START               | 4001           | <- (totaal)Bedrag
        | Algemeen - Start - KPI 1  | 4000           |
        | (1.2) VERVOLG             | 6000           |
        | Algemeen - Meten - KPI 2  | 6000           |
    Good:
        | Naam                      | (totaal)Bedrag |
        | (1) ALGEMENE ACTIVITEITEN | 10000          |
        | Startbijdrage KPI 1.0     | 500            |
        | Algemeen - Start - KPI 1  | 4000           |
        | Algemeen - Start - KPI 2  | 6000           |
        | (2) WIJKZORG              | 10500          |
        | Startbijdrage KPI 2.0     | 500            |
        | Wijkzorg - Start - KPI 1  | 10000          |
        | (3) ZORGPAD               | 10000          |
        | (3.1) BOUW                | 10000          |
        | Zorgpad - Bouw - KPI 1    | 10000          |
    """
    if not (section.number or section.part):
        return
    rows = plan.rows_of(section)
    if broken := _unread([row.total for row in rows]):
        yield Unjudged(str(broken.gap), at=broken)
        return
    nearest = min((euros(rows), euros(_kpis(rows))), key=lambda one: abs(one - subtotal))
    if not same_euros(nearest, subtotal):
        yield Problem(
            section.subtotal,
            title=section.title,
            subtotal=subtotal,
            sum=nearest,
            difference=abs(nearest - subtotal),
            related=tuple(row.total for row in rows),
        )


def _kpis(rows: Sequence[Payment]) -> tuple[Payment, ...]:
    return tuple(row for row in rows if isinstance(row, Kpi))


def _unread(amounts: Sequence[Field[Decimal]]) -> Field[Decimal] | None:
    """The first amount that is there and that nobody can read."""
    return next((one for one in amounts if one.value is None and one.filled), None)


@check("A205", per=Plan)
def total_row_mismatch(plan: Plan, *, whole_plan_words: tuple[str, ...]) -> Problems:
    """A totals row is the sum of all rows, a subtotals row that of its block, in every column.

    Bad:
        | Naam                     | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | Wijkzorg - Start - KPI 1 | 4000           | 4000                    |
        | Wijkzorg - Start - KPI 2 | 6000           | 6000                    |
        | Totaal                   | 10001          | 9999                    | <- (totaal)Bedrag; Zorghuis Noord 01234567
    Bad:
        | Naam                     | (totaal)Bedrag |
        | Wijkzorg - Start - KPI 1 | 4000           |
        | Subtotaal                | 4000           |
        | Zelfzorg - Start - KPI 1 | 6000           |
        | Subtotaal                | 10000          | <- (totaal)Bedrag
        | Totaal aangevraagd       | 9000           | <- (totaal)Bedrag
    Good:
        | Naam                     | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | Startbijdrage KPI 1.0    | 500            | 500                     |
        | Wijkzorg - Start - KPI 1 | 4000           | 4000                    |
        | Wijkzorg - Start - KPI 2 | 6000           | 6000                    |
        | Totaal                   | 10000          | 10500                   |
    Good:
        | Naam                     | (totaal)Bedrag |
        | (1) WIJKZORG             |                |
        | Wijkzorg - Start - KPI 1 | 4000           |
        | Wijkzorg - Start - KPI 2 | 6000           |
        | Subtotaal                | 10000          |
        | (2) ZELFZORG             |                |
        | Zelfzorg - Start - KPI 1 | 5000           |
        | (3) OVERDRACHT           |                |
        | Zelfzorg - Start - KPI 2 | 3000           |
        | Subtotaal                | 8000           |
        | Zelfzorg - Start - KPI 3 | 2000           |
        | Totaal onderdeel 3       | 2000           |
        | Totaal inspanning        | 9000           |
        | Totaal                   | 20000          |
    """  # noqa: E501 - a table is as wide as its columns
    about = _RowSets(plan)
    adder = _Adder()
    for row in plan.totals:
        understood = row.kind == "subtotal" or _says_whole_plan(row.label, whole_plan_words)
        doubt = "examples-left" if plan.examples else None
        rows = about.whole(row) if row.kind == "total" else []
        if row.kind == "subtotal" or not understood or not row.label:
            rows += about.blocks(row)
        for heading, stated in row.amounts:
            cell = stated.cell
            column = (heading, cell.sheet, cell.column) if cell else (heading, "", 0)
            sets = (adder.added(found, column) for found in rows)
            yield from _total_figure(
                row, heading, stated, sets, doubt if understood else "total-not-understood"
            )


Rows = tuple[Payment, ...]
_Places = tuple[tuple[str, int | None], ...]  # the heading and the column of each share
_NOTHING = Field(value=ZERO)
Column = tuple[str, str, int]  # of a totals row: its heading, and the sheet and the place it stands in


class _Added(NamedTuple):
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


class _Adder:
    """Adds up a column over a set of rows, once for every set and column."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Column], tuple[Rows, _Added]] = {}
        self._places: dict[tuple[str, _Places], _Shares] = {}
        self._of_row: dict[int, _Shares] = {}

    def added(self, rows: Rows, column: Column) -> _Added:
        if (id(rows), column) not in self._known:
            amounts = [one.total for one in rows] if column[0] == "total" else self._amounts(rows, *column)
            total = sum([one.value or ZERO for one in amounts], ZERO)
            self._known[id(rows), column] = rows, _Added(amounts, total, _unread(amounts))
        return self._known[id(rows), column][1]

    def _amounts(self, rows: Rows, heading: str, sheet: str, column: int) -> list[Field[Decimal]]:
        """The amount of each row that belongs to a column of a totals row."""
        found, last, nth = [], None, None
        for row in rows:
            places = self._of_row.get(id(row)) or self._places_of(row)
            if places is not last:
                last, nth = places, places.find(heading, column if sheet == row.sheet else None)
            found.append(_NOTHING if nth is None else row_shares(row)[nth].amount)
        return found

    def _places_of(self, row: Payment) -> _Shares:
        told = row.sheet, tuple([(one.party, one.column) for one in row_shares(row)])
        found = self._places.get(told)
        if found is None:
            found = self._places[told] = _Shares(told[1])
        self._of_row[id(row)] = found
        return found


def _says_whole_plan(label: str, words: Sequence[str]) -> bool:
    """Whether a label says no more than "total": 'Totaal inspanning' is about other rows."""
    return all(word in words for word in re.findall(r"[\w'’]+", label.casefold())[1:])


def _total_figure(
    row: TotalRow, heading: str, stated: Field[Decimal], sets: Iterable[_Added], doubt: str | None
) -> Problems:
    """One figure of a totals row against each set of amounts that it may be the sum of."""
    if stated.value is None:
        if stated.filled:
            yield Unjudged(str(stated.gap), at=stated)
        return
    known: list[_Added] = []
    broken: Field[Decimal] | None = None
    for one in sets:
        if one.broken:
            broken = broken or one.broken
        elif one.amounts:
            if same_euros(one.total, stated.value):
                return
            known.append(one)
    if broken:
        yield Unjudged(str(broken.gap), at=broken)
    elif doubt:
        yield Unjudged(doubt, at=stated, label=row.label)
    elif known:
        expected = known[0].total
        yield Problem(
            stated,
            column=heading,
            label=row.label,
            total=stated.value,
            sum=expected,
            difference=abs(stated.value - expected),
            related=tuple(one for one in known[0].amounts if one.cell),
        )


class _RowSets:
    """The sets of rows that the totals of a plan may be about; those that many totals share are made once."""

    def __init__(self, plan: Plan) -> None:
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
            self._with_and_without.setdefault(id(rows), (rows, _kpis(rows)))
            found += self._with_and_without[id(rows)]
        return found


def _by_sheet(places: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for sheet, row in sorted(places):
        found.setdefault(sheet, []).append(row)
    return found


@check("A206", per=Plan)
def start_contribution_inconsistent(plan: Plan, *, tolerance: Decimal) -> Problems:
    """Section totals all include their start contribution, or all leave it out.

    Bad:
        | Naam                     | (totaal)Bedrag | <- (totaal)Bedrag
        | (1) ALGEMEEN             | 4501           |
        | Startbijdrage KPI 1.0    | 500            |
        | Algemeen - Start - KPI 1 | 4000           |
        | (2) WIJKZORG             | 6000           |
        | Startbijdrage KPI 2.0    | 500            |
        | Wijkzorg - Start - KPI 1 | 6000           |
    Good:
        | Naam                     | (totaal)Bedrag |
        | (1) ALGEMEEN             | 4500           |
        | Startbijdrage KPI 1.0    | 500            |
        | Algemeen - Start - KPI 1 | 4000           |
        | (2) WIJKZORG             | 6500           |
        | Startbijdrage KPI 2.0    | 500            |
        | Wijkzorg - Start - KPI 1 | 6000           |
        | (3) ZELFZORG             | 5000           |
        | Zelfzorg - Start - KPI 1 | 5000           |
    Good:
        | Naam                     | (totaal)Bedrag |
        | (1) ALGEMEEN             | 4501,50        |
        | Startbijdrage KPI 1.0    | 500            |
        | Algemeen - Start - KPI 1 | 4000           |
        | (2) WIJKZORG             | 6000           |
        | Startbijdrage KPI 2.0    | 500            |
        | Wijkzorg - Start - KPI 1 | 6000           |
    """
    included: list[tuple[Section, Field[Decimal]]] = []
    left_out: list[tuple[Section, Field[Decimal]]] = []
    for section in plan.sections:
        rows = plan.rows_of(section)
        whole, kpis = euros(rows), euros(_kpis(rows))
        if whole - kpis <= tolerance or _unread([row.total for row in rows]):
            continue
        for stated in _stated_totals(plan, section):
            if stated.value is None:
                continue
            if abs(stated.value - whole) <= tolerance:
                included.append((section, stated))
            elif abs(stated.value - kpis) <= tolerance:
                left_out.append((section, stated))
    if included and left_out:
        yield Problem(
            "total",
            included=_numbers(included),
            left_out=_numbers(left_out),
            related=tuple(stated for _, stated in (*included, *left_out)),
        )


def _stated_totals(plan: Plan, section: Section) -> list[Field[Decimal]]:
    """What is said to be the section's total: on its own row and in the summary block."""
    lines = [line for summary in plan.summaries for line in summary.lines if line.kind == "section"]
    figures = [line.figure("total") for line in lines if line.section == section.number]
    return [one for one in (section.subtotal, *figures) if one is not None]


def _numbers(found: Sequence[tuple[Section, Field[Decimal]]]) -> list[str]:
    return list(dict.fromkeys(f"({section.number})" for section, _ in found))
