"""A203, A205, A206: section subtotals and totals rows against the rows, exact to the cent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kpicheck.checks.adding import Added, Adder, RowSets, first_unread, kpis_of
from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import (
    Field,
    Plan,
    Section,
    TotalRow,
    euros,
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
    if broken := first_unread([row.total for row in rows]):
        yield Unjudged(str(broken.gap), at=broken)
        return
    nearest = min((euros(rows), euros(kpis_of(rows))), key=lambda one: abs(one - subtotal))
    if not same_euros(nearest, subtotal):
        yield Problem(
            section.subtotal,
            title=section.title,
            subtotal=subtotal,
            sum=nearest,
            difference=abs(nearest - subtotal),
            related=tuple(row.total for row in rows),
        )


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
    about = RowSets(plan)
    adder = Adder()
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


def _says_whole_plan(label: str, words: Sequence[str]) -> bool:
    """Whether a label says no more than "total": 'Totaal inspanning' is about other rows."""
    return all(word in words for word in re.findall(r"[\w'’]+", label.casefold())[1:])


def _total_figure(
    row: TotalRow, heading: str, stated: Field[Decimal], sets: Iterable[Added], doubt: str | None
) -> Problems:
    """One figure of a totals row against each set of amounts that it may be the sum of."""
    if stated.value is None:
        if stated.filled:
            yield Unjudged(str(stated.gap), at=stated)
        return
    known: list[Added] = []
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
        whole, kpis = euros(rows), euros(kpis_of(rows))
        if whole - kpis <= tolerance or first_unread([row.total for row in rows]):
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
