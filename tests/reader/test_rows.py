"""Rows under and between the milestones: what they are taken for, on real workbooks."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from kpicheck.model import Plan
from kpicheck.reader import read
from tests.building import OFFICIAL, PARTY, Formula, without_sentinels

KPIS = [
    ("Zorgpad - Bouwen - KPI 1", "Uiterlijk 30 juni 2026 is het zorgpad gebouwd.", "30-6-2026", "Inspanning"),
    ("Zorgpad - Meten - KPI 2", "Uiterlijk 31 december 2026 is er gemeten.", "31-12-2026", "Resultaat"),
]


def plan(*rows: dict[str, Any], amounts: tuple[Any, Any] = (6000, 4000)) -> Plan:
    """Two milestones and the rows below them; a row names its cells by column letter."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Mijlpalen")
    sheet.write_row(0, 0, [*OFFICIAL, PARTY])
    for number, (kpi, amount) in enumerate(zip(KPIS, amounts, strict=True), start=2):
        sheet.write_row(number - 1, 0, [*kpi, "Ondertekend verslag van de werkgroep."])
        sheet.write_formula(f"F{number}", f"=SUM(I{number}:I{number})", None, "#niet-opgeslagen#")
        sheet.write(f"I{number}", amount)
    for number, row in enumerate(rows, start=4):
        for letter, value in row.items():
            if isinstance(value, Formula):
                sheet.write_formula(f"{letter}{number}", value.text, None, value.result)
            else:
                sheet.write(f"{letter}{number}", value)
    book.close()
    return read(without_sentinels(target.getvalue()))


SUM = Formula("=SUM(F2:F3)", 10000)


@pytest.mark.parametrize(
    "label",
    [
        {"A": "Totaal"},
        {"A": "Som"},
        {"A": "Saldo"},
        {"A": "Totale kosten"},
        {"B": "Totaal:"},
        {"D": "Totaal"},
        {},
    ],
    ids=str,
)
def test_a_sum_over_rows_is_a_total_whatever_it_is_called(label: dict[str, str]) -> None:
    found = plan({**label, "F": SUM})
    assert (len(found.kpis), len(found.totals), len(found.unrecognised)) == (2, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        {"A": "waarvan inspanning", "F": 6000},
        {"A": "Aandeel per partij", "I": 0.25},
        {"E": "Percentage per partij", "I": 0.25},
        {"A": "Aangevraagd bedrag", "F": 10000},
        {"A": "Verschil", "F": Formula("=F4-10000", 0)},
        {"E": "Inspanning", "F": 6000},
    ],
    ids=str,
)
def test_a_remark_below_the_total_is_no_milestone(row: dict[str, Any]) -> None:
    found = plan({"A": "Totaal", "F": SUM}, row)
    assert (len(found.payments), len(found.totals)) == (2, 1)
    assert len(found.unrecognised) == 1


def test_money_below_the_total_without_such_a_label_still_counts() -> None:
    found = plan({"A": "Totaal", "F": SUM}, {"A": "Extra budget", "F": 5000})
    assert [row.label for row in found.payments][-1] == "Extra budget"


def test_a_numbered_milestone_without_date_and_type_is_no_section() -> None:
    found = plan({"A": "(3) Zorgpad - Delen - KPI 3", "B": "Het zorgpad is gedeeld.", "F": 5000})
    assert (len(found.kpis), len(found.sections)) == (3, 0)


@pytest.mark.parametrize("subtotal", [5000, Formula("=SUM(F5:F6)", 5000), Formula("=SUM(F$5:F6)-0", 5000)])
def test_a_numbered_title_is_a_section_however_its_subtotal_was_made(subtotal: object) -> None:
    below = {"A": "Zorgpad - Delen - KPI 3", "C": "30-6-2027", "D": "Resultaat", "F": 5000}
    found = plan({"A": "(2) ZORGPADEN", "F": subtotal}, below)
    assert (len(found.kpis), len(found.sections), len(found.totals)) == (3, 1, 0)
    assert (found.sections[0].number, found.sections[0].subtotal.value) == ("2", Decimal(5000))
    assert found.payments[-1].section == "2"


@pytest.mark.parametrize("title", ["(2.1) DEEL", "(2a) DEEL", "(2.1.b) DEEL"])
@pytest.mark.parametrize("amount", [5000, 5001, Formula("=SUM(F6)", 5000), Formula("=SUM(F6:F7)", 5000), ""])
def test_a_numbered_part_of_a_section_is_no_milestone_whatever_its_sum(title: str, amount: object) -> None:
    below = {"A": "Zorgpad - Delen - KPI 3", "C": "30-6-2027", "D": "Resultaat", "F": 5000}
    found = plan({"A": "(2) ZORGPADEN", "F": 5000}, {"A": title, "F": amount}, below)
    whole, part = found.sections
    assert (len(found.kpis), len(found.totals)) == (3, 0)
    assert (whole.number, part.number, part.part) == ("2", "", title[1 : title.index(")")])
    assert found.payments[-1].section == "2"
    assert found.rows_of(whole) == found.rows_of(part) == (found.payments[-1],)


def test_parts_within_parts() -> None:
    rows = (
        {"A": "(2) ZORGPADEN", "F": 12000},
        {"A": "(2.1) BOUW", "F": 5000},
        {"A": "(2.1.1) ONTWERP", "F": 5000},
        {"A": "Startbijdrage KPI 2.0", "F": 1000},
        {"A": "Zorgpad - Delen - KPI 3", "C": "30-6-2027", "D": "Resultaat", "F": 4000},
        {"A": "(2.10) METING", "F": 7000},
        {"A": "Zorgpad - Delen - KPI 4", "C": "30-6-2027", "D": "Resultaat", "F": 7000},
    )
    found = plan(*rows)
    assert (len(found.kpis), [one.part for one in found.sections]) == (4, ["", "2.1", "2.1.1", "2.10"])
    sums = [sum(row.euros for row in found.rows_of(one)) for one in found.sections]
    assert sums == [12000, 5000, 5000, 7000]


def test_money_behind_a_number_in_brackets_is_not_lost_where_no_milestone_follows() -> None:
    found = plan({"A": "(2a) Zorgpad delen", "F": 5000}, {"A": "(2b) Zorgpad meten", "F": 4000})
    assert [row.euros for row in found.payments][-2:] == [5000, 4000]


@pytest.mark.parametrize("name", ["(2.1) Zorgpad - Delen - KPI 3", "(2.1) Zorgpad delen"])
def test_a_milestone_with_a_number_in_brackets_is_a_milestone(name: str) -> None:
    found = plan({"A": name, "B": "Het zorgpad is gedeeld.", "C": "30-6-2027", "D": "Resultaat", "F": 5000})
    assert (len(found.kpis), len(found.sections)) == (3, 0)


@pytest.mark.parametrize("amount", [10000, SUM])
def test_a_numbered_total_is_a_total(amount: object) -> None:
    found = plan({"A": "(2) Totaal", "F": amount})
    assert (len(found.kpis), len(found.sections), len(found.totals)) == (2, 0, 1)


def test_a_formula_without_result_uses_the_text_amounts_the_rules_use() -> None:
    found = plan(amounts=("€ 6.000,00", 4000))
    assert [row.total.value for row in found.kpis] == [6000, 4000]


def test_a_heading_merged_over_two_rows_is_one_heading() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Mijlpalen")
    for column, heading in enumerate(OFFICIAL):
        sheet.merge_range(0, column, 1, column, heading)
    sheet.merge_range(0, 8, 0, 9, "Verdeling bedrag over partijen")
    sheet.write_row(1, 8, [PARTY, "Zorghuis Zuid 07654321"])
    for number, kpi in enumerate(KPIS, start=2):
        sheet.write_row(number, 0, [*kpi, "Ondertekend verslag van de werkgroep.", 5000])
        sheet.write_row(number, 8, [3000, 2000])
    book.close()
    found = read(target.getvalue())
    assert len(found.kpis) == 2
    assert [(one.name, one.code, int(one.amount)) for one in found.parties] == [
        ("Zorghuis Noord", "01234567", 6000),
        ("Zorghuis Zuid", "07654321", 4000),
    ]
    assert [one.cell.ref for one in found.parties] == ["I2", "J2"]
    assert found.heading("total").ref == "F1"
    assert found.missing_columns == ()
    assert found.unrecognised == ()


@pytest.mark.parametrize("row", [{"C": "30-6-2027"}, {"A": 7}], ids=str)
def test_a_row_with_a_lone_value_is_never_dropped(row: dict[str, Any]) -> None:
    found = plan(row)
    assert (len(found.payments), len(found.unrecognised)) == (2, 1)


def test_a_row_with_a_lone_date_or_number_is_reported_at_its_cell() -> None:
    assert plan({"A": 7}).unrecognised[0].cell.ref == "A4"


def test_a_row_with_nothing_but_a_formula_that_gives_nothing_is_told_by_its_formula() -> None:
    """Its cell has no value to quote: the message said "None"."""
    (told,) = plan({"G": Formula("=VLOOKUP(A1,B:C,2)")}).unrecognised
    assert (told.cell.ref, told.text) == ("G4", "=VLOOKUP(A1,B:C,2)")
