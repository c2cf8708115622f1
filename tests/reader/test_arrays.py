"""An array formula fills cells that hold no formula themselves: they are no typed amounts (T104)."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl  # noqa: TID251 - XlsxWriter stores no results for the cells of an array
import pytest
from openpyxl.worksheet.formula import ArrayFormula  # noqa: TID251 - same

from kpicheck import validate
from tests.outside.workbooks import good, write


@pytest.mark.parametrize(("ref", "last", "typed"), [("F2:F9", 9, 0), ("F2:F3", 3, 0), ("F2:F3", 9, 6)])
def test_cells_filled_by_an_array_formula_are_no_typed_amounts(
    tmp_path: Path, ref: str, last: int, typed: int
) -> None:
    path = write(good(), tmp_path / "plan.xlsx")
    values = openpyxl.load_workbook(path, data_only=True)["Mijlpalen"]
    book = openpyxl.load_workbook(path)
    sheet = book["Mijlpalen"]
    for row in range(2, last + 1):
        sheet[f"F{row}"] = values[f"F{row}"].value
    sheet["F2"] = ArrayFormula(ref, f"=I2:I{last}+J2:J{last}+K2:K{last}+L2:L{last}")
    target = io.BytesIO()
    book.save(target)
    found = [one for one in validate(target.getvalue()).findings if one.rule == "T104"]
    assert len(found) == typed
