"""Totals rows over two sheets, and totals that may have counted what is no milestone (A205)."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import xlsxwriter

from kpicheck import ruleset as rulesets
from kpicheck.engine import judge
from kpicheck.finding import Report
from kpicheck.reader import read

HEADINGS = ("Naam", "SMART omschrijving", "(streef)datum", "(totaal)Bedrag")
NOORD, ZUID = "Zorghuis Noord 01234567", "Zorghuis Zuid 07654321"
EXAMPLE = "Livegang aantal zorgpaden - KPI 1"
Lines = list[tuple[str, int, int, int]]


def judged(sheets: dict[str, tuple[tuple[str, str], Lines]]) -> Report:
    """Sheets with the order of their two parties, and lines of name, total and both shares."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, (parties, lines) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, (*HEADINGS, *parties))
            for row, (label, *amounts) in enumerate(lines, start=1):
                sheet.write_row(row, 0, (label, "" if label.startswith("Totaal") else "Een zin."))
                sheet.write_row(row, 3, amounts)
    ruleset = rulesets.load("landelijk")
    only = replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.code == "A205"))
    return judge(read(target.getvalue()), only)


def two_sheets(total: int, noord: int, zuid: int) -> Report:
    return judged(
        {
            "Eerste": ((NOORD, ZUID), [("Zorg - Start - KPI 1", 30, 10, 20)]),
            "Tweede": (
                (ZUID, NOORD),
                [("Zorg - Start - KPI 2", 70, 40, 30), ("Totaal", total, zuid, noord)],
            ),
        }
    )


@pytest.mark.parametrize(("total", "noord", "zuid"), [(100, 40, 60), (70, 30, 40)])
def test_a_total_is_that_of_the_plan_or_of_its_sheet(total: int, noord: int, zuid: int) -> None:
    assert not two_sheets(total, noord, zuid).findings


def test_parties_are_found_by_heading_on_another_sheet() -> None:
    wrong = two_sheets(100, 60, 40)
    assert [(one.sheet, one.cell) for one in wrong.findings] == [("Tweede", "F3")]


def test_example_rows_may_have_been_counted() -> None:
    lines = [(EXAMPLE, 5, 5, 0), ("Zorg - Start - KPI 1", 30, 10, 20), ("Totaal", 35, 15, 20)]
    report = judged({"Mijlpalen": ((NOORD, ZUID), lines)})
    assert not report.findings
    assert [(one.cell, one.reason) for one in report.not_checked] == [
        ("D4", "examples-left"),
        ("E4", "examples-left"),
    ]
