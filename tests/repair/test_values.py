"""Amounts and dates that are text become numbers and dates, where nothing else changes by it (T108)."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import pytest

from kpicheck.reader import read
from kpicheck.writer.cells import Number

from .plans import (
    SHEET,
    cell_xml,
    check,
    edited,
    left,
    made,
    plan,
    repaired,
    rules_found,
    with_cell,
    with_formula,
)

TYPED = 120000  # the total of KPI 3, in row 4; a typed one follows no party


def text_for_a_party(typed: str = "40.000,00") -> bytes:
    return plan(("KPI 3", "parties", [10000, 40000, typed, 30000]), ("KPI 3", "total", TYPED))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("€ 120.000", "120000"), ("120000", "120000"), ("120.000,00", "120000"), ("€ 120.000,-", "120000")],
)
def test_a_text_amount_becomes_the_number_that_was_read(typed: str, stored: str) -> None:
    found = repaired(plan(("KPI 3", "total", typed)), ["T108"])
    assert made(found) == {"F4": Decimal(stored)}
    assert f"<v>{stored}</v></c>" in cell_xml(found.data, "F4")
    assert 't="' not in cell_xml(found.data, "F4")


@pytest.mark.parametrize("typed", ["120.00", "circa 120.000", "€ 120.000 en € 5", "120,000.00"])
def test_an_amount_that_is_not_plain_stays(typed: str) -> None:
    found = repaired(plan(("KPI 3", "total", typed)), ["T108"])
    assert found.repairs == ()
    assert found.left == ()
    assert found.data == plan(("KPI 3", "total", typed))


def test_cents_stay() -> None:
    found = repaired(plan(("KPI 3", "total", "€ 120.000,05")), ["T108"])
    assert made(found) == {"F4": Decimal("120000.05")}
    assert read(found.data).payments[2].total.value == Decimal("120000.05")


@pytest.mark.parametrize("typed", ["31-12-2026", "2026-12-31", "31 december 2026"])
def test_a_text_date_becomes_that_day(typed: str) -> None:
    found = repaired(plan(("KPI 3", "date", typed)))
    [[change]] = [repair.changes for repair in found.repairs]
    assert change.content == Number(Decimal(46387), day=dt.date(2026, 12, 31))
    after = read(found.data).payments[2].date
    assert (after.value, after.from_text) == (dt.date(2026, 12, 31), False)


@pytest.mark.parametrize("typed", ["31-12", "1-2-26", "eind 2026", "31-11-2026"])
def test_a_date_that_is_not_plain_stays(typed: str) -> None:
    assert repaired(plan(("KPI 3", "date", typed))).repairs == ()


def test_a_workbook_that_counts_from_1904_gets_its_own_number() -> None:
    data = plan(("KPI 3", "date", "31-12-2026"))
    mac = edited(
        data, "xl/workbook.xml", lambda xml: xml.replace("<workbookPr ", '<workbookPr date1904="1" ')
    )
    found = repaired(mac, ["T108"])
    assert made(found) == {"C4": Decimal(46387 - 1462)}
    assert read(found.data).payments[2].date.value == dt.date(2026, 12, 31)


def test_the_amount_of_a_party_under_a_typed_total() -> None:
    found = repaired(text_for_a_party(), ["T108"])
    assert made(found) == {"K4": Decimal(40000)}
    assert ("T108", "K4") not in rules_found(found.file)


def test_the_control_text_that_leaves_the_amount_out_follows() -> None:
    before = check(text_for_a_party())
    found = repaired(text_for_a_party(), ["T108"])
    [follows] = found.follows
    assert (follows.ref, follows.was, follows.value) == (
        "H4",
        "Bedragen komen niet overeen",
        "Bedragen komen overeen",
    )
    assert "<f>IF(F4=SUM(I4:L4)" in cell_xml(found.data, "H4")
    assert "<v>Bedragen komen overeen</v>" in cell_xml(found.data, "H4")
    assert rules_found(before) - rules_found(found.file) == {("T108", "K4"), ("T105", "H4")}


def test_not_where_a_total_would_change() -> None:
    found = repaired(plan(("KPI 3", "parties", [10000, 40000, "40.000", 30000])))
    assert found.repairs == ()
    [stays] = found.left
    assert (stays.rule, stays.cell, stays.reason.kind) == ("T108", "K4", "amount-changes")
    assert stays.reason.facts == {
        "at": "F4",
        "on": "Mijlpalen",
        "before": Decimal(80000),
        "after": Decimal(120000),
    }


def test_a_total_that_was_never_calculated_is_what_excel_would_show() -> None:
    """Excel leaves a text out of the sum that it works out on opening; as a number it would count."""
    data = plan(("KPI 3", "parties", [10000, 40000, "40.000", 30000]), stored=False)
    found = repaired(data, ["T108"])
    assert made(found) == {}
    [stays] = found.left
    assert (stays.rule, stays.cell, stays.reason.kind) == ("T108", "K4", "amount-changes")
    assert (stays.reason.facts["before"], stays.reason.facts["after"]) == (Decimal(80000), Decimal(120000))


def test_cells_under_merged_ones_hold_nothing_and_get_nothing() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="C4:C5"/></mergeCells>'
    data = plan(("KPI 3", "date", "31-12-2026"), ("KPI 4", "date", None))
    data = edited(data, SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData>{merged}"))
    assert [one.cell for one in check(data).findings if one.rule == "T108"] == ["C4", "C5"]
    found = repaired(data, ["T108"])
    assert list(made(found)) == ["C4"]
    assert "<v>" not in cell_xml(found.data, "C5")
    assert [one for one in check(found.data).findings if one.rule == "T108"] == []


def test_cents_are_shown_where_the_look_had_none() -> None:
    data = plan(("KPI 3", "total", "€ 120.000,50"))
    whole = _style(data, "F5")
    data = edited(data, SHEET, lambda xml: re.sub(r'<c r="F4" s="\d+"', f'<c r="F4" s="{whole}"', xml))
    assert _number_format(data, "F4") != "4"
    assert _number_format(repaired(data, ["T108"]).data, "F4") == "4"


def _style(data: bytes, cell: str) -> int:
    found = re.search(r' s="(\d+)"', cell_xml(data, cell))
    assert found
    return int(found[1])


def _number_format(data: bytes, cell: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        looks = re.search("<cellXfs.*</cellXfs>", package.read("xl/styles.xml").decode(), re.DOTALL)
    assert looks
    return str(re.findall(r'<xf numFmtId="(\d+)"', looks[0])[_style(data, cell)])


@pytest.mark.parametrize(
    ("formula", "before", "after"),
    [
        ("SUM(Mijlpalen!K2:K13)", "280000", "320000"),
        ("SUM(Mijlpalen!K:K)", "280000", "320000"),
        ("SUM(Mijlpalen!$K$2:$L$13)", "475000", "515000"),
        ("COUNT(Mijlpalen!A4:L4)", "5", "6"),
    ],
)
def test_a_sum_elsewhere_gets_its_new_result(formula: str, before: str, after: str) -> None:
    found = repaired(with_formula(text_for_a_party(), "H60", formula, before), ["T108"])
    assert made(found) == {"K4": Decimal(40000)}
    [follows] = [one for one in found.follows if one.ref == "H60"]
    assert (follows.was, follows.value) == (Decimal(before), Decimal(after))
    assert f"<f>{formula}</f><v>{after}</v>" in cell_xml(found.data, "H60", "xl/worksheets/sheet1.xml")


def test_results_follow_through_other_formulas_in_order() -> None:
    data = with_formula(text_for_a_party(), "H60", "SUM(Mijlpalen!K2:K13)", "1")
    data = with_formula(data, "H61", "H60*2", "2")
    data = with_formula(data, "H62", "H61+H60", "3")
    found = repaired(data, ["T108"])
    assert [one.ref for one in found.follows if one.ref != "H4"] == ["H60", "H61", "H62"]
    values = {one.ref: one.value for one in found.follows}
    assert values["H61"] == 2 * values["H60"]  # type: ignore[operator]
    assert values["H62"] == 3 * values["H60"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(1,Mijlpalen!A1:L20,11,0)",
        "INDIRECT(&quot;Mijlpalen!K4&quot;)",
        "SUM(Tabel9[Bedrag])",
        "SUM(wat_is_dit)",
    ],
)
def test_not_where_a_formula_cannot_be_worked_out(formula: str) -> None:
    found = repaired(with_formula(text_for_a_party(), "H60", formula, "1"), ["T108"])
    assert left(found) == {("T108", "K4"): "unknown-formula"}


@pytest.mark.parametrize("formula", ["VLOOKUP(1,Mijlpalen!A1:C20,3,0)", "SUM([1]Blad1!K4)", "NOW()"])
def test_a_formula_that_reads_other_cells_does_not_matter(formula: str) -> None:
    found = repaired(with_formula(text_for_a_party(), "H60", formula, "1"), ["T108"])
    assert made(found) == {"K4": Decimal(40000)}


def test_not_what_a_formula_gives() -> None:
    data = with_cell(plan(("KPI 3", "total", "x")), "F4", '<f>"€ "&amp;120000</f><v>€ 120.000</v>', t="str")
    assert left(repaired(data, ["T108"])) == {("T108", "F4"): "formula-gives-text"}


def test_a_text_beyond_what_excel_keeps_stays() -> None:
    data = plan(("KPI 3", "total", "123.456.789.012.345,67"))
    found = repaired(data, ["T108"])
    assert left(found) == {("T108", "F4"): "reads-otherwise"}
    assert found.data == data
