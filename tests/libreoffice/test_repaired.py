"""A repaired copy opened, worked out again and saved by LibreOffice: the same plan, the same findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from samples.expected import FOLDER

from kpicheck.model import Plan, row_shares
from kpicheck.reader import read
from tests.repair.plans import check, plan, repaired

from .saving import WORKBOOK, save

CASES: dict[str, Callable[[], bytes]] = {
    "slordig": (FOLDER / "slordig-plan.xlsx").read_bytes,
    "uit_elkaar": lambda: plan(
        ("KPI 2", "date", "30-6-2026"),
        ("KPI 3", "parties", [10000, 40000, "€ 40.000", 30000]),
        ("KPI 3", "total", "120.000"),
        ("KPI 5", "total", 130000),
        ("KPI 6", "control", "Bedragen komen overeen"),
        ("KPI 7", "type", "Inspanning"),
        ("KPI 8", "name", "Wijkteams  - Verwijzing naar welzijn - KPI 8 "),
    ),
}


def values(read_plan: Plan) -> list[object]:
    return [
        (
            *(row.name.value, row.date.value, row.type.value, row.total.value, row.control.value),
            *(share.amount.value for share in row_shares(row)),
        )
        for row in read_plan.payments
    ]


def formulas(read_plan: Plan) -> list[object]:
    cells = [cell for row in read_plan.payments for cell in (row.total.cell, row.control.cell)]
    return [cell and (cell.ref, cell.formula, cell.value) for cell in cells]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", CASES)
def test_libreoffice_gives_the_results_that_were_stored(name: str, tmp_path: Path, profile: Path) -> None:
    copy = repaired(CASES[name]()).data
    (tmp_path / f"{name}.xlsx").write_bytes(copy)
    save([tmp_path / f"{name}.xlsx"], WORKBOOK, tmp_path / "saved", profile)
    saved = (tmp_path / "saved" / f"{name}.xlsx").read_bytes()
    assert values(read(saved)) == values(read(copy))
    assert formulas(read(saved)) == formulas(read(copy))
    left = {(one.rule, one.cell) for one in check(copy).findings}
    assert {(one.rule, one.cell) for one in check(saved).findings} == left
