"""openpyxl reads the same workbooks: it gives the same cells, values and formulas as our own reader."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl  # noqa: TID251 - the second opinion
import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula  # noqa: TID251 - same

from kpicheck.allowance import Allowance
from kpicheck.reader.package import open_package
from kpicheck.reader.parts import read_book
from kpicheck.registry import checks
from tests.building import build
from tests.extra_examples import all_examples
from tests.outside import workbooks

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.xlsx"))
Cells = dict[tuple[str, int, int], tuple[object, str | None]]


def ours(data: bytes) -> Cells:
    """Every stored cell with its value and its formula."""
    book = read_book(open_package(data, Allowance()))
    return {
        (sheet.name, row, column): (_plain(one.value) if one.has_result else None, one.formula)
        for sheet in book.sheets
        for (row, column), one in sheet.stored.items()
    }


def theirs(data: bytes) -> Cells:
    """What openpyxl says: values in one pass, formulas in another."""
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    found: Cells = {}
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                stored = values[sheet.title].cell(cell.row, cell.column).value
                formula = _formula(cell.value) if cell.data_type == "f" else None
                value = _serial(stored, formulas.epoch) if isinstance(stored, dt.date | dt.time) else stored
                found[sheet.title, cell.row, cell.column] = (_plain(value), formula)
    return found


def _formula(value: object) -> str:
    if isinstance(value, ArrayFormula):
        return str(value.text)
    return "=?" if isinstance(value, DataTableFormula) else str(value)


def _serial(value: object, epoch: dt.datetime) -> float:
    from openpyxl.utils.datetime import to_excel  # noqa: TID251 - same

    found: float = to_excel(value, epoch)  # type: ignore[no-untyped-call] # openpyxl has no types here
    return found


def _plain(value: object) -> object:
    """Numbers to the fifteen digits that Excel shows; an empty text as nothing."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return float(f"{float(value):.12g}")
    return value or None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda one: one.stem)
def test_samples(path: Path) -> None:
    data = path.read_bytes()
    assert ours(data) == theirs(data)


@pytest.mark.parametrize(
    "make", [workbooks.good, workbooks.typed, workbooks.regional], ids=lambda one: one.__name__
)
@pytest.mark.parametrize("stored", [True, False], ids=["stored", "uncalculated"])
@pytest.mark.parametrize("mac", [False, True], ids=["1900", "1904"])
def test_built_plans(tmp_path: Path, make: object, *, stored: bool, mac: bool) -> None:
    assert callable(make)
    plan = make()
    plan.stored, plan.epoch_1904 = stored, mac
    data = workbooks.write(plan, tmp_path / "plan.xlsx").read_bytes()
    assert ours(data) == theirs(data)


@pytest.mark.parametrize("code", checks())
def test_examples(code: str) -> None:
    for example in all_examples(code):
        data = build(example).data
        assert ours(data) == theirs(data)
