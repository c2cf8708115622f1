"""Amounts of more digits than anybody has euros: one cell costs no run and no rule."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
import xlsxwriter

from kpicheck.dutch.notation import TOO_MUCH_FOR_EUROS
from kpicheck.job import Stated, check_bytes
from kpicheck.report.formats import FORMATS
from tests.formats.runs import RULESET, basis

HEADINGS = ("Naam", "SMART omschrijving", "(streef)datum", "(totaal)Bedrag", "Zorghuis 01234567")


def workbook(amount: float) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Mijlpalen")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ("Zorg - Start - KPI 1", "Uiterlijk 30-6-2026 is de zorg gestart."))
        sheet.write_datetime(1, 2, dt.datetime(2026, 6, 30), book.add_format({"num_format": "dd-mm-yyyy"}))  # noqa: DTZ001 - Excel knows no zones
        sheet.write_row(1, 3, (amount, 5000))
    return target.getvalue()


@pytest.mark.parametrize("amount", [9e14, 1e15, -1e15, 1e28, 1e40, 1e308, -1e40, 1e-300])
def test_it_is_judged_and_told_in_every_format(amount: float) -> None:
    report = check_bytes(workbook(amount), "plan.xlsx", RULESET, Stated())
    assert report.failure is None
    assert [one.rule for one in report.not_checked if one.reason == "crashed"] == []
    run = basis().run([report], glance=True)
    plan = run.judged[0].file.plan
    assert plan
    too_much = abs(amount) >= TOO_MUCH_FOR_EUROS
    assert Decimal(plan.total) == (0 if too_much else Decimal(str(amount)))
    assert (("A101", "D2") in {(one.rule, one.cell) for one in report.findings}) is too_much
    for one in FORMATS.values():
        assert one.write(run)
