"""A203, A205, A206: section subtotals and totals rows against the rows, exact to the cent."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import (
    ZERO,
    Cell,
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
def section_subtotal_mismatch(
    section: Section, subtotal: Decimal, sections: tuple[Section, ...], payments: tuple[Payment, ...]
) -> Problems:
    """A section's subtotal is the sum of its rows, with or without the start contribution.

    Bad:
        | Naam                      | (totaal)Bedrag |
        | (1) ALGEMENE ACTIVITEITEN | 10001          | <- (totaal)Bedrag
        | Algemeen - Start - KPI 1  | 4000           |
        | Algemeen - Start - KPI 2  | 6000           |
    Good:
        | Naam                      | (totaal)Bedrag |
        | (1) ALGEMENE ACTIVITEITEN | 10000          |
        | Startbijdrage KPI 1.0     | 500            |
        | Algemeen - Start - KPI 1  | 4000           |
        | Algemeen - Start - KPI 2  | 6000           |
        | (2) WIJKZORG              | 10500          |
        | Startbijdrage KPI 2.0     | 500            |
        | Wijkzorg - Start - KPI 1  | 10000          |
    """
    if not section.number:
        return
    rows = rows_below(section, sections, payments)
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


def rows_below(
    section: Section, sections: Sequence[Section], payments: Sequence[Payment]
) -> tuple[Payment, ...]:
    """The rows of a "(n) TITLE" row, up to the next one; titles without a number in between are its parts."""
    here = [one for one in sections if one.cell.sheet == section.cell.sheet]
    later = [one.cell.row for one in here if one.number and one.cell.row > section.cell.row]
    heads = {
        one.cell.row
        for one in here
        if one.cell.row >= section.cell.row and all(one.cell.row < row for row in later)
    }
    return tuple(row for row in payments if row.sheet == section.cell.sheet and row.section_row in heads)


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
    for row in plan.totals:
        understood = row.kind == "subtotal" or _says_whole_plan(row.label, whole_plan_words)
        doubt = "examples-left" if plan.examples else None
        rows = _whole(plan, row) if row.kind == "total" else []
        if row.kind == "subtotal" or not understood or not row.label:
            rows += _blocks(plan, row)
        for heading, stated in row.amounts:
            amount_of = _column(heading, stated.cell)
            sets = [[amount_of(one) for one in found] for found in rows]
            yield from _total_figure(
                row, heading, stated, sets, doubt if understood else "total-not-understood"
            )


AmountOf = Callable[[Payment], Field[Decimal]]


def _says_whole_plan(label: str, words: Sequence[str]) -> bool:
    """Whether a label says no more than "total": 'Totaal inspanning' is about other rows."""
    return all(word in words for word in re.findall(r"[\w'’]+", label.casefold())[1:])


def _total_figure(
    row: TotalRow, heading: str, stated: Field[Decimal], sets: list[list[Field[Decimal]]], doubt: str | None
) -> Problems:
    """One figure of a totals row against each set of amounts that it may be the sum of."""
    if stated.value is None:
        if stated.filled:
            yield Unjudged(str(stated.gap), at=stated)
        return
    known = [one for one in sets if one and not _unread(one)]
    sums = [sum((amount.value or ZERO for amount in one), ZERO) for one in known]
    broken = _unread([amount for one in sets for amount in one])
    if any(same_euros(one, stated.value) for one in sums):
        return
    if broken:
        yield Unjudged(str(broken.gap), at=broken)
    elif doubt:
        yield Unjudged(doubt, at=stated, label=row.label)
    elif sums:
        expected = sums[0]
        yield Problem(
            stated,
            column=heading,
            label=row.label,
            total=stated.value,
            sum=expected,
            difference=abs(stated.value - expected),
            related=tuple(one for one in known[0] if one.cell),
        )


def _column(heading: str, cell: Cell | None) -> AmountOf:
    """Which amount of a row belongs to a column of a totals row: by place, on another sheet by heading.

    Where several parties stand in one cell, by place and heading.
    """

    def amount_of(row: Payment) -> Field[Decimal]:
        if heading == "total":
            return row.total
        named = [one for one in row_shares(row) if one.party == heading]
        found = named
        if cell is not None and cell.sheet == row.sheet:
            here = [one for one in row_shares(row) if one.cell and one.cell.column == cell.column]
            found = [one for one in here if one in named] or here
        return found[0].amount if found else Field(value=ZERO)

    return amount_of


def _whole(plan: Plan, row: TotalRow) -> list[tuple[Payment, ...]]:
    """All rows of the plan, of the sheet, or since the last total; with and without start contributions."""
    here = tuple(one for one in plan.payments if one.sheet == row.sheet)
    earlier = [one.row for one in plan.totals if one.kind == "total" and one.sheet == row.sheet]
    return _with_and_without((plan.payments, here, _since(earlier, here, row.row)))


def _blocks(plan: Plan, row: TotalRow) -> list[tuple[Payment, ...]]:
    """The rows since the last section, subtotal or total, or since the last of the totals."""
    here = tuple(one for one in plan.payments if one.sheet == row.sheet)
    totals = [one.row for one in plan.totals if one.sheet == row.sheet]
    sections = [one.cell.row for one in plan.sections if one.cell.sheet == row.sheet]
    return _with_and_without([_since(bounds, here, row.row) for bounds in (totals + sections, totals)])


def _since(bounds: Sequence[int], rows: Sequence[Payment], until: int) -> tuple[Payment, ...]:
    """The rows between the last bound above a row and that row."""
    first = max((bound for bound in bounds if bound < until), default=0)
    return tuple(one for one in rows if first < one.row < until)


def _with_and_without(sets: Sequence[tuple[Payment, ...]]) -> list[tuple[Payment, ...]]:
    return [one for rows in sets for one in (rows, _kpis(rows))]


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
        rows = rows_below(section, plan.sections, plan.payments)
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
