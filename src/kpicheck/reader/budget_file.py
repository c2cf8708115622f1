"""A budget per year given beside the plan: an .xlsx, .csv or .toml file."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import tomli

from kpicheck.allowance import Exceeded
from kpicheck.dutch.notation import calendar_year, sensible_euros
from kpicheck.inputs import noted
from kpicheck.model import Budget
from kpicheck.reader.budget import budget_of, read_budget
from kpicheck.reader.package import MAX_FILE, open_package
from kpicheck.reader.parts import read_book
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.sheet import Sheet, Stored
from kpicheck.reader.workbook import Book
from kpicheck.resources import file_there
from kpicheck.usage import UsageError


def read_budget_file(path: Path) -> Budget:
    """The budget per calendar year in euro. Raises UsageError where the file does not give one."""
    if not file_there(path):
        raise UsageError("no-such-path", path=str(path))
    if path.stat().st_size > MAX_FILE:
        raise UsageError("bad-budget", path=path.name)
    readers = {".xlsx": _workbook, ".xlsm": _workbook, ".csv": _csv, ".toml": _toml}
    reader = readers.get(path.suffix.lower())
    try:
        years = reader(path) if reader else {}
    except (Refusal, Exceeded, OSError, ValueError, csv.Error) as error:
        raise UsageError("bad-budget", path=path.name) from error
    if not years:
        raise UsageError("bad-budget", path=path.name)
    return Budget(years=tuple(sorted(years.items())), origin=path.name)


def _workbook(path: Path) -> dict[int, Decimal]:
    """The sheet that is called a budget, else the first one with years and amounts."""
    book = read_book(open_package(noted(path).read_bytes()))
    named = read_budget(book)
    found = named or next((one for sheet in book.sheets if (one := budget_of(book, sheet))), None)
    return dict(found.years) if found else {}


def _csv(path: Path) -> dict[int, Decimal]:
    """Years down or across, as on a sheet; with ; or tab or , between the cells."""
    text = _decoded(noted(path).read_bytes())
    separator = next((one for one in (";", "\t", ",") if one in text), ";")
    lines = list(csv.reader(text.splitlines(), delimiter=separator))
    widest = max((len(line) for line in lines), default=0)
    if separator == "," and widest > len(next((line for line in lines if any(line)), [])):
        raise ValueError(separator)
    sheet = Sheet(path.stem)
    for row, line in enumerate(lines, start=1):
        typed = {column: cell.strip() for column, cell in enumerate(line, start=1)}
        sheet.stored.put_row(row, {column: Stored(cell) for column, cell in typed.items() if cell})
    found = budget_of(Book([sheet], mac_dates=False), sheet)
    return dict(found.years) if found else {}


def _decoded(data: bytes) -> str:
    """UTF-8, or what Excel on Windows writes where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _toml(path: Path) -> dict[int, Decimal]:
    """`2026 = 400000` on lines of their own or under [budget]; or a table of years for each party."""
    data = tomli.loads(noted(path).read_text(encoding="utf-8-sig"), parse_float=Decimal)
    table = data.get("budget")
    table = table if isinstance(table, dict) else data
    parts = [part for part in table.values() if isinstance(part, dict)]
    found: dict[int, Decimal] = {}
    for part in parts or [table]:
        for year, value in part.items():
            number, calendar = sensible_euros(value), calendar_year(year)
            if number is None or calendar is None:
                raise ValueError(year)
            found[calendar] = found.get(calendar, Decimal(0)) + number
    return found
