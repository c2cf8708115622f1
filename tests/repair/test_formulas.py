"""Totals and control texts that were typed over get their formula back where it gives the same (T104)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from samples import build

from .plans import cell_xml, check, edited, left, made, plan, repaired, rules_found, with_cell

AGREE, DIFFER = "Bedragen komen overeen", "Bedragen komen niet overeen"
CONTROL = f'=IF(F4=SUM(I4:L4),"{AGREE}","{DIFFER}")'


def test_a_total_typed_over_gets_the_formula_of_its_neighbours() -> None:
    data = plan(("KPI 3", "total", 120000))
    assert rules_found(check(data)) == {("T104", "F4")}
    found = repaired(data)
    assert made(found) == {"F4": "=SUM(I4:L4)"}
    assert cell_xml(found.data, "F4").endswith("<f>SUM(I4:L4)</f><v>120000</v></c>")
    assert found.file.findings == ()


@pytest.mark.parametrize("typed", [119999, 120000.01, 120001, 0])
def test_not_where_another_amount_was_typed(typed: float) -> None:
    found = repaired(plan(("KPI 3", "total", typed)))
    assert left(found) == {("T104", "F4"): "disagrees"}
    assert found.repairs == ()


def test_a_control_text_typed_over() -> None:
    found = repaired(plan(("KPI 3", "control", AGREE)))
    assert made(found) == {"H4": CONTROL}
    assert f"{CONTROL[1:]}</f><v>{AGREE}</v>" in cell_xml(found.data, "H4").replace("&quot;", '"')
    assert 't="str"' in cell_xml(found.data, "H4")
    assert found.file.findings == ()


def test_the_control_text_that_says_what_is_so_may_say_that_it_is_not() -> None:
    data = plan(("KPI 3", "total", 120001), ("KPI 3", "control", DIFFER))
    found = repaired(data)
    assert made(found) == {"H4": CONTROL}
    assert left(found) == {("T104", "F4"): "disagrees"}


def test_not_where_the_control_text_says_something_else() -> None:
    assert left(repaired(plan(("KPI 3", "control", DIFFER)))) == {("T104", "H4"): "disagrees"}
    assert left(repaired(plan(("KPI 3", "control", "akkoord")))) == {("T104", "H4"): "disagrees"}


def all_typed(**other: int) -> bytes:
    rows = build.load_plan("goed-plan")["rows"]
    sums = {f"KPI {number}": sum(row["parties"]) for number, row in enumerate(rows, start=1)}
    return plan(*((name, "total", amount) for name, amount in {**sums, **other}.items()))


def test_a_column_without_any_formula_gets_the_formats_own() -> None:
    assert rules_found(check(all_typed())) == {("T104", "F1")}
    found = repaired(all_typed())
    assert made(found) == {f"F{row}": f"=SUM(I{row}:L{row})" for row in range(2, 14)}
    assert found.file.findings == ()


def test_a_column_is_repaired_whole_or_not_at_all() -> None:
    found = repaired(all_typed(**{"KPI 3": 119000}))
    assert found.repairs == ()
    [stays] = found.left
    assert (stays.rule, stays.cell, stays.reason.kind) == ("T104", "F1", "column-partly")
    assert stays.reason.facts == {"rows": 12, "cells": ["F4"]}


def test_a_column_in_which_nothing_agrees() -> None:
    found = repaired(all_typed(**{f"KPI {number}": number for number in range(1, 13)}))
    assert left(found) == {("T104", "F1"): "column"}


def test_a_neighbour_that_leaves_a_party_out_is_not_followed() -> None:
    """Its formula gives the same only as long as that party gets nothing."""
    data = plan(("KPI 9", "total", 100000))
    short = edited(
        data, "xl/worksheets/sheet3.xml", lambda xml: xml.replace("<f>SUM(I9:L9)</f>", "<f>SUM(I9:K9)</f>")
    )
    short = edited(
        short,
        "xl/worksheets/sheet3.xml",
        lambda xml: xml.replace("<f>SUM(I11:L11)</f>", "<f>SUM(I11:K11)</f>"),
    )
    assert made(repaired(short))["F10"] == "=SUM(I10:L10)"


def test_a_neighbour_with_a_formula_of_its_own_is_followed() -> None:
    data = plan(("KPI 3", "total", 120000))
    other = edited(
        data, "xl/worksheets/sheet3.xml", lambda xml: xml.replace("<f>SUM(I3:L3)</f>", "<f>I3+J3+K3+L3</f>")
    )
    assert made(repaired(other)) == {"F4": "=I4+J4+K4+L4"}


@pytest.mark.parametrize("formula", ["F4/12", "F4-J4-K4-L4"])
def test_never_in_a_circle(formula: str) -> None:
    data = plan(("KPI 3", "total", 120000))
    circle = with_cell(data, "I4", f"<f>{formula}</f><v>10000</v>")
    found = repaired(circle)
    assert left(found) == {("T104", "F4"): "circle"}


def test_never_in_a_circle_through_another_cell() -> None:
    data = plan(("KPI 3", "total", 120000), ("KPI 3", "parties", [10000, 40000, 40000, 30000]))
    over = with_cell(data, "I4", "<f>G13*1</f><v>10000</v>")
    circle = with_cell(over, "G13", "<f>F4/12</f><v>10000</v>")
    assert left(repaired(circle))["T104", "F4"] == "circle"


def test_not_beside_a_formula_that_may_read_anything() -> None:
    data = plan(("KPI 3", "total", 120000))
    found = repaired(with_cell(data, "I4", "<f>INDIRECT(&quot;Z1&quot;)</f><v>10000</v>"))
    assert left(found) == {("T104", "F4"): "circle"}


def test_a_text_that_becomes_a_number_may_get_its_formula_in_the_next_round() -> None:
    data = plan(("KPI 3", "parties", [10000, 40000, "40.000", 30000]), ("KPI 3", "total", 120000))
    found = repaired(data)
    assert made(found) == {"K4": Decimal(40000), "F4": "=SUM(I4:L4)"}
    assert [one.ref for one in found.follows] == ["H4"]
    assert found.file.findings == ()


def test_a_text_and_a_formula_that_cannot_both_be() -> None:
    """€ 80.000 is what Excel adds up; with the text as a number it would be € 120.000."""
    data = plan(("KPI 3", "parties", [10000, 40000, "40.000", 30000]), ("KPI 3", "total", 80000))
    found = repaired(data)
    assert made(found) == {"K4": Decimal(40000)}
    assert left(found) == {("T104", "F4"): "disagrees"}
    assert ("A201", "F4") in rules_found(found.file)


def test_a_table_without_parties_in_columns_gets_no_formula() -> None:
    found = repaired((build.HERE / "verdeling-in-een-cel.xlsx").read_bytes())
    assert made(found) == {"D3": Decimal(46387)}
