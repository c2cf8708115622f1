"""The same book as `parts.read_book` gives, read by openpyxl: slower, and without the limits inside a sheet.

It is the second opinion on our own reading of cells, in the tests and for whoever asks it (`--engine`).
Every part is checked before openpyxl sees it.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from decimal import Decimal
from typing import Any

from defusedxml.ElementTree import iterparse

from kpicheck.allowance import Allowance, Exceeded
from kpicheck.model import Value
from kpicheck.reader.package import Package
from kpicheck.reader.places import Place
from kpicheck.reader.refusal import Refusal, broken
from kpicheck.reader.shape import MAIN
from kpicheck.reader.sheet import Sheet, area_of, spread
from kpicheck.reader.stored import UNKNOWN_FORMULA, Stored, Unreadable, number
from kpicheck.reader.stored_rows import StoredRows
from kpicheck.reader.words import unescaped
from kpicheck.reader.workbook import Book

_MERGED = f"{{{MAIN}}}mergeCell"
_MOST_MERGED = 1_000_000


def read_book(package: Package) -> Book:
    """Read every worksheet of the package. Raises Refusal where a part is missing or unsafe."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    formulas, values = _loaded(_checked(package))
    epoch, allowance = formulas.epoch, package.allowance
    try:
        sheets = [_sheet(one, values[one.title], epoch, allowance) for one in formulas.worksheets]
    except Unreadable as error:
        raise broken("xl/worksheets", error.problem) from None
    return Book(sheets, mac_dates=epoch == CALENDAR_MAC_1904, allowance=allowance)


def _loaded(content: bytes) -> tuple[Any, Any]:
    """The workbook with its formulas, and with its stored values. Raises Refusal."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it does not know
            return load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:
        raise Refusal("openpyxl-stopped", kind=type(error).__name__) from error


def _checked(package: Package) -> bytes:
    """The package with every part checked, and in the dialect that openpyxl reads."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for name in package.names():
            is_xml = name.lower().endswith((".xml", ".rels"))
            content = package.read(name) if is_xml else package.raw(name)
            if is_xml:
                _refuse_large_merges(content, name)
            copy.writestr(name, content)
    return made.getvalue()


def _refuse_large_merges(xml: bytes, part: str) -> None:
    """Openpyxl makes a cell for each place in a merged area, and areas can be as large as a sheet."""
    places = 0
    for _, element in iterparse(io.BytesIO(xml)):
        if element.tag == _MERGED:
            try:
                top, left, bottom, right = area_of(element.get("ref", ""))
            except Unreadable as error:
                raise broken(part, error.problem) from None
            places += (right - left + 1) * (bottom - top + 1)
            if places > _MOST_MERGED:
                raise Exceeded("merged")
        element.clear()


def _sheet(formulas: Any, values: Any, epoch: dt.datetime, allowance: Allowance) -> Sheet:  # noqa: ANN401 - openpyxl's types are not enough
    from openpyxl.cell.cell import MergedCell
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.worksheet.formula import ArrayFormula

    sheet = Sheet(formulas.title, formulas.sheet_state != "visible")
    sheet.hidden_rows = {row for row, one in formulas.row_dimensions.items() if one.hidden}
    for one in formulas.column_dimensions.values():
        if one.hidden:
            sheet.hidden_columns.update(range(one.min, one.max + 1))
    sheet.merged = [
        (one.min_row, one.min_col, one.max_row, one.max_col) for one in formulas.merged_cells.ranges
    ]
    stored: dict[Place, Stored] = {}
    for place, cell in sorted(formulas._cells.items()):  # noqa: SLF001 - the stored cells, never the grid
        if isinstance(cell, MergedCell) or cell.value is None:
            continue
        formula = _formula(cell.value) if cell.data_type == "f" else None
        found = values._cells[place]  # noqa: SLF001 - as above
        value = _value(found.value, found.data_type, epoch)
        if value is not None or formula is not None:
            dated = bool(is_date_format(cell.number_format))
            stored[place] = Stored(value, formula, dated, value is not None or formula is None)
    sheet.stored = StoredRows(stored)
    for cell in formulas._cells.values():  # noqa: SLF001 - as above
        if isinstance(cell.value, ArrayFormula):
            spread(cell.value.ref, sheet, allowance)
    return sheet


def _formula(value: object) -> str:
    from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

    if isinstance(value, DataTableFormula):
        return UNKNOWN_FORMULA
    return str(value.text) if isinstance(value, ArrayFormula) else str(value)


def _value(value: object, kind: str, epoch: dt.datetime) -> Value:
    from openpyxl.utils.datetime import to_excel

    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return number(repr(float(to_excel(value, epoch))))  # type: ignore[no-untyped-call] # openpyxl has no types
    if isinstance(value, int | float | Decimal):
        return number(repr(value))
    return str(value) if kind == "e" else unescaped(str(value))
