"""Several tables in one workbook: parts of one plan, copies, versions, side by side, numbered columns."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicheck import ruleset
from kpicheck.finding import Report
from kpicheck.job import Stated, check_file
from tests.outside.running import kpicheck
from tests.outside.workbooks import KPIS, Plan, Row, Table, good, write


def report_of(plan: Plan, folder: Path) -> Report:
    path = write(plan, folder / "plan.xlsx")
    return check_file(path, ruleset.load("landelijk"), Stated(), today=dt.date(2026, 11, 22))


def again(plan: Plan, sheet: str) -> Table:
    """The same table once more, on another sheet."""
    table = copy.deepcopy(plan.table)
    table.sheet = sheet
    plan.tables.append(table)
    return table


def read_as(report: Report) -> dict[str, str]:
    assert report.plan
    return {one.cell.sheet: one.role for one in report.plan.tables}


def serious(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.cell) for one in report.findings if one.severity.value != "info"]


def shorten(table: Table) -> None:
    """Another version: one text and one amount differ."""
    table.rows[1].cells["smart"] = f"{table.rows[1].cells['smart']} Ook voor jongeren."
    table.rows[2].cells["party2"] = int(str(table.rows[2].cells["party2"])) + 500


def test_parts_on_two_sheets_are_one_plan(tmp_path: Path) -> None:
    plan = good()
    plan.tables.append(Table(dict(plan.table.headings), plan.table.rows[4:], sheet="Mijlpalen 2027"))
    plan.table.rows = plan.table.rows[:4]
    report = report_of(plan, tmp_path)
    assert read_as(report) == {"Mijlpalen": "part", "Mijlpalen 2027": "part"}
    assert report.plan
    assert len(report.plan.kpis) == 8
    assert serious(report) == []


def test_the_same_table_twice_is_counted_once(tmp_path: Path) -> None:
    plan = good()
    again(plan, "Kopie")
    del plan.sheets["Begroting"]
    plan.sheets["Algemene gegevens"]["B7"] = sum(kpi[5] for kpi in KPIS)
    report = report_of(plan, tmp_path)
    assert read_as(report) == {"Mijlpalen": "part", "Kopie": "copy"}
    assert report.failure is None
    assert serious(report) == []
    assert report.plan
    assert len(report.plan.kpis) == 8


def test_an_overview_with_fewer_columns_is_a_copy_wherever_it_stands(tmp_path: Path) -> None:
    plan = good()
    whole = again(plan, "Volledig")
    plan.table.sheet = "Overzicht"
    plan.table.headings = {key: plan.table.headings[key] for key in ("name", "smart", "date", "type")}
    for row in plan.table.rows:
        row.cells = {key: value for key, value in row.cells.items() if key in plan.table.headings}
    report = report_of(plan, tmp_path)
    assert whole.sheet == "Volledig"
    assert read_as(report) == {"Overzicht": "copy", "Volledig": "part"}
    assert serious(report) == []


@pytest.mark.parametrize(
    ("sheets", "judged"),
    [
        (("KPI's v1", "KPI's v2"), "KPI's v2"),
        (("KPI's v10", "KPI's v9"), "KPI's v10"),
        (("KPI's oud", "KPI's"), "KPI's"),
        (("KPI's", "KPI's nieuw"), "KPI's"),
    ],
)
def test_of_versions_one_is_judged_and_the_file_is_not_passed(
    tmp_path: Path, sheets: tuple[str, str], judged: str
) -> None:
    plan = good()
    plan.table.sheet = sheets[0]
    shorten(again(plan, sheets[1]))
    report = report_of(plan, tmp_path)
    roles = read_as(report)
    assert {roles[judged], *roles.values()} == {"part", "version"}
    assert roles[judged] == "part"
    assert report.plan
    assert len(report.plan.kpis) == 8
    assert report.failure
    assert report.failure.code == "several-versions"
    assert report.failure.facts == {
        "judged": judged,
        "others": next(one for one in sheets if one != judged),
    }


def test_a_hidden_version_is_not_the_one_judged(tmp_path: Path) -> None:
    plan = good()
    plan.table.sheet = "v2"
    shorten(again(plan, "v1"))
    plan.hidden_sheets = {"v2"}
    report = report_of(plan, tmp_path)
    assert read_as(report) == {"v2": "version", "v1": "part"}
    assert report.failure


def renumbered(table: Table) -> None:
    for number, row in enumerate(table.rows, 1):
        row.cells["name"] = f"Oeverdam - Mijlpaal {number} - KPI 2.{number}"
        row.cells["smart"] = (
            f"{row.cells['smart']} Dat geldt voor de kernen in deelgebied {number} van Oeverdam."
        )


def other_parties(table: Table) -> None:
    keys = table.parties()
    for key, name in zip(keys, ("Thuiszorg A", "Thuiszorg B", "Gemeente C", "Gemeente D"), strict=False):
        table.headings[key] = f"{name} 0101{keys.index(key)}234"


def half_the_same(table: Table) -> None:
    for number, row in enumerate(table.rows[4:], 1):
        row.cells["name"] = f"Wijkzorg - Stap {number} - KPI 3.{number}"
        row.cells["smart"] = f"Op 31-12-2026 heeft elke wijk {number} teams van vijf mensen."


@pytest.mark.parametrize("change", [renumbered, other_parties, half_the_same], ids=lambda one: one.__name__)
def test_tables_that_share_some_things_stay_parts(tmp_path: Path, change: Callable[[Table], None]) -> None:
    plan = good()
    change(again(plan, "Tweede"))
    report = report_of(plan, tmp_path)
    assert read_as(report) == {"Mijlpalen": "part", "Tweede": "part"}
    assert report.failure is None
    assert report.plan
    assert len(report.plan.kpis) == 16


def test_the_same_table_twice_on_one_sheet_is_counted_twice(tmp_path: Path) -> None:
    plan = good()
    again(plan, plan.table.sheet).top = 20
    report = report_of(plan, tmp_path)
    assert report.plan
    assert len(report.plan.kpis) == 16
    assert "N102" in {one.rule for one in report.findings}


def test_tables_side_by_side_are_both_read(tmp_path: Path) -> None:
    plan = good()
    rest = Table(dict(plan.table.headings), plan.table.rows[4:], left=len(plan.table.headings) + 3)
    plan.table.rows = plan.table.rows[:4]
    plan.tables.append(rest)
    report = report_of(plan, tmp_path)
    assert report.plan
    assert [(one.role, one.cell.ref, one.kpis) for one in report.plan.tables] == [
        ("part", "A1", 4),
        ("part", "O1", 4),
    ]
    assert len(report.plan.kpis) == 8
    assert serious(report) == []


def test_a_fault_in_the_right_hand_table_stands_at_its_cell(tmp_path: Path) -> None:
    plan = good()
    rest = Table(dict(plan.table.headings), plan.table.rows[4:], left=len(plan.table.headings) + 3)
    plan.table.rows = plan.table.rows[:4]
    plan.tables.append(rest)
    plan.edits = {"S3": None}
    assert serious(report_of(plan, tmp_path)) == [("F105", "S3")]


def test_a_second_column_of_remarks_is_no_second_table(tmp_path: Path) -> None:
    plan = good()
    plan.table.headings["remark"] = "Toelichting bedrag."
    report = report_of(plan, tmp_path)
    assert report.plan
    assert len(report.plan.tables) == 1
    assert serious(report) == []


@pytest.mark.parametrize("marks", ["123456789", "abcdefgh"], ids=["numbers", "letters"])
@pytest.mark.parametrize("shape", ["{}", "({})"])
def test_a_line_of_column_marks_is_part_of_the_heading(tmp_path: Path, marks: str, shape: str) -> None:
    plan = good()
    keys = list(plan.table.headings)
    line = {key: shape.format(mark) for key, mark in zip(keys, marks, strict=False)}
    plan.table.rows.insert(0, Row(dict(line), counted=False))
    report = report_of(plan, tmp_path)
    assert serious(report) == []
    assert report.plan
    assert (len(report.plan.kpis), report.plan.unrecognised) == (8, ())


def test_a_row_of_other_numbers_is_not_part_of_the_heading(tmp_path: Path) -> None:
    plan = good()
    plan.table.rows.insert(0, Row({"name": "1", "smart": "2", "evidence": "4", "explanation": "3"}))
    report = report_of(plan, tmp_path)
    assert report.plan
    assert len(report.plan.kpis) + len(report.plan.unrecognised) == 9


def test_versions_are_said_on_one_line_and_outrank_the_findings(tmp_path: Path) -> None:
    plan = good()
    plan.table.sheet = "KPI's v1"
    shorten(again(plan, "KPI's v2"))
    write(plan, tmp_path / "plan.xlsx")
    ran = kpicheck("validate", "plan.xlsx", "--output", "json", cwd=tmp_path)
    assert ran.code == 3
    assert ran.err.splitlines() == [
        (
            "plan.xlsx: In dit bestand staan versies van hetzelfde plan: alleen KPI's v2 is gecontroleerd,"
            " niet KPI's v1. Laat alleen de versie die u indient in het bestand staan en"
            " bewaar de andere apart."
        )
    ]
    file = json.loads(ran.out)["files"][0]
    assert (file["status"], file["error"]["code"]) == ("not_checked", "several-versions")
    assert (file["sheet"], file["plan"]["kpis"]) == ("KPI's v2", 8)


def test_the_console_says_which_tables_are_one_plan(tmp_path: Path) -> None:
    plan = good()
    plan.tables.append(Table(dict(plan.table.headings), plan.table.rows[4:], sheet="Mijlpalen 2027"))
    plan.table.rows = plan.table.rows[:4]
    again(plan, "Kopie")
    write(plan, tmp_path / "plan.xlsx")
    said = " ".join(kpicheck("validate", "plan.xlsx", cwd=tmp_path).out.split())
    assert "Samen als één plan gelezen: blad Mijlpalen (4 KPI's), blad Mijlpalen 2027 (4 KPI's)." in said
    assert "Niet nog eens geteld, want het zijn dezelfde mijlpalen: blad Kopie." in said
