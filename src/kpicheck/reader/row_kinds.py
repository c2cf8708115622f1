"""Which kind of row a row of a milestone table is.

Rows are classified before they are judged (rules, principle 4); nothing with content is dropped silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.dutch.sought import Sought, small_letters
from kpicheck.model import ZERO, Cell, Example, Section, is_within, normalised
from kpicheck.reader.row import TEXTS, Ahead, Row

_SECTION = Sought(r"^\s*\((?P<number>\d+)(?P<part>(?:\.?[a-z]|\.\d+){0,4})\)\s*(?P<title>.*)", re.DOTALL)
_FEWEST_FIELDS = 2
_KPI = Sought(r"kpi(?<!\wkpi)\s*\d")


def is_blank(row: Row) -> bool:
    """Nothing filled in: at most formulas, zeros and numbers that were put there beforehand."""
    if row.broken:
        words = row.filled("name", "smart", "date", "type", "evidence", "explanation")
        return not words and all(cell.blank or cell.formula is not None for cell in row.all_cells)
    for name in (*TEXTS, "date", "type"):
        if row.holds(name) and row.cells[name].formula is None:
            return False
    if any(isinstance(one.value, str) and not one.blank and one.formula is None for one in row.others):
        return False
    remark = bool(row.filled("number")) and row.number is None
    return not remark and not row.money()


def example_in(row: Row) -> Example | None:
    """An example or instruction of the format that is still there, known by its fingerprint."""
    for name in ("name", "smart"):
        cell = row.cell(name)
        if cell is None or not isinstance(cell.value, str):
            continue
        if kind := row.table.layout.example(cell.value):
            return Example(cell=row.cells.get("name", cell), text=cell.value, kind=kind)
    return None


@dataclass(slots=True)
class Above:
    """The milestones with an amount above a row: how many there are, and their sum."""

    count: int = 0
    total: Decimal = ZERO

    def add(self, row: Row) -> None:
        """Take in a row before the next one is looked at."""
        is_milestone = row.holds("smart") or row.holds("date") or row.holds("type")
        if is_milestone and (amount := row.total):
            self.count += 1
            self.total += amount


def total_kind(row: Row, above: Above, rows: Ahead) -> str | None:
    """Total or subtotal by its label; without any words by its amount: the sum of what stands above."""
    first = row.first_text()
    if first is None or first is row.cells.get("control") or first is row.cells.get("split"):
        return _unlabelled_total(row, above, rows)
    if _says_more_than(row, first):
        return None
    title = _numbered_title(row, first, rows)
    if kind := row.table.layout.total_word(title["title"] if title else str(first.value)):
        return kind
    return "total" if _adds_rows(row) and not title else None


def is_below_total(row: Row) -> bool:
    """A line such as "waarvan inspanning" or "verschil" that people put under the total of a table."""
    first = row.first_text()
    if first is None or _says_more_than(row, first):
        return False
    words = normalised(str(first.value)).split()
    return bool(words) and words[0] in row.table.layout.texts("rows", "below_total")


def _says_more_than(row: Row, label: Cell) -> bool:
    """Whether a row has more of a milestone than its label and its amounts."""
    names = ("name", "smart", "date", "type", "evidence")
    return any(row.cells[name] is not label for name in row.filled(*names))


def _adds_rows(row: Row) -> bool:
    """Whether (totaal)Bedrag is a formula over several rows: a total, whatever it is called."""
    cell = row.cells.get("total")
    return cell is not None and cell.formula is not None and _spans_rows(cell.formula)


def _unlabelled_total(row: Row, above: Above, rows: Ahead) -> str | None:
    if row.filled("date", "type", "smart", "name", "evidence") or row.total is None:
        return None
    adds_up = above.count > 1 and above.total == row.total
    large = above.count > 1 and row.total * 2 > above.total and rows.at_end()
    return "total" if _adds_rows(row) or adds_up or large else None


def _spans_rows(formula: str) -> bool:
    return any(first != last for first, last in re.findall(r"[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)", formula))


def _numbered_title(row: Row, first: Cell, rows: Ahead) -> re.Match[str] | None:
    """The number and the title of a "(n) TITLE" row; a milestone can be called that too, and says more.

    Right below the title of a part stands a milestone, or the title of a part of that; else its amount may
    be that of a milestone itself.
    """
    found = _SECTION.match(str(first.value))
    if found is None or row.filled("date", "type", "evidence") or _KPI.search(small_letters(found[0])):
        return None
    if not found["part"]:
        return found
    following = next(rows.below(), None)
    if following is None or row.filled("smart", "explanation"):
        return None
    if following.filled("smart", "date", "type") or is_start(following):
        return found
    below = _SECTION.match(str(label.value)) if (label := following.first_text()) else None
    return found if below and is_within(_part(below), _part(found)) else None


def _part(title: re.Match[str]) -> str:
    return f"{title['number']}{title['part']}"


def section_in(row: Row, rows: Ahead) -> Section | None:
    """A "(n) TITLE" row or a part of one, "(n.1) TITLE"; or a bare title with the sum of what follows."""
    first = row.first_text()
    if first is None or row.filled("date", "type"):
        return None
    subtotal = row.amount()
    if found := _numbered_title(row, first, rows):
        number, part = ("", _part(found)) if found["part"] else (found["number"], "")
        title = str(first.value).strip()
        return Section(number=number, part=part, title=title, cell=first, subtotal=subtotal)
    if row.filled("smart", "evidence", "explanation") or not subtotal.value or is_start(row):
        return None
    running = Decimal(0)
    for count, one in enumerate(rows.below(), start=1):
        if not one.filled("smart", "date", "type"):
            return None
        running += one.total or Decimal(0)
        if running == subtotal.value and count > 1:
            return Section(number="", title=str(first.value).strip(), cell=first, subtotal=subtotal)
    return None


def is_start(row: Row) -> bool:
    """Whether the row is called a start contribution."""
    cell = row.cell("name") or row.cell("smart")
    return cell is not None and not cell.blank and row.table.layout.is_start(str(cell.value))


def is_payment(row: Row) -> bool:
    """A KPI or start contribution: money, a KPI number, or at least two of the fields of a KPI."""
    if row.holds("name") and _KPI.search(small_letters(str(row.cells["name"].value))):
        return True
    kpi_fields = row.filled("name", "smart", "date", "type", "evidence", *(["number"] if row.number else []))
    return bool(row.money()) or len(kpi_fields) >= _FEWEST_FIELDS or is_start(row)
