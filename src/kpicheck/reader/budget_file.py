"""A budget per year given beside the plan: an .xlsx, .csv or .toml file."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from pathlib import Path

from kpicheck.dutch.notation import amount
from kpicheck.model import Budget
from kpicheck.reader.budget import budget_of
from kpicheck.reader.package import open_package
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.workbook import read_book
from kpicheck.ruleset import UsageError

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def read_budget_file(path: Path) -> Budget:
    """The budget per calendar year in euro. Raises UsageError where the file does not give one."""
    if not path.is_file():
        raise UsageError("no-such-path", path=str(path))
    readers = {".xlsx": _workbook, ".xlsm": _workbook, ".csv": _csv, ".toml": _toml}
    reader = readers.get(path.suffix.lower())
    try:
        years = reader(path) if reader else {}
    except (Refusal, OSError, ValueError, csv.Error) as error:
        raise UsageError("bad-budget", path=path.name) from error
    if not years:
        raise UsageError("bad-budget", path=path.name)
    return Budget(years=tuple(sorted(years.items())), origin=path.name)


def _workbook(path: Path) -> dict[int, Decimal]:
    book = read_book(open_package(path.read_bytes()))
    for sheet in book.sheets:
        if found := budget_of(book, sheet):
            return dict(found.years)
    return {}


def _csv(path: Path) -> dict[int, Decimal]:
    """Lines of year and amount, with ; or , or tab between them; a heading line may come first."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    found: dict[int, Decimal] = {}
    for number, line in enumerate(lines):
        separator = next((one for one in (";", "\t", ",") if one in line), ";")
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
        if not any(cells):
            continue
        if number == 0 and not cells[0].isdigit():
            continue
        _add(found, cells[0], amount(cells[1]) if len(cells) > 1 else None)
    return found


def _toml(path: Path) -> dict[int, Decimal]:
    """`2026 = 400000` on lines of their own or under [budget]."""
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    table = data.get("budget", data)
    found: dict[int, Decimal] = {}
    for year, value in table.items() if isinstance(table, dict) else ():
        read = amount(value) if isinstance(value, str) else value
        _add(found, str(year), Decimal(read) if isinstance(read, int | Decimal) else None)
    return found


def _add(found: dict[int, Decimal], year: str, value: Decimal | None) -> None:
    if (
        not year.isdigit()
        or not _FIRST_YEAR <= int(year) <= _LAST_YEAR
        or value is None
        or int(year) in found
    ):
        raise ValueError(year)
    found[int(year)] = value
