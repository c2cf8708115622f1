"""The builders themselves, read back with another reader: a test that judges must first be right."""

import datetime as dt
from pathlib import Path

import openpyxl  # noqa: TID251  (the second opinion on what was written)
import pytest

from . import changes as ch
from .running import Batch
from .test_layouts import BATCH as LAYOUTS
from .test_register import BATCH as REGISTER
from .test_rules import BATCH as RULES
from .workbooks import AGREES, KPIS, Formula, Plan, good, regional, unstored, write


def grid(path: Path, sheet: str, *, stored: bool) -> dict[str, object]:
    book = openpyxl.load_workbook(path, data_only=stored)
    cells: dict[str, object] = {
        cell.coordinate: cell.value for row in book[sheet].iter_rows() for cell in row
    }
    book.close()
    return cells


def test_good_plan_holds_what_it_should(tmp_path: Path) -> None:
    path = write(good(), tmp_path / "good.xlsx")
    stored = grid(path, "Mijlpalen", stored=True)
    formulas = grid(path, "Mijlpalen", stored=False)
    assert [stored[f"F{row}"] for row in range(2, 10)] == [kpi[5] for kpi in KPIS]
    assert {stored[f"H{row}"] for row in range(2, 10)} == {AGREES}
    assert formulas["F4"] == "=SUM(I4:L4)"
    assert stored["C4"] == dt.datetime(2025, 12, 31)  # noqa: DTZ001  (Excel knows no time zones)
    assert stored["B4"] == (
        "Uiterlijk 31-12-2025 houden twee huisartsen elke week spreekuur in de wijk Noord van Oeverdam."
    )
    assert stored["G4"] == "Projectleiding en uitvoering (2025): € 45.000"
    assert grid(path, "Algemene gegevens", stored=True)["B7"] == 500_000
    assert grid(path, "Begroting", stored=True)["B4"] == 80_000


def test_web_export_has_formulas_without_results(tmp_path: Path) -> None:
    path = write(unstored(), tmp_path / "unstored.xlsx")
    assert grid(path, "Mijlpalen", stored=True)["F4"] is None
    assert grid(path, "Mijlpalen", stored=False)["F4"] == "=SUM(I4:L4)"


def test_moved_table_moves_its_formulas(tmp_path: Path) -> None:
    plan = good()
    ch.moved("Blad3", 9, 4)(plan)
    cells = grid(write(plan, tmp_path / "moved.xlsx"), "Blad3", stored=False)
    assert cells["D9"] == "Naam"
    assert cells["I10"] == "=SUM(L10:O10)"


def test_totals_follow_an_edit(tmp_path: Path) -> None:
    plan = good()
    plan.edits["J4"] = 20_000
    path = write(plan, tmp_path / "edit.xlsx")
    assert grid(path, "Mijlpalen", stored=True)["F4"] == 47_000
    assert grid(path, "Algemene gegevens", stored=True)["B7"] == 502_000


def test_regional_plan_adds_up(tmp_path: Path) -> None:
    cells = grid(write(regional(), tmp_path / "regional.xlsx"), "Planning", stored=True)
    rows = [16, 17, 18, 20, 21, 22]
    assert [cells[f"A{row}"] for row in (15, 19)] == ["(1) ALGEMENE ACTIVITEITEN", "(2) WIJKZORG IN OEVERDAM"]
    assert all(cells[f"F{row}"] == cells[f"H{row}"] + cells[f"I{row}"] for row in rows)  # type: ignore[operator]
    assert sum(cells[f"F{row}"] for row in rows) == cells["C7"]  # type: ignore[misc]


@pytest.mark.parametrize("batch", [RULES, LAYOUTS, REGISTER], ids=lambda batch: batch.name)
def test_every_case_can_be_written_and_read_back(batch: Batch, tmp_path: Path) -> None:
    for job in (job for group in batch.groups for job in group):
        plan: Plan = job.build()
        path = write(plan, tmp_path / f"{job.id}.xlsx")
        book = openpyxl.load_workbook(path)
        assert set(plan.cells()) == set(book.sheetnames), job.id
        for name, cells in plan.cells().items():
            for cell, value in cells.items():
                if isinstance(value, str):
                    assert book[name][cell].value == value, (job.id, name, cell)
                elif isinstance(value, Formula):
                    assert book[name][cell].value == value.text, (job.id, name, cell)
        book.close()
